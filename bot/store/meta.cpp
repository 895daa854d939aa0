#include "store/meta.hpp"

#include "core/crypto.hpp"
#include "store/outbox.hpp"

namespace catalina::store {
namespace {

constexpr std::string_view select_value = "SELECT value FROM meta WHERE name = $1";
constexpr std::string_view put_value =
    "INSERT INTO meta (name, value) VALUES ($1, $2) "
    "ON CONFLICT (name) DO UPDATE SET value = excluded.value";
constexpr std::string_view doubt_queued = "UPDATE outgoing SET state = $1 WHERE state = $2";
constexpr std::string_view touch_value = "UPDATE meta SET value = value WHERE name = $1";

constexpr std::string_view store_id = "store_id";
constexpr std::string_view clean_close = "clean_close";

constexpr std::size_t store_id_bytes = 8;  // enough to tell stores apart; it is no secret

std::optional<std::string> get(Connection& connection, std::string_view name) {
  Statement row = connection.prepare(select_value);
  row.bind(name);
  if (!row.step()) return std::nullopt;
  return row.get<std::string>(0);
}

}  // namespace

std::string Meta::open(Connection& connection) {
  connection.run("BEGIN IMMEDIATE");
  std::optional<std::string> id = get(connection, store_id);
  if (!id) {
    id = crypto::random_hex(store_id_bytes);
    connection.run(put_value, store_id, *id);
  } else if (get(connection, clean_close) != "1") {
    connection.run(doubt_queued, static_cast<int>(OutgoingState::unknown),
                   static_cast<int>(OutgoingState::queued));
  }
  connection.run(put_value, clean_close, "0");
  connection.run("COMMIT");
  return *id;
}

void Meta::mark_closed(Connection& connection) {
  connection.run(put_value, clean_close, "1");
}

void Meta::probe(Connection& connection) {
  connection.run(touch_value, clean_close);
}

}  // namespace catalina::store
