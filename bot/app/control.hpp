// What commands do to a Catalina: publish a catalog, pin a message. In the one that runs, through
// the door in her data folder (app/control_socket.hpp), at once and without a restart; where none
// runs, straight in the store.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "catalog/documents.hpp"
#include "core/clock.hpp"
#include "core/settings.hpp"
#include "dialog/pinned.hpp"
#include "engine/engine.hpp"
#include "store/catalog_versions.hpp"
#include "store/writer.hpp"

namespace catalina {

// Carries requests out. Any thread but the writer's; one request at a time.
class Control {
 public:
  // `knowledge` is where a published catalog comes into force; null when nothing runs.
  Control(store::Writer& writer, engine::CurrentKnowledge* knowledge, const Clock& clock,
          std::filesystem::path data_dir);

  // A request as the functions below write it, and its answer: JSON. Never throws: what goes wrong
  // is the answer's "error".
  std::string answer(const std::string& request);

 private:
  nlohmann::json carry_out(const nlohmann::json& request);
  nlohmann::json publish(const nlohmann::json& request);
  nlohmann::json pin(const nlohmann::json& request);

  store::Writer& writer_;
  engine::CurrentKnowledge* knowledge_;
  const Clock& clock_;
  std::filesystem::path data_dir_;
};

// Each throws std::runtime_error with one plain Spanish sentence when it was not done.

// Returns the number of the version.
int publish(const Settings& settings, const catalog::Files& files, const std::string& note);
// A `from` of the epoch means at once. `by`: who does it.
void pin(const Settings& settings, const dialog::PinnedMessage& message, const std::string& by);
void unpin(const Settings& settings, const std::string& by);

}  // namespace catalina
