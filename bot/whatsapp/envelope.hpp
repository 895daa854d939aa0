// A webhook body as values: every entry, change, message and status of it. See "Cloud API webhooks"
// at Meta.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/clock.hpp"
#include "dialog/message.hpp"

namespace catalina::whatsapp {

// Who it is about. Hardly ever both are empty: such a message is kept for a human. BSUID:
// business-scoped user id, the stable key since 2026-04; phone: digits without "+", missing when
// the citizen hides it behind a user name.
struct Identity {
  std::string bsuid;
  std::string phone;
};

struct Media {
  std::string id;  // ^[0-9]{5,32}$
  std::string mime;
  std::string filename;  // hostile input
  std::string sha256;    // base64 as Meta sends it, may be empty
};

// What a message asks of us.
enum class InboundKind {
  turn,             // opens a turn of the conversation
  identity_change,  // the citizen has a new number or BSUID: re-map, never reply
  silent            // reaction, edit, revoke, group, unknown type: remembered as seen, nothing else
};

struct InboundMessage {
  std::string wamid;
  InboundKind kind = InboundKind::silent;
  std::string type;  // as Meta names it, for the record
  Identity from;
  std::string name;      // profile name, sanitised
  std::string username;  // without "@"
  Time sent_at{};
  dialog::Message content;  // for `turn`
  std::optional<Media> media;
  std::string quoted_wamid;   // the message it replies to
  std::string referral_json;  // the advertisement it came from, JSON text
  Identity previous;          // for `identity_change`: who `from` was before
};

enum class ReceiptStatus { sent, delivered, read, played, failed };

struct Pricing {
  std::string category;  // service utility marketing …
  std::string type;      // regular (charged), free_customer_service, free_entry_point …
};

struct Receipt {
  std::string wamid;
  std::string opaque;  // our biz_opaque_callback_data, may be empty
  ReceiptStatus status = ReceiptStatus::sent;
  Time at{};
  std::optional<Pricing> pricing;
  int error_code = 0;         // with `failed`
  std::string error_details;  // with `failed`
};

// Account-level news: template states, quality, user preferences. Kept as they came.
struct AccountEvent {
  std::string field;
  std::string json;
};

struct Envelope {
  std::vector<InboundMessage> messages;
  std::vector<Receipt> receipts;
  std::vector<AccountEvent> account_events;
  int skipped = 0;  // items that were too strange to read
  int foreign = 0;  // changes of a business number that is not ours
};

// The body is not something Meta sends: answer 400.
struct BadBody {
  std::string reason;
};

// Reads a body whose signature is good. Items that are strange are skipped and counted, never
// fatal; nesting beyond 64 levels is dropped unread; lone surrogates become U+FFFD; text is
// sanitised and capped at 4,096 UTF-16 units. Numbers other than `phone_number_id` and objects
// other than whatsapp_business_account give an empty envelope.
std::variant<Envelope, BadBody> parse_envelope(std::string_view body,
                                               std::string_view phone_number_id);

}  // namespace catalina::whatsapp
