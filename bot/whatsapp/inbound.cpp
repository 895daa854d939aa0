#include "whatsapp/inbound.hpp"

#include <algorithm>
#include <array>

#include "catalog/text.hpp"
#include "dialog/reply.hpp"
#include "whatsapp/fields.hpp"

namespace catalina::whatsapp {
namespace {

using dialog::MessageKind;

constexpr std::size_t max_text = dialog::limits::text_body;
constexpr std::size_t max_name = 100;  // UTF-16 units, here and below
constexpr std::size_t max_username = 64;
constexpr std::size_t max_place = 300;  // name or address of a location
constexpr std::size_t max_filename = 255;
constexpr std::size_t max_mime = 127;
constexpr std::size_t max_sha256 = 88;  // base64 or hex
constexpr std::size_t max_opaque = 512;
constexpr std::size_t max_details = 500;
constexpr std::size_t max_form = 64 * 1024;     // bytes
constexpr std::size_t max_referral = 4 * 1024;  // bytes

// Reads the member named like the type into a message that opens a turn; false: too strange.
using ReadTurn = bool (*)(const Json& part, InboundMessage& message);

bool read_text(const Json& part, InboundMessage& message) {
  const Json* body = member(part, "body");
  if (body == nullptr || !body->is_string()) return false;
  message.content.text = text::sanitize(body->get_ref<const std::string&>(), max_text);
  return true;
}

// A file with an id we cannot use is still something the citizen sent and wants answered.
bool read_media(const Json& part, InboundMessage& message) {
  if (!part.is_object()) return false;
  message.content.text = text::sanitize(string_at(part, "caption"), max_text);
  const std::string_view id = string_at(part, "id");
  if (!is_media_id(id)) return true;
  message.media = Media{std::string(id), one_line(string_at(part, "mime_type"), max_mime),
                        one_line(string_at(part, "filename"), max_filename),
                        one_line(string_at(part, "sha256"), max_sha256)};
  return true;
}

bool read_location(const Json& part, InboundMessage& message) {
  const auto latitude = number_at(part, "latitude");
  const auto longitude = number_at(part, "longitude");
  if (!latitude || !longitude || *latitude < -90 || *latitude > 90 || *longitude < -180 ||
      *longitude > 180)
    return false;
  message.content.location =
      dialog::Location{*latitude, *longitude, one_line(string_at(part, "name"), max_place),
                       one_line(string_at(part, "address"), max_place)};
  return true;
}

// The card of a third person: who is on it is nobody's business but the citizen's.
bool read_contacts(const Json& part, InboundMessage&) {
  return part.is_array();
}

bool read_order(const Json& part, InboundMessage& message) {
  if (!part.is_object()) return false;
  message.content.text = text::sanitize(string_at(part, "text"), max_text);
  return true;
}

// The quick reply of a template; without a payload of ours its label says what was meant.
bool read_template_button(const Json& part, InboundMessage& message) {
  const std::string_view label = string_at(part, "text");
  const std::string_view payload = string_at(part, "payload");
  if (label.empty() && payload.empty()) return false;
  message.content.text = text::sanitize(label, max_text);
  message.content.choice =
      text::sanitize(payload.empty() ? label : payload, dialog::limits::button_id);
  return true;
}

bool read_choice(const Json& reply, std::size_t max_id, InboundMessage& message) {
  const std::string_view id = string_at(reply, "id");
  if (id.empty()) return false;
  message.content.kind = MessageKind::choice;
  message.content.choice = text::sanitize(id, max_id);
  message.content.text = text::sanitize(string_at(reply, "title"), max_text);
  return true;
}

bool read_form(const Json& reply, InboundMessage& message) {
  const std::string_view answers = string_at(reply, "response_json");
  if (answers.empty() || answers.size() > max_form) return false;
  message.content.kind = MessageKind::form;
  message.content.form_json = answers;
  message.content.text = text::sanitize(string_at(reply, "body"), max_text);
  return true;
}

// Kinds of interactive answers we never ask for are passed over in silence.
bool read_interactive(const Json& part, InboundMessage& message) {
  if (const Json* button = object_at(part, "button_reply"))
    return read_choice(*button, dialog::limits::button_id, message);
  if (const Json* row = object_at(part, "list_reply"))
    return read_choice(*row, dialog::limits::row_id, message);
  if (const Json* form = object_at(part, "nfm_reply")) return read_form(*form, message);
  message.kind = InboundKind::silent;
  return true;
}

struct TurnType {
  std::string_view name;
  MessageKind kind;
  ReadTurn read;
};
constexpr std::array<TurnType, 11> turn_types{{
    {"text", MessageKind::text, read_text},
    {"image", MessageKind::image, read_media},
    {"video", MessageKind::video, read_media},
    {"audio", MessageKind::audio, read_media},
    {"document", MessageKind::document, read_media},
    {"sticker", MessageKind::sticker, read_media},
    {"location", MessageKind::location, read_location},
    {"contacts", MessageKind::contacts, read_contacts},
    {"interactive", MessageKind::choice, read_interactive},
    {"button", MessageKind::choice, read_template_button},
    {"order", MessageKind::order, read_order},
}};

// What Meta could not put into words but which would not have been a message to answer anyway.
constexpr std::array<std::string_view, 6> silent_unsupported{
    "reaction", "edit", "revoke", "pin", "keep_in_chat", "poll_update"};

bool deserves_an_answer(const Json& item) {
  const Json* unsupported = object_at(item, "unsupported");
  if (unsupported == nullptr) return true;
  const std::string_view type = string_at(*unsupported, "type");
  return std::find(silent_unsupported.begin(), silent_unsupported.end(), type) ==
         silent_unsupported.end();
}

Identity read_identity(std::string_view bsuid, std::string_view phone) {
  return {std::string(is_bsuid(bsuid) ? bsuid : std::string_view()),
          std::string(is_phone(phone) ? phone : std::string_view())};
}

bool is_nobody(const Identity& identity) {
  return identity.bsuid.empty() && identity.phone.empty();
}

// A member of `contacts` knows the half of the identity that the message left out, and the names.
void add_contact(const Json& contact, InboundMessage& message) {
  const Identity more = read_identity(string_at(contact, "user_id"), string_at(contact, "wa_id"));
  if (message.from.bsuid.empty()) message.from.bsuid = more.bsuid;
  if (message.from.phone.empty()) message.from.phone = more.phone;
  const Json* profile = object_at(contact, "profile");
  if (profile == nullptr) return;
  message.name = one_line(string_at(*profile, "name"), max_name);
  std::string_view username = string_at(*profile, "username");
  if (username.starts_with("@")) username.remove_prefix(1);
  message.username = one_line(username, max_username);
}

// The citizen has a new number or BSUID. Anything else the system says needs nothing from us.
bool read_system(const Json& item, InboundMessage& message) {
  const Json* system = object_at(item, "system");
  if (system == nullptr) return false;
  const std::string_view type = string_at(*system, "type");
  if (type != "user_changed_number" && type != "user_changed_user_id") return true;
  const Identity now = read_identity(string_at(*system, "user_id"), string_at(*system, "wa_id"));
  Identity before = message.from;
  if (const std::string_view bsuid = string_at(*system, "previous_user_id"); is_bsuid(bsuid))
    before.bsuid = bsuid;
  if (before.bsuid == now.bsuid) before.bsuid.clear();
  if (before.phone == now.phone) before.phone.clear();
  if (is_nobody(now) || is_nobody(before)) return true;
  message.kind = InboundKind::identity_change;
  message.previous = before;
  message.from = now;
  return true;
}

bool read_content(const Json& item, InboundMessage& message) {
  if (member(item, "group_id") != nullptr) return true;
  if (message.type == "system") return read_system(item, message);
  const auto known = std::find_if(turn_types.begin(), turn_types.end(),
                                  [&](const TurnType& type) { return type.name == message.type; });
  const Json* part = member(item, message.type);
  if (known != turn_types.end() && (part != nullptr || message.type == "interactive")) {
    message.kind = InboundKind::turn;
    message.content.kind = known->kind;
    return known->read(part == nullptr ? Json() : *part, message);
  }
  const bool unreadable = message.type == "unsupported" || message.type == "unknown" ||
                          array_at(item, "errors") != nullptr;
  if (unreadable && deserves_an_answer(item)) {
    message.kind = InboundKind::turn;
    message.content.kind = MessageKind::unsupported;
  }
  return unreadable || known == turn_types.end();
}

std::optional<ReceiptStatus> read_status(std::string_view text) {
  if (text == "sent") return ReceiptStatus::sent;
  if (text == "delivered") return ReceiptStatus::delivered;
  if (text == "read") return ReceiptStatus::read;
  if (text == "played") return ReceiptStatus::played;
  if (text == "failed") return ReceiptStatus::failed;
  return std::nullopt;
}

}  // namespace

std::optional<InboundMessage> read_message(const Json& item, const ContactLookup& contact) {
  const std::string_view wamid = string_at(item, "id");
  const std::string_view type = string_at(item, "type");
  const std::optional<Time> sent_at = read_time(item, "timestamp");
  if (!is_wamid(wamid) || type.empty() || !sent_at) return std::nullopt;

  InboundMessage message;
  message.wamid = wamid;
  message.type = one_line(type, max_username);
  message.sent_at = message.content.sent_at = *sent_at;
  message.from = read_identity(string_at(item, "from_user_id"), string_at(item, "from"));
  if (const Json* found = contact(message.from.bsuid, message.from.phone))
    add_contact(*found, message);
  if (const Json* context = object_at(item, "context"))
    if (const std::string_view quoted = string_at(*context, "id"); is_wamid(quoted))
      message.quoted_wamid = quoted;
  if (const Json* referral = object_at(item, "referral"))
    if (std::string json = referral->dump(); json.size() <= max_referral)
      message.referral_json = std::move(json);
  if (!read_content(item, message)) return std::nullopt;
  return message;
}

std::optional<Receipt> read_receipt(const Json& item, bool& known) {
  known = true;
  const std::string_view wamid = string_at(item, "id");
  const std::string_view name = string_at(item, "status");
  const std::optional<Time> at = read_time(item, "timestamp");
  if (!is_wamid(wamid) || name.empty() || !at) return std::nullopt;
  const std::optional<ReceiptStatus> status = read_status(name);
  known = status.has_value();
  if (!known) return std::nullopt;

  Receipt receipt;
  receipt.wamid = wamid;
  receipt.status = *status;
  receipt.at = *at;
  receipt.opaque = one_line(string_at(item, "biz_opaque_callback_data"), max_opaque);
  if (const Json* pricing = object_at(item, "pricing"))
    receipt.pricing = Pricing{one_line(string_at(*pricing, "category"), max_username),
                              one_line(string_at(*pricing, "type"), max_username)};
  if (const Json* errors = array_at(item, "errors"); errors != nullptr && !errors->empty()) {
    const Json& error = errors->front();
    const std::int64_t code = integer_at(error, "code").value_or(0);
    if (code > 0 && code <= 9'999'999) receipt.error_code = static_cast<int>(code);
    const Json* data = object_at(error, "error_data");
    const std::string_view details = data != nullptr ? string_at(*data, "details") : "";
    receipt.error_details =
        one_line(details.empty() ? string_at(error, "title") : details, max_details);
  }
  return receipt;
}

}  // namespace catalina::whatsapp
