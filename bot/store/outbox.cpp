#include "store/outbox.hpp"

#include <charconv>

#include "core/crypto.hpp"
#include "core/log.hpp"
#include "store/citizens.hpp"
#include "store/early_receipts.hpp"
#include "store/transaction.hpp"
#include "whatsapp/error_codes.hpp"
#include "whatsapp/pricing.hpp"

namespace catalina::store {
namespace {

// "state <= 1" is queued or unknown: what the partial index and the sender's reports are about.
constexpr std::string_view insert_row =
    "INSERT INTO outgoing (citizen, category, in_reply_to, state, attempts, due_at, created_at) "
    "VALUES ($1, $2, $3, $4, 0, $5, $5)";
constexpr std::string_view insert_content =
    "INSERT INTO outgoing_contents (outgoing, content) VALUES ($1, $2)";
constexpr std::string_view select_unfinished =
    "SELECT o.id, o.citizen, c.bsuid, c.phone, t.content, o.in_reply_to, o.state, o.attempts, "
    "o.due_at, c.window_closes_at FROM outgoing o JOIN citizens c ON c.id = o.citizen "
    "JOIN outgoing_contents t ON t.outgoing = o.id WHERE o.state <= 1 ORDER BY o.id";
constexpr std::string_view update_retry =
    "UPDATE outgoing SET state = $1, attempts = $2, due_at = $3, error_code = $4 "
    "WHERE id = $5 AND state <= 1";
constexpr std::string_view update_unknown =
    "UPDATE outgoing SET state = $1, attempts = $2, due_at = $3 WHERE id = $4 AND state <= 1";
constexpr std::string_view select_row =
    "SELECT id, citizen, category, state, attempts, due_at, wamid, accepted_at, delivered_at, "
    "read_at, failed_at, error_code, error, price_category, price_type, price_micros, "
    "price_estimated FROM outgoing WHERE id = $1";
constexpr std::string_view select_by_wamid =
    "SELECT id FROM outgoing WHERE wamid_hash = $1 AND wamid = $2 ORDER BY id LIMIT 1";
constexpr std::string_view select_answers =
    "SELECT t.content, o.created_at FROM outgoing o JOIN outgoing_contents t ON t.outgoing = o.id "
    "WHERE o.citizen = $1 AND o.in_reply_to = $2 ORDER BY o.id";
constexpr std::string_view select_answered =
    "SELECT in_reply_to FROM outgoing WHERE wamid_hash = $1 AND wamid = $2 ORDER BY id LIMIT 1";
// Apart from the update below, which every receipt runs: this one touches an index.
constexpr std::string_view update_wamid =
    "UPDATE outgoing SET wamid_hash = $1, wamid = $2 WHERE id = $3";
constexpr std::string_view update_row =
    "UPDATE outgoing SET state = $1, accepted_at = $2, delivered_at = $3, read_at = $4, "
    "failed_at = $5, error_code = $6, error = $7, price_category = $8, price_type = $9, "
    "price_micros = $10, price_estimated = $11 WHERE id = $12";
constexpr std::string_view count_delivered =
    "INSERT INTO service_months (month, delivered) VALUES ($1, 1) "
    "ON CONFLICT (month) DO UPDATE SET delivered = service_months.delivered + 1";
constexpr std::string_view select_delivered =
    "SELECT delivered FROM service_months WHERE month = $1";

struct Row {
  std::int64_t id = 0;
  std::int64_t citizen = 0;
  std::string category;
  OutgoingRecord record;
};

std::optional<Row> load(ReadTx& tx, std::int64_t id) {
  Statement s = tx.query(select_row, id);
  if (!s.step()) return std::nullopt;
  Row row{.id = s.get<std::int64_t>(0),
          .citizen = s.get<std::int64_t>(1),
          .category = s.get<std::string>(2),
          .record = {.state = static_cast<OutgoingState>(s.get<int>(3)),
                     .attempts = s.get<int>(4),
                     .due_at = s.get<Time>(5),
                     .wamid = s.get<std::optional<std::string>>(6).value_or(""),
                     .accepted_at = s.get<std::optional<Time>>(7),
                     .delivered_at = s.get<std::optional<Time>>(8),
                     .read_at = s.get<std::optional<Time>>(9),
                     .failed_at = s.get<std::optional<Time>>(10),
                     .error_code = s.get<std::optional<int>>(11).value_or(0),
                     .error = s.get<std::optional<std::string>>(12).value_or(""),
                     .price = {}}};
  if (const auto micros = s.get<std::optional<std::int64_t>>(15))
    row.record.price = Price{.category = s.get<std::string>(13),
                             .type = s.get<std::string>(14),
                             .micros = *micros,
                             .estimated = s.get<bool>(16)};
  return row;
}

void save(WriteTx& tx, const Row& row) {
  const OutgoingRecord& r = row.record;
  std::optional<std::string> category;
  std::optional<std::string> type;
  std::optional<std::int64_t> micros;
  std::optional<bool> estimated;
  if (r.price) {
    category = r.price->category;
    type = r.price->type;
    micros = r.price->micros;
    estimated = r.price->estimated;
  }
  tx.run(update_row, static_cast<int>(r.state), r.accepted_at, r.delivered_at, r.read_at,
         r.failed_at, r.error_code, r.error, category, type, micros, estimated, row.id);
}

// A message sent twice has two wamids; the first is kept, receipts of both find it by opaque data.
void learn_wamid(WriteTx& tx, Row& row, std::string_view wamid) {
  if (!row.record.wamid.empty() || wamid.empty()) return;
  row.record.wamid = wamid;
  tx.run(update_wamid, crypto::index_hash(wamid), wamid, row.id);
}

bool was_heard_of(OutgoingState state) {
  return state != OutgoingState::queued && state != OutgoingState::unknown;
}

OutgoingState state_of(whatsapp::ReceiptStatus status) {
  switch (status) {
    case whatsapp::ReceiptStatus::sent:
      return OutgoingState::sent;
    case whatsapp::ReceiptStatus::delivered:
      return OutgoingState::delivered;
    case whatsapp::ReceiptStatus::read:
      return OutgoingState::read;
    case whatsapp::ReceiptStatus::played:
      return OutgoingState::played;
    case whatsapp::ReceiptStatus::failed:
      return OutgoingState::failed;
  }
  return OutgoingState::unknown;
}

// `heard_of`: Meta has told of this message before.
bool advances(OutgoingState from, OutgoingState to, bool heard_of) {
  if (from == OutgoingState::failed) return !heard_of && to != OutgoingState::failed;
  if (to == OutgoingState::failed) return from <= OutgoingState::sent;
  return from < to;
}

bool means_delivered(whatsapp::ReceiptStatus status) {
  return status == whatsapp::ReceiptStatus::delivered || status == whatsapp::ReceiptStatus::read ||
         status == whatsapp::ReceiptStatus::played;
}

// Counts a service message in the month it was delivered; returns how many there were before it.
std::int64_t count_service(WriteTx& tx, int month) {
  tx.run(count_delivered, month);
  Statement row = tx.query(select_delivered, month);
  row.step();
  return row.get<std::int64_t>(0) - 1;
}

// What Meta says is stored once. When it has said nothing by the time of delivery, our own card
// tells, until it does. Returns true when something changed.
bool settle_price(WriteTx& tx, Row& row, const whatsapp::Receipt& receipt, bool first_delivery) {
  const whatsapp::RateCard& card = whatsapp::colombia_2026_10();
  std::int64_t delivered_before = 0;
  if (first_delivery && row.category == "service")
    delivered_before = count_service(tx, whatsapp::billing_month(card, receipt.at));

  std::optional<Price>& price = row.record.price;
  if (receipt.pricing && (!price || price->estimated)) {
    const auto& [category, type] = *receipt.pricing;
    price = Price{category, type, whatsapp::charged_micros(card, category, type), false};
    return true;
  }
  if (first_delivery && !price) {
    const std::string type(whatsapp::charge_type(card, row.category, delivered_before));
    price = Price{row.category, type, whatsapp::charged_micros(card, row.category, type), true};
    return true;
  }
  return false;
}

// Returns true when the receipt moved the row's state.
bool settle(WriteTx& tx, Row& row, const whatsapp::Receipt& receipt) {
  OutgoingRecord& record = row.record;
  const bool heard_of = !record.wamid.empty();
  learn_wamid(tx, row, receipt.wamid);
  const bool first_delivery = means_delivered(receipt.status) && !record.delivered_at;
  const OutgoingState next = state_of(receipt.status);
  const bool moves = advances(record.state, next, heard_of);
  if (moves && record.state == OutgoingState::failed) {
    record.failed_at.reset();
    record.error_code = 0;
    record.error.clear();
  }
  if (moves) record.state = next;
  if (first_delivery) record.delivered_at = receipt.at;
  if (moves && next == OutgoingState::read) record.read_at = receipt.at;
  if (moves && next == OutgoingState::failed) {
    record.failed_at = receipt.at;
    record.error_code = receipt.error_code;
    record.error = receipt.error_details;
    record.price.reset();  // Meta charges what is delivered, though it may name the price before
  }
  const bool priced =
      next != OutgoingState::failed && settle_price(tx, row, receipt, first_delivery);
  if (moves || first_delivery || priced) save(tx, row);
  if (moves && receipt.error_code == whatsapp::window_closed)
    Citizens::close_window(tx, row.citizen, receipt.at);
  return moves;
}

struct Opaque {
  std::string_view store_id;
  std::int64_t id = 0;
};

std::optional<Opaque> parse_opaque(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  Opaque opaque{.store_id = text.substr(0, colon)};
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data() + colon + 1, end, opaque.id);
  if (error != std::errc() || rest != end) return std::nullopt;
  return opaque;
}

std::optional<std::int64_t> find_by_wamid(ReadTx& tx, std::string_view wamid) {
  Statement row = tx.query(select_by_wamid, crypto::index_hash(wamid), wamid);
  if (!row.step()) return std::nullopt;
  return row.get<std::int64_t>(0);
}

}  // namespace

