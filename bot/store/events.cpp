#include "store/events.hpp"

#include "store/transaction.hpp"

namespace catalina::store {
namespace {

constexpr std::string_view insert_event =
    "INSERT INTO events (citizen, kind, body, at) VALUES ($1, $2, $3, $4)";
constexpr std::string_view select_latest =
    "SELECT citizen, kind, body, at FROM events WHERE kind = $1 ORDER BY id DESC LIMIT $2";

}  // namespace

void Events::add(WriteTx& tx, const Event& event) {
  tx.run(insert_event, event.citizen, event.kind, event.body, event.at);
}

std::vector<Event> Events::latest(ReadTx& tx, std::string_view kind, int limit) {
  std::vector<Event> events;
  Statement row = tx.query(select_latest, kind, limit);
  while (row.step())
    events.push_back({.citizen = row.get<std::optional<std::int64_t>>(0),
                      .kind = row.get<std::string>(1),
                      .body = row.get<std::string>(2),
                      .at = row.get<Time>(3)});
  return events;
}

}  // namespace catalina::store
