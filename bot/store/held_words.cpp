#include "store/held_words.hpp"

#include <algorithm>

#include "store/transaction.hpp"

namespace catalina::store {
namespace {

constexpr std::string_view insert_row =
    "INSERT INTO held_words (inbound, citizen, text, since, due_at) VALUES ($1, $2, $3, $4, $5)";
constexpr std::string_view select_of_citizen =
    "SELECT inbound, citizen, text, since, due_at FROM held_words WHERE citizen = $1 "
    "ORDER BY inbound";
constexpr std::string_view delete_of_citizen = "DELETE FROM held_words WHERE citizen = $1";
constexpr std::string_view select_due =
    "SELECT inbound, citizen, text, since, due_at FROM held_words WHERE due_at <= $1 OR "
    "due_at > $2 ORDER BY due_at, inbound LIMIT $3";
constexpr std::string_view count_rows = "SELECT COUNT(*) FROM held_words";
constexpr std::string_view select_next = "SELECT MIN(due_at) FROM held_words";

HeldWords read(Statement& row) {
  return {.inbound = row.get<std::int64_t>(0),
          .citizen = row.get<std::int64_t>(1),
          .text = row.get<std::string>(2),
          .since = row.get<Time>(3),
          .due_at = row.get<Time>(4)};
}

}  // namespace

void Held::keep(WriteTx& tx, const HeldWords& words) {
  tx.run(insert_row, words.inbound, words.citizen, words.text, words.since, words.due_at);
}

std::optional<HeldWords> Held::take(WriteTx& tx, std::int64_t citizen) {
  std::optional<HeldWords> all;
  for (Statement row = tx.query(select_of_citizen, citizen); row.step();) {
    HeldWords words = read(row);
    if (all) {
      words.text = all->text + '\n' + words.text;
      words.since = std::min(all->since, words.since);
      words.rows += all->rows;
    }
    all = std::move(words);
  }
  if (all) tx.run(delete_of_citizen, citizen);
  return all;
}

std::vector<HeldWords> Held::due(ReadTx& tx, Time now, Time latest, int limit) {
  std::vector<HeldWords> all;
  for (Statement row = tx.query(select_due, now, latest, limit); row.step();)
    all.push_back(read(row));
  return all;
}

int Held::count(ReadTx& tx) {
  Statement row = tx.query(count_rows);
  row.step();
  return row.get<int>(0);
}

std::optional<Time> Held::next_due(ReadTx& tx) {
  Statement row = tx.query(select_next);
  row.step();
  return row.get<std::optional<Time>>(0);
}

}  // namespace catalina::store