std::string_view to_string(OutgoingState state) {
  switch (state) {
    case OutgoingState::queued:
      return "queued";
    case OutgoingState::unknown:
      return "unknown";
    case OutgoingState::accepted:
      return "accepted";
    case OutgoingState::sent:
      return "sent";
    case OutgoingState::delivered:
      return "delivered";
    case OutgoingState::read:
      return "read";
    case OutgoingState::played:
      return "played";
    case OutgoingState::failed:
      return "failed";
  }
  return "?";
}

Outgoing Outbox::add(WriteTx& tx, const NewOutgoing& message) {
  const auto citizen = Citizens::find(tx, message.citizen);
  if (!citizen)
    throw StoreError(StoreError::Cause::work,
                     "no citizen " + std::to_string(message.citizen) + " to write to");
  const std::int64_t id =
      tx.insert(insert_row, message.citizen, message.category, message.in_reply_to,
                static_cast<int>(OutgoingState::queued), message.created_at);
  tx.run(insert_content, id, message.content);
  return {.id = id,
          .citizen = message.citizen,
          .to = citizen->identity,
          .content = message.content,
          .in_reply_to = message.in_reply_to,
          .state = OutgoingState::queued,
          .attempts = 0,
          .due_at = message.created_at,
          .window_closes_at = citizen->window_closes_at};
}

