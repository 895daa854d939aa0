#include "store/citizens.hpp"

#include <algorithm>

#include "store/transaction.hpp"

namespace catalina::store {
namespace {

constexpr auto window = std::chrono::hours(24);

constexpr std::string_view select_by_id =
    "SELECT id, bsuid, phone, name, username, window_closes_at FROM citizens WHERE id = $1";
constexpr std::string_view select_by_bsuid =
    "SELECT id, bsuid, phone, name, username, window_closes_at FROM citizens WHERE bsuid = $1";
constexpr std::string_view select_by_phone =
    "SELECT id, bsuid, phone, name, username, window_closes_at FROM citizens WHERE phone = $1";
constexpr std::string_view insert_citizen =
    "INSERT INTO citizens (bsuid, phone, name, username, window_closes_at, created_at) "
    "VALUES ($1, $2, $3, $4, 0, $5)";
constexpr std::string_view update_identity =
    "UPDATE citizens SET bsuid = $1, phone = $2 WHERE id = $3";
constexpr std::string_view update_names =
    "UPDATE citizens SET name = $1, username = $2 WHERE id = $3";
constexpr std::string_view update_window =
    "UPDATE citizens SET window_closes_at = $1 WHERE id = $2";
constexpr std::string_view shorten_window =
    "UPDATE citizens SET window_closes_at = $1 WHERE id = $2 AND window_closes_at > $1 "
    "AND window_closes_at <= $3";

// Joining two rows. Of two conversations the one that went on last is kept.
constexpr std::string_view forget_older_conversation =
    "DELETE FROM conversations WHERE citizen IN ($1, $2) AND citizen <> ("
    "SELECT citizen FROM conversations WHERE citizen IN ($1, $2) "
    "ORDER BY updated_at DESC, citizen LIMIT 1)";
constexpr std::string_view move_rows[] = {
    "UPDATE conversations SET citizen = $1 WHERE citizen = $2",
    "UPDATE inbound SET citizen = $1 WHERE citizen = $2",
    "UPDATE outgoing SET citizen = $1 WHERE citizen = $2",
    "UPDATE events SET citizen = $1 WHERE citizen = $2",
    "UPDATE handoffs SET citizen = $1 WHERE citizen = $2",
    "UPDATE held_words SET citizen = $1 WHERE citizen = $2",
};
constexpr std::string_view delete_citizen = "DELETE FROM citizens WHERE id = $1";

std::optional<std::string> or_null(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

std::optional<Citizen> first(Statement rows) {
  if (!rows.step()) return std::nullopt;
  return Citizen{.id = rows.get<std::int64_t>(0),
                 .identity = {.bsuid = rows.get<std::optional<std::string>>(1).value_or(""),
                              .phone = rows.get<std::optional<std::string>>(2).value_or("")},
                 .name = rows.get<std::string>(3),
                 .username = rows.get<std::string>(4),
                 .window_closes_at = rows.get<Time>(5)};
}

std::optional<Citizen> find_by_bsuid(ReadTx& tx, const std::string& bsuid) {
  if (bsuid.empty()) return std::nullopt;
  return first(tx.query(select_by_bsuid, bsuid));
}

std::optional<Citizen> find_by_phone(ReadTx& tx, const std::string& phone) {
  if (phone.empty()) return std::nullopt;
  return first(tx.query(select_by_phone, phone));
}

void set_identity(WriteTx& tx, Citizen& citizen, const whatsapp::Identity& identity) {
  citizen.identity = identity;
  tx.run(update_identity, or_null(identity.bsuid), or_null(identity.phone), citizen.id);
}

Citizen create(WriteTx& tx, const whatsapp::Identity& identity, const std::string& name,
               const std::string& username, Time now) {
  const std::int64_t id = tx.insert(insert_citizen, or_null(identity.bsuid),
                                    or_null(identity.phone), name, username, now);
  return {.id = id, .identity = identity, .name = name, .username = username};
}

// Moves all that belongs to `other` to `kept` and forgets `other`.
void join(WriteTx& tx, Citizen& kept, const Citizen& other) {
  tx.run(forget_older_conversation, kept.id, other.id);
  for (const std::string_view statement : move_rows) tx.run(statement, kept.id, other.id);
  tx.run(delete_citizen, other.id);
  kept.window_closes_at = std::max(kept.window_closes_at, other.window_closes_at);
  tx.run(update_window, kept.window_closes_at, kept.id);
}

// Makes room for `citizen` to have `phone`: who holds it is either the same person, known by number
// only until now, or somebody with a BSUID of their own, who has lost the number.
void free_phone(WriteTx& tx, Citizen& citizen, const std::string& phone) {
  auto holder = find_by_phone(tx, phone);
  if (!holder || holder->id == citizen.id) return;
  if (holder->identity.bsuid.empty())
    join(tx, citizen, *holder);
  else
    set_identity(tx, *holder, {.bsuid = holder->identity.bsuid, .phone = ""});
}

// The existing row of `identity` brought up to date, if there is one.
std::optional<Citizen> recognise(WriteTx& tx, const whatsapp::Identity& identity) {
  if (auto citizen = find_by_bsuid(tx, identity.bsuid)) {
    if (!identity.phone.empty() && identity.phone != citizen->identity.phone) {
      free_phone(tx, *citizen, identity.phone);
      set_identity(tx, *citizen, identity);
    }
    return citizen;
  }
  auto citizen = find_by_phone(tx, identity.phone);
  if (!citizen || identity.bsuid.empty()) return citizen;
  if (citizen->identity.bsuid.empty()) {
    set_identity(tx, *citizen, identity);
    return citizen;
  }
  set_identity(tx, *citizen, {.bsuid = citizen->identity.bsuid, .phone = ""});
  return std::nullopt;
}

}  // namespace

std::optional<Citizen> Citizens::find(ReadTx& tx, std::int64_t id) {
  return first(tx.query(select_by_id, id));
}

std::optional<Citizen> Citizens::with_phone(ReadTx& tx, const std::string& phone) {
  return find_by_phone(tx, phone);
}

Citizen Citizens::meet(WriteTx& tx, const whatsapp::Identity& identity, const std::string& name,
                       const std::string& username, Time now) {
  auto known = recognise(tx, identity);
  if (!known) return create(tx, identity, name, username, now);
  Citizen citizen = std::move(*known);
  const std::string& new_name = name.empty() ? citizen.name : name;
  const std::string& new_username = username.empty() ? citizen.username : username;
  if (new_name != citizen.name || new_username != citizen.username) {
    tx.run(update_names, new_name, new_username, citizen.id);
    citizen.name = new_name;
    citizen.username = new_username;
  }
  return citizen;
}

std::optional<std::int64_t> Citizens::change_identity(WriteTx& tx, const whatsapp::Identity& before,
                                                      const whatsapp::Identity& after) {
  auto citizen = find_by_bsuid(tx, before.bsuid);
  if (!citizen) citizen = find_by_phone(tx, before.phone);
  if (!citizen) return std::nullopt;
  if (const auto same = find_by_bsuid(tx, after.bsuid); same && same->id != citizen->id)
    join(tx, *citizen, *same);
  if (!after.phone.empty()) free_phone(tx, *citizen, after.phone);

  whatsapp::Identity now = after;
  if (now.bsuid.empty()) now.bsuid = citizen->identity.bsuid;
  // The old number is not theirs any more; without a BSUID it is all there is to know them by.
  if (now.phone.empty() && now.bsuid.empty()) now.phone = citizen->identity.phone;
  set_identity(tx, *citizen, now);
  return citizen->id;
}

void Citizens::open_window(WriteTx& tx, Citizen& citizen, Time sent_at) {
  if (sent_at + window <= citizen.window_closes_at) return;
  citizen.window_closes_at = sent_at + window;
  tx.run(update_window, citizen.window_closes_at, citizen.id);
}

void Citizens::close_window(WriteTx& tx, std::int64_t id, Time at) {
  // A window that was opened after `at` is another one.
  tx.run(shorten_window, at, id, at + window);
}

}  // namespace catalina::store
