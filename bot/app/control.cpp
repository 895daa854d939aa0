#include "app/control.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "app/control_socket.hpp"
#include "app/data_dir.hpp"
#include "app/published_catalog.hpp"
#include "catalog/exchange.hpp"
#include "core/log.hpp"
#include "store/pins.hpp"
#include "store/process_lock.hpp"
#include "store/transaction.hpp"

namespace catalina {
namespace {

using nlohmann::json;

constexpr std::size_t longest_by = 80;     // bytes
constexpr std::size_t longest_note = 500;  // bytes

Time time_at(const json& request, const char* key) {
  return Time(Millis(request.at(key).get<Millis::rep>()));
}

// Text of a request, which came from a person's command line.
std::string text_at(const json& request, const char* key, std::size_t longest) {
  std::string text = request.at(key);
  if (text.size() > longest)
    throw std::runtime_error(std::string(key) + ": pasa de " + std::to_string(longest) +
                             " caracteres");
  return text;
}

// Here, because nobody runs.
std::string answer_here(const Settings& settings, const std::string& request) {
  const Clock clock = make_clock(settings);
  prepare_data_dir(settings.data_dir);
  store::WriterOptions options;
  options.file = store::database_file(settings.data_dir);
  try {
    store::Writer writer(options, clock);
    return Control(writer, nullptr, clock, settings.data_dir).answer(request);
  } catch (const store::InUse&) {
    throw std::runtime_error(
        "la base de datos está en uso: hay un «catalina chat» abierto, o Catalina está arrancando "
        "o deteniéndose; inténtalo de nuevo");
  }
}

std::string written(const json& request) {
  try {
    return request.dump();
  } catch (const json::type_error&) {
    throw std::runtime_error("lo que escribiste trae letras dañadas (no es UTF-8)");
  }
}

json ask(const Settings& settings, const json& request) {
  const std::string text = written(request);
  const auto running = ask_running(settings.data_dir, text);
  json answer = json::parse(running ? *running : answer_here(settings, text));
  if (answer.contains("error")) throw std::runtime_error(answer["error"].get<std::string>());
  return answer;
}

}  // namespace

Control::Control(store::Writer& writer, engine::CurrentKnowledge* knowledge, const Clock& clock,
                 std::filesystem::path data_dir)
    : writer_(writer), knowledge_(knowledge), clock_(clock), data_dir_(std::move(data_dir)) {}

std::string Control::answer(const std::string& request) {
  try {
    return carry_out(json::parse(request)).dump();
  } catch (const std::exception& error) {
    return json{{"error", error.what()}}.dump(-1, ' ', false, json::error_handler_t::replace);
  }
}

json Control::carry_out(const json& request) {
  const std::string what = request.at("do");
  if (what == "publish") return publish(request);
  if (what == "pin") return pin(request);
  if (what == "unpin") {
    const std::string by = text_at(request, "by", longest_by);
    writer_.run([&](store::WriteTx& tx) { store::Pins::clear(tx, by, clock_.now()); });
    log::info("the pinned message was taken down", {{"by", by}});
    return json::object();
  }
  throw std::runtime_error("no conozco la orden «" + what + "»");
}

json Control::publish(const json& request) {
  const std::string bundle = request.at("bundle");
  const auto read = catalog::from_bundle(bundle);
  if (const auto* problem = std::get_if<catalog::Problem>(&read))
    throw std::runtime_error(problem->text());
  const auto& files = std::get<catalog::Files>(read);
  const store::CatalogVersion version = publish_catalog(
      writer_, files, "import", text_at(request, "note", longest_note), clock_.now());
  if (knowledge_ != nullptr)
    knowledge_->publish(knowledge_of(files, std::to_string(version.version), data_dir_));
  log::info("a catalog was published", {{"version", version.version}});
  return {{"version", version.version}};
}

json Control::pin(const json& request) {
  dialog::PinnedMessage message{.text = request.at("text"),
                                .link = request.at("link"),
                                .phone = request.at("phone"),
                                .from = time_at(request, "from"),
                                .until = time_at(request, "until")};
  const std::string by = text_at(request, "by", longest_by);
  const Time now = clock_.now();
  if (const std::string problem = dialog::problem_with(message, now); !problem.empty())
    throw std::runtime_error(problem);
  writer_.run([&](store::WriteTx& tx) { message = store::Pins::add(tx, message, by, now); });
  log::info("a message was pinned",
            {{"by", by}, {"from", format_utc(message.from)}, {"until", format_utc(message.until)}});
  return json::object();
}

int publish(const Settings& settings, const catalog::Files& files, const std::string& note) {
  return ask(settings,
             {{"do", "publish"}, {"bundle", catalog::to_bundle(files)}, {"note", note}})["version"];
}

void pin(const Settings& settings, const dialog::PinnedMessage& message, const std::string& by) {
  ask(settings, {{"do", "pin"},
                 {"text", message.text},
                 {"link", message.link},
                 {"phone", message.phone},
                 {"from", message.from.time_since_epoch().count()},
                 {"until", message.until.time_since_epoch().count()},
                 {"by", by}});
}

void unpin(const Settings& settings, const std::string& by) {
  ask(settings, {{"do", "unpin"}, {"by", by}});
}

}  // namespace catalina