std::optional<OutgoingRecord> Outbox::find(ReadTx& tx, std::int64_t id) {
  const auto row = load(tx, id);
  if (!row) return std::nullopt;
  return row->record;
}

std::vector<Answer> Outbox::answers(ReadTx& tx, std::int64_t citizen, std::string_view wamid) {
  std::vector<Answer> answers;
  Statement row = tx.query(select_answers, citizen, wamid);
  while (row.step()) answers.push_back({row.get<std::string>(0), row.get<Time>(1)});
  return answers;
}

std::optional<std::string> Outbox::answered(ReadTx& tx, std::string_view outgoing_wamid) {
  Statement row = tx.query(select_answered, crypto::index_hash(outgoing_wamid), outgoing_wamid);
  if (!row.step()) return std::nullopt;
  return row.get<std::string>(0);
}

std::vector<Outgoing> Outbox::unfinished(ReadTx& tx) {
  std::vector<Outgoing> rows;
  Statement s = tx.query(select_unfinished);
  while (s.step())
    rows.push_back({.id = s.get<std::int64_t>(0),
                    .citizen = s.get<std::int64_t>(1),
                    .to = {.bsuid = s.get<std::optional<std::string>>(2).value_or(""),
                           .phone = s.get<std::optional<std::string>>(3).value_or("")},
                    .content = s.get<std::string>(4),
                    .in_reply_to = s.get<std::string>(5),
                    .state = static_cast<OutgoingState>(s.get<int>(6)),
                    .attempts = s.get<int>(7),
                    .due_at = s.get<Time>(8),
                    .window_closes_at = s.get<Time>(9)});
  return rows;
}

