#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "app/past_turn.hpp"
#include "app/published_catalog.hpp"
#include "commands/commands.hpp"
#include "commands/report.hpp"
#include "core/clock.hpp"
#include "store/catalog_versions.hpp"
#include "store/citizens.hpp"
#include "store/reader.hpp"
#include "store/writer.hpp"
#include "whatsapp/render.hpp"

namespace catalina::commands {
namespace {

using nlohmann::ordered_json;

constexpr int most_turns = 20;

// The turn made again with one version of the catalog.
struct Again {
  std::string version;
  dialog::Turn turn;
  Likeness likeness = Likeness::same;
};

struct Account {
  PastTurn past;
  std::string obstacle;      // to making it again; empty: none
  std::vector<Again> again;  // with the version of then, if it is stored, and with that of today
};

store::Reader open(const Settings& settings) {
  const auto file = store::database_file(settings.data_dir);
  if (!std::filesystem::exists(file))
    throw std::runtime_error("no hay conversaciones en " + settings.data_dir.string());
  return store::Reader(file);
}

// Files of the version of then and of the latest one, by version.
std::map<int, catalog::Files> versions_for(store::ReadTx& tx, const std::string& then) {
  std::map<int, catalog::Files> versions;
  const auto latest = store::CatalogVersions::latest(tx);
  if (latest) versions[latest->version] = store::CatalogVersions::load(tx, latest->version);
  for (const store::CatalogVersion& version : store::CatalogVersions::list(tx))
    if (std::to_string(version.version) == then)
      versions[version.version] = store::CatalogVersions::load(tx, version.version);
  return versions;
}

Account account_of(const Settings& settings, const std::string& id) {
  Account account;
  std::map<int, catalog::Files> versions;
  open(settings).read([&](store::ReadTx& tx) {
    auto past = find_turn(tx, id);
    if (!past) throw std::runtime_error("ningún mensaje se llama «" + id + "»");
    account.past = std::move(*past);
    account.obstacle = obstacle_to_replay(account.past).value_or("");
    if (account.obstacle.empty()) versions = versions_for(tx, account.past.record.catalog_version);
  });
  for (auto& [version, files] : versions) {
    const auto knowledge =
        knowledge_of(std::move(files), std::to_string(version), settings.data_dir);
    Again again{.version = knowledge->version, .turn = replay(account.past, *knowledge)};
    again.likeness = compare(account.past, again.turn);
    account.again.push_back(std::move(again));
  }
  return account;
}

const char* name_of(Likeness likeness) {
  switch (likeness) {
    case Likeness::same:
      return "same";
    case Likeness::other_words:
      return "other_words";
    case Likeness::other_answer:
      return "other_answer";
  }
  return "";
}

ordered_json to_json(const dialog::Explanation& why) {
  return {{"decision", why.decision},
          {"target", why.target},
          {"aspect", why.aspect},
          {"confidence", why.confidence},
          {"evidence", why.evidence}};
}

ordered_json to_json(const store::InboundRecord& record) {
  ordered_json out{{"turn", record.id},
                   {"wamid", record.wamid},
                   {"type", record.type},
                   {"received_at", format_utc(record.received_at)},
                   {"outcome", store::to_string(record.outcome)},
                   {"text", nullptr},
                   {"catalog_version", record.catalog_version},
                   {"why", nullptr}};
  if (record.text) out["text"] = *record.text;
  if (record.why) out["why"] = to_json(*record.why);
  return out;
}

ordered_json to_json(const Account& account) {
  ordered_json out = to_json(account.past.record);
  out["said"] = ordered_json::array();
  for (const std::string& content : account.past.said) out["said"].push_back(seen(content));
  out["obstacle"] = account.obstacle.empty() ? ordered_json() : ordered_json(account.obstacle);
  out["again"] = ordered_json::array();
  for (const Again& again : account.again) {
    ordered_json made{{"catalog_version", again.version},
                      {"likeness", name_of(again.likeness)},
                      {"why", to_json(again.turn.why)},
                      {"says", ordered_json::array()}};
    for (const dialog::Reply& reply : again.turn.replies)
      made["says"].push_back(seen(whatsapp::render(reply)));
    out["again"].push_back(std::move(made));
  }
  return out;
}

std::string what_was_sent(const store::InboundRecord& record) {
  if (record.text) return *record.text;
  return "(no se guardó: " + record.type + ")";
}

void print_again(const Again& again, const std::string& label) {
  switch (again.likeness) {
    case Likeness::same:
      return print_field(label, "versión " + again.version + ": lo mismo, palabra por palabra");
    case Likeness::other_words:
      print_field(label, "versión " + again.version + ": la misma respuesta, con otras palabras");
      break;
    case Likeness::other_answer:
      print_field(label, "versión " + again.version + ": otra respuesta\n" +
                             in_words(again.turn.why) + "\n" + again.turn.why.evidence);
      break;
  }
  for (const dialog::Reply& reply : again.turn.replies)
    print_field("  diría", seen(whatsapp::render(reply)));
}

void print(const Account& account) {
  const store::InboundRecord& record = account.past.record;
  print_field("Turno", std::to_string(record.id) + " (" + record.wamid + ")");
  print_field("Llegó", format_local(record.received_at));
  print_field("Mensaje", what_was_sent(record));
  if (!record.choice.empty()) print_field("Tocó", record.choice);
  if (record.why) {
    print_field("Catálogo", "versión " + record.catalog_version);
    print_field("Decidió", in_words(*record.why));
    print_field("Por qué", record.why->evidence.empty() ? "(no se guardó)" : record.why->evidence);
  }
  for (const std::string& content : account.past.said) print_field("Dijo", seen(content));
  if (!account.obstacle.empty())
    return print_field("Otra vez", "no se puede repetir: " + account.obstacle);
  const bool kept =
      std::any_of(account.again.begin(), account.again.end(),
                  [&](const Again& again) { return again.version == record.catalog_version; });
  if (!kept) print_field("Ese catálogo", "ya no está guardado");
  for (const Again& again : account.again)
    print_again(again, &again == &account.again.back() ? "Hoy" : "Ese catálogo");
}

}  // namespace

int explain_turn(const Settings& settings, const std::string& id, bool json) {
  const Account account = account_of(settings, id);
  if (json)
    std::printf("%s\n", to_json(account).dump(2).c_str());
  else
    print(account);
  return 0;
}

int explain_citizen(const Settings& settings, const std::string& phone, bool json) {
  const auto records = open(settings).read([&](store::ReadTx& tx) {
    const auto citizen = store::Citizens::with_phone(tx, phone);
    if (!citizen) throw std::runtime_error("nadie ha escrito desde el número " + phone);
    return store::Inbound::latest(tx, citizen->id, most_turns);
  });
  ordered_json list = ordered_json::array();
  for (const store::InboundRecord& record : records) {
    list.push_back(to_json(record));
    if (json) continue;
    print_field(std::to_string(record.id), format_local(record.received_at) + "  " +
                                               what_was_sent(record) +
                                               (record.why ? "\n" + in_words(*record.why) : ""));
  }
  if (json) std::printf("%s\n", list.dump(2).c_str());
  return 0;
}

}  // namespace catalina::commands
