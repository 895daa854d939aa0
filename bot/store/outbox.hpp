// Outgoing messages: written in the transaction of the turn that made them, sent after its commit,
// followed by their receipts until they are read or have failed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "whatsapp/envelope.hpp"

namespace catalina::store {

class ReadTx;
class WriteTx;

// queued → accepted (the Graph API took it) → sent → delivered → read → played; never backwards.
// unknown: perhaps written to the wire (no answer came, or the process died), waits for its
// receipt. `failed` overrides queued, unknown, accepted and sent only, and is final when Meta said
// it; where we gave up by ourselves a receipt knows better. Stored by number: the order is part of
// the schema.
enum class OutgoingState { queued, unknown, accepted, sent, delivered, read, played, failed };
std::string_view to_string(OutgoingState state);

struct NewOutgoing {
  std::int64_t citizen = 0;
  std::string content;      // JSON object: "type" and the member of that name (whatsapp/render.hpp)
  std::string in_reply_to;  // wamid of the message it answers, empty for a notice
  Time created_at{};
  std::string category = "service";  // what it is charged as; a template's own category
};

// What the sender needs of a row.
struct Outgoing {
  std::int64_t id = 0;
  std::int64_t citizen = 0;
  whatsapp::Identity to;
  std::string content;
  std::string in_reply_to;
  OutgoingState state = OutgoingState::queued;  // queued or unknown
  int attempts = 0;
  Time due_at{};            // not before
  Time window_closes_at{};  // free-form messages are refused by Meta from then on
};

// The price of one message, for the ledger. `estimated`: computed by our own rate card because Meta
// has not said.
struct Price {
  std::string category;
  std::string type;
  std::int64_t micros = 0;  // millionths of the card's currency
  bool estimated = true;
};

// All that is known of a row, for whoever looks back.
struct OutgoingRecord {
  OutgoingState state = OutgoingState::queued;
  int attempts = 0;
  Time due_at{};
  std::string wamid;  // empty until known
  std::optional<Time> accepted_at;
  std::optional<Time> delivered_at;  // or read, whichever was heard of first
  std::optional<Time> read_at;
  std::optional<Time> failed_at;
  int error_code = 0;  // of the last failure, 0: none
  std::string error;
  std::optional<Price> price;
};

// What was said to a citizen, and when it was decided.
struct Answer {
  std::string content;
  Time created_at{};
};

class Outbox {
 public:
  static Outgoing add(WriteTx& tx, const NewOutgoing& message);
  static std::optional<OutgoingRecord> find(ReadTx& tx, std::int64_t id);

  // What a citizen was answered to one of their messages, in the order it was written.
  static std::vector<Answer> answers(ReadTx& tx, std::int64_t citizen, std::string_view wamid);
  // The wamid of the message that an outgoing message answers; nothing when it is unknown.
  static std::optional<std::string> answered(ReadTx& tx, std::string_view outgoing_wamid);

  // Rows still queued or unknown, in order of id: what a start has to take up again.
  static std::vector<Outgoing> unfinished(ReadTx& tx);

  // What became of an attempt to send. A row that a receipt has moved on meanwhile stays where it
  // is: the receipt knows better.
  static void accepted(WriteTx& tx, std::int64_t id, std::string_view wamid, Time now);
  static void retry_at(WriteTx& tx, std::int64_t id, int attempts, Time due_at, int error_code);
  static void fate_unknown(WriteTx& tx, std::int64_t id, int attempts, Time resend_at);
  static void failed(WriteTx& tx, std::int64_t id, int error_code, std::string_view reason,
                     Time now);

  // Applies a receipt by its opaque data ("<store id>:<outgoing id>"), else by wamid; one of a
  // message we do not know is kept for a while and matched when `accepted` brings its wamid; one
  // with another store's opaque data is not ours. Returns the row's id when the receipt moved it.
  static std::optional<std::int64_t> apply(WriteTx& tx, const whatsapp::Receipt& receipt, Time now);

  // biz_opaque_callback_data of a row of this store.
  static std::string opaque(std::string_view store_id, std::int64_t id);
};

}  // namespace catalina::store