void Outbox::accepted(WriteTx& tx, std::int64_t id, std::string_view wamid, Time now) {
  auto row = load(tx, id);
  if (!row) return;
  learn_wamid(tx, *row, wamid);
  if (!was_heard_of(row->record.state)) row->record.state = OutgoingState::accepted;
  row->record.accepted_at = now;
  save(tx, *row);
  for (const whatsapp::Receipt& receipt : EarlyReceipts::take(tx, wamid)) settle(tx, *row, receipt);
}

void Outbox::retry_at(WriteTx& tx, std::int64_t id, int attempts, Time due_at, int error_code) {
  tx.run(update_retry, static_cast<int>(OutgoingState::queued), attempts, due_at, error_code, id);
}

void Outbox::fate_unknown(WriteTx& tx, std::int64_t id, int attempts, Time resend_at) {
  tx.run(update_unknown, static_cast<int>(OutgoingState::unknown), attempts, resend_at, id);
}

void Outbox::failed(WriteTx& tx, std::int64_t id, int error_code, std::string_view reason,
                    Time now) {
  auto row = load(tx, id);
  if (!row || was_heard_of(row->record.state)) return;
  row->record.state = OutgoingState::failed;
  row->record.failed_at = now;
  row->record.error_code = error_code;
  row->record.error = reason;
  save(tx, *row);
  if (error_code == whatsapp::window_closed) Citizens::close_window(tx, row->citizen, now);
}

std::optional<std::int64_t> Outbox::apply(WriteTx& tx, const whatsapp::Receipt& receipt, Time now) {
  std::optional<std::int64_t> id;
  if (const auto opaque = parse_opaque(receipt.opaque)) {
    if (opaque->store_id != tx.store_id()) return std::nullopt;
    id = opaque->id;
  } else {
    id = find_by_wamid(tx, receipt.wamid);
    if (!id) {
      EarlyReceipts::keep(tx, receipt, now);
      return std::nullopt;
    }
  }
  auto row = load(tx, *id);
  if (!row) {
    log::warn("receipt of a message that this database does not hold", {{"outgoing", *id}});
    return std::nullopt;
  }
  if (!settle(tx, *row, receipt)) return std::nullopt;
  return id;
}

std::string Outbox::opaque(std::string_view store_id, std::int64_t id) {
  return std::string(store_id) + ':' + std::to_string(id);
}

}  // namespace catalina::store
