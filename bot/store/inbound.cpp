#include "store/inbound.hpp"

#include "core/crypto.hpp"
#include "store/transaction.hpp"

namespace catalina::store {
namespace {

// An index on a 64-bit hash is smaller and faster than one on the text, and the text decides.
constexpr std::string_view select_id =
    "SELECT id FROM inbound WHERE wamid_hash = $1 AND wamid = $2";
constexpr std::string_view insert_row =
    "INSERT INTO inbound (wamid_hash, wamid, citizen, type, sent_at, received_at, outcome, text, "
    "choice, context, quoted_wamid, referral, decision, target, aspect, confidence, evidence, "
    "catalog_version, micros, error) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
    "$13, $14, $15, $16, $17, $18, $19, $20)";
constexpr std::string_view update_turn =
    "UPDATE inbound SET outcome = $1, text = $2, choice = $3, context = $4, decision = $5, "
    "target = $6, aspect = $7, confidence = $8, evidence = $9, catalog_version = $10, "
    "micros = $11, error = $12 WHERE id = $13";
constexpr std::string_view select_row =
    "SELECT wamid, citizen, type, sent_at, received_at, outcome, text, choice, context, "
    "quoted_wamid, referral, decision, target, aspect, confidence, evidence, catalog_version, "
    "micros, error FROM inbound WHERE id = $1";
constexpr std::string_view select_latest =
    "SELECT id FROM inbound WHERE citizen = $1 ORDER BY id DESC LIMIT $2";

constexpr InboundOutcome outcomes[] = {InboundOutcome::answered, InboundOutcome::silent,
                                       InboundOutcome::stale, InboundOutcome::failed,
                                       InboundOutcome::unidentified};

InboundOutcome parse_outcome(std::string_view text) {
  for (const InboundOutcome outcome : outcomes)
    if (to_string(outcome) == text) return outcome;
  throw StoreError(StoreError::Cause::work, "not an outcome: " + std::string(text));
}

std::optional<std::string> or_null(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

// What a turn decided, as the row holds it; NULL where there was no turn.
struct TurnColumns {
  explicit TurnColumns(const InboundRecord& record) : micros(record.took.count()) {
    if (!record.why) return;
    decision = record.why->decision;
    target = record.why->target;
    aspect = record.why->aspect;
    confidence = record.why->confidence;
    evidence = record.why->evidence;
  }
  std::optional<std::string_view> decision, target, aspect, evidence;
  std::optional<double> confidence;
  std::int64_t micros;
};

}  // namespace

std::string_view to_string(InboundOutcome outcome) {
  switch (outcome) {
    case InboundOutcome::answered:
      return "answered";
    case InboundOutcome::silent:
      return "silent";
    case InboundOutcome::stale:
      return "stale";
    case InboundOutcome::failed:
      return "failed";
    case InboundOutcome::unidentified:
      return "unidentified";
  }
  return "?";
}

bool Inbound::seen(ReadTx& tx, std::string_view wamid) {
  return tx.query(select_id, crypto::index_hash(wamid), wamid).step();
}

std::int64_t Inbound::add(WriteTx& tx, const InboundRecord& record) {
  const TurnColumns turn(record);
  return tx.insert(insert_row, crypto::index_hash(record.wamid), record.wamid, record.citizen,
                   record.type, record.sent_at, record.received_at, to_string(record.outcome),
                   record.text, or_null(record.choice), record.context,
                   or_null(record.quoted_wamid), or_null(record.referral_json), turn.decision,
                   turn.target, turn.aspect, turn.confidence, turn.evidence,
                   or_null(record.catalog_version), turn.micros, or_null(record.error));
}

void Inbound::settle(WriteTx& tx, const InboundRecord& record) {
  const TurnColumns turn(record);
  tx.run(update_turn, to_string(record.outcome), record.text, or_null(record.choice),
         record.context, turn.decision, turn.target, turn.aspect, turn.confidence, turn.evidence,
         or_null(record.catalog_version), turn.micros, or_null(record.error), record.id);
}

std::optional<InboundRecord> Inbound::find(ReadTx& tx, std::string_view wamid) {
  Statement row = tx.query(select_id, crypto::index_hash(wamid), wamid);
  if (!row.step()) return std::nullopt;
  return find(tx, row.get<std::int64_t>(0));
}

std::optional<InboundRecord> Inbound::find(ReadTx& tx, std::int64_t id) {
  Statement row = tx.query(select_row, id);
  if (!row.step()) return std::nullopt;
  const auto text = [&](int column) {
    return row.get<std::optional<std::string>>(column).value_or("");
  };
  InboundRecord record;
  record.id = id;
  record.wamid = text(0);
  record.citizen = row.get<std::optional<std::int64_t>>(1);
  record.type = text(2);
  record.sent_at = row.get<Time>(3);
  record.received_at = row.get<Time>(4);
  record.outcome = parse_outcome(text(5));
  record.text = row.get<std::optional<std::string>>(6);
  record.choice = text(7);
  record.context = row.get<std::optional<std::string>>(8);
  record.quoted_wamid = text(9);
  record.referral_json = text(10);
  if (const auto decision = row.get<std::optional<std::string>>(11))
    record.why = dialog::Explanation{.decision = *decision,
                                     .target = text(12),
                                     .aspect = text(13),
                                     .confidence = row.get<double>(14),
                                     .evidence = text(15)};
  record.catalog_version = text(16);
  record.took = std::chrono::microseconds(row.get<std::int64_t>(17));
  record.error = text(18);
  return record;
}

std::vector<InboundRecord> Inbound::latest(ReadTx& tx, std::int64_t citizen, int limit) {
  std::vector<InboundRecord> records;
  Statement row = tx.query(select_latest, citizen, limit);
  while (row.step()) records.push_back(find(tx, row.get<std::int64_t>(0)).value());
  return records;
}

}  // namespace catalina::store
