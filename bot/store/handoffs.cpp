#include "store/handoffs.hpp"

#include "store/transaction.hpp"

namespace catalina::store {
namespace {

constexpr std::string_view insert_handoff =
    "INSERT INTO handoffs (citizen, reason, requested_at, due_at) VALUES ($1, $2, $3, $4)";
constexpr std::string_view select_of_citizen =
    "SELECT id, citizen, reason, requested_at, due_at FROM handoffs WHERE citizen = $1 ORDER BY id";

}  // namespace

std::int64_t Handoffs::add(WriteTx& tx, const Handoff& handoff) {
  return tx.insert(insert_handoff, handoff.citizen, handoff.reason, handoff.requested_at,
                   handoff.due_at);
}

std::vector<Handoff> Handoffs::of_citizen(ReadTx& tx, std::int64_t citizen) {
  std::vector<Handoff> handoffs;
  Statement row = tx.query(select_of_citizen, citizen);
  while (row.step())
    handoffs.push_back({.id = row.get<std::int64_t>(0),
                        .citizen = row.get<std::int64_t>(1),
                        .reason = row.get<std::string>(2),
                        .requested_at = row.get<Time>(3),
                        .due_at = row.get<Time>(4)});
  return handoffs;
}

}  // namespace catalina::store
