#include "store/conversations.hpp"

#include "store/transaction.hpp"

namespace catalina::store {
namespace {

constexpr std::string_view select_state = "SELECT state FROM conversations WHERE citizen = $1";
constexpr std::string_view put_state =
    "INSERT INTO conversations (citizen, state, updated_at) VALUES ($1, $2, $3) "
    "ON CONFLICT (citizen) DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at";

}  // namespace

dialog::Conversation Conversations::load(ReadTx& tx, std::int64_t citizen) {
  return dialog::Conversation::from_json(load_json(tx, citizen));
}

std::string Conversations::load_json(ReadTx& tx, std::int64_t citizen) {
  Statement row = tx.query(select_state, citizen);
  if (!row.step()) return "{}";
  return row.get<std::string>(0);
}

void Conversations::save(WriteTx& tx, std::int64_t citizen,
                         const dialog::Conversation& conversation, Time now) {
  tx.run(put_state, citizen, conversation.to_json(), now);
}

}  // namespace catalina::store
