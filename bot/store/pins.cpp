#include "store/pins.hpp"

#include <algorithm>

#include "store/transaction.hpp"

namespace catalina::store {
namespace {

constexpr std::string_view insert_row =
    "INSERT INTO pinned_messages (text, link, phone, starts_at, ends_at, pinned_by, pinned_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7)";
constexpr std::string_view select_in_force =
    "SELECT id, text, link, phone, starts_at, ends_at FROM pinned_messages "
    "WHERE ends_at > $1 AND starts_at <= $1 AND id > (SELECT COALESCE(MAX(id), 0) "
    "FROM pinned_messages WHERE text = '' AND starts_at <= $1) ORDER BY id DESC LIMIT 1";
constexpr std::string_view select_planned =
    "SELECT id, text, link, phone, starts_at, ends_at FROM pinned_messages "
    "WHERE starts_at > $1 AND id > (SELECT COALESCE(MAX(id), 0) FROM pinned_messages "
    "WHERE text = '') ORDER BY starts_at, id";
constexpr std::string_view select_history =
    "SELECT id, text, link, phone, starts_at, ends_at, pinned_by, pinned_at FROM pinned_messages "
    "ORDER BY id DESC LIMIT $1";

dialog::PinnedMessage message_in(const Statement& row) {
  return {.id = row.get<std::int64_t>(0),
          .text = row.get<std::string>(1),
          .link = row.get<std::string>(2),
          .phone = row.get<std::string>(3),
          .from = row.get<Time>(4),
          .until = row.get<Time>(5)};
}

std::int64_t insert(WriteTx& tx, const dialog::PinnedMessage& message, const std::string& by,
                    Time now) {
  return tx.insert(insert_row, message.text, message.link, message.phone, message.from,
                   message.until, by, now);
}

}  // namespace

dialog::PinnedMessage Pins::add(WriteTx& tx, dialog::PinnedMessage message, const std::string& by,
                                Time now) {
  message.from = std::max(message.from, now);  // nobody saw it before
  message.id = insert(tx, message, by, now);
  return message;
}

void Pins::clear(WriteTx& tx, const std::string& by, Time now) {
  insert(tx, {.text = "", .from = now, .until = now}, by, now);
}

std::optional<dialog::PinnedMessage> Pins::in_force(ReadTx& tx, Time at) {
  Statement row = tx.query(select_in_force, at);
  if (!row.step()) return std::nullopt;
  return message_in(row);
}

std::vector<dialog::PinnedMessage> Pins::planned(ReadTx& tx, Time at) {
  std::vector<dialog::PinnedMessage> messages;
  Statement row = tx.query(select_planned, at);
  while (row.step()) messages.push_back(message_in(row));
  return messages;
}

std::vector<Pin> Pins::history(ReadTx& tx, int limit) {
  std::vector<Pin> pins;
  Statement row = tx.query(select_history, limit);
  while (row.step()) pins.push_back({message_in(row), row.get<std::string>(6), row.get<Time>(7)});
  return pins;
}

}  // namespace catalina::store
