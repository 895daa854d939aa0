// The people who write, and who is who when numbers and user ids change.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/clock.hpp"
#include "whatsapp/envelope.hpp"

namespace catalina::store {

class ReadTx;
class WriteTx;

struct Citizen {
  std::int64_t id = 0;
  whatsapp::Identity identity;
  std::string name;      // as the citizen calls themselves in WhatsApp; may be empty
  std::string username;  // may be empty
  Time window_closes_at{};
};

class Citizens {
 public:
  static std::optional<Citizen> find(ReadTx& tx, std::int64_t id);
  static std::optional<Citizen> with_phone(ReadTx& tx, const std::string& phone);

  // The citizen a message came from, made when unknown. By BSUID; else by phone, which then adopts
  // the BSUID — unless that row has another one already: then the number was given to somebody else
  // and moves to a new citizen. Empty members of `identity`, `name` and `username` are not known
  // rather than gone, and change nothing. At least one member of `identity` must be set.
  static Citizen meet(WriteTx& tx, const whatsapp::Identity& identity, const std::string& name,
                      const std::string& username, Time now);

  // WhatsApp says that the citizen known as `before` is `after` from now on. When both are known
  // they become one. Returns the citizen, or nothing when `before` is unknown.
  static std::optional<std::int64_t> change_identity(WriteTx& tx, const whatsapp::Identity& before,
                                                     const whatsapp::Identity& after);

  // A message written at `sent_at` opens the window for 24 hours from then; an older one changes
  // nothing.
  static void open_window(WriteTx& tx, Citizen& citizen, Time sent_at);
  // Meta says it is closed (131047), whatever we computed.
  static void close_window(WriteTx& tx, std::int64_t id, Time at);
};

}  // namespace catalina::store
