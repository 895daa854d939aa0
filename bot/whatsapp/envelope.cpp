#include "whatsapp/envelope.hpp"

#include <unordered_map>

#include "whatsapp/fields.hpp"
#include "whatsapp/inbound.hpp"
#include "whatsapp/json_body.hpp"

namespace catalina::whatsapp {
namespace {

constexpr std::size_t max_account_event = 64 * 1024;  // bytes of JSON
constexpr std::size_t max_field_name = 64;            // UTF-16 units

// The people a value names, by either of their keys. Points into the body's JSON.
class Contacts {
 public:
  explicit Contacts(const Json& value) {
    const Json* contacts = array_at(value, "contacts");
    if (contacts == nullptr) return;
    for (const Json& contact : *contacts) {
      add(string_at(contact, "user_id"), contact);
      add(string_at(contact, "wa_id"), contact);
    }
  }

  const Json* find(std::string_view bsuid, std::string_view phone) const {
    const Json* by_bsuid = at(bsuid);
    return by_bsuid != nullptr ? by_bsuid : at(phone);
  }

 private:
  void add(std::string_view key, const Json& contact) {
    if (!key.empty()) by_key_.try_emplace(key, &contact);
  }
  const Json* at(std::string_view key) const {
    const auto found = by_key_.find(key);
    return key.empty() || found == by_key_.end() ? nullptr : found->second;
  }

  std::unordered_map<std::string_view, const Json*> by_key_;
};

void read_messages(const Json& value, Envelope& envelope) {
  const Json* messages = array_at(value, "messages");
  if (messages == nullptr) return;
  const Contacts contacts(value);
  const ContactLookup lookup = [&](std::string_view bsuid, std::string_view phone) {
    return contacts.find(bsuid, phone);
  };
  for (const Json& item : *messages) {
    if (auto message = read_message(item, lookup))
      envelope.messages.push_back(std::move(*message));
    else
      ++envelope.skipped;
  }
}

void read_statuses(const Json& value, Envelope& envelope) {
  const Json* statuses = array_at(value, "statuses");
  if (statuses == nullptr) return;
  for (const Json& item : *statuses) {
    bool known = false;
    if (auto receipt = read_receipt(item, known))
      envelope.receipts.push_back(std::move(*receipt));
    else if (known)
      ++envelope.skipped;
  }
}

void keep_account_event(std::string_view field, const Json& value, Envelope& envelope) {
  std::string json = value.dump();
  if (json.size() > max_account_event)
    ++envelope.skipped;
  else
    envelope.account_events.push_back({one_line(field, max_field_name), std::move(json)});
}

void read_change(const Json& change, std::string_view phone_number_id, Envelope& envelope) {
  const std::string_view field = string_at(change, "field");
  const Json* value = object_at(change, "value");
  if (field.empty() || value == nullptr) {
    ++envelope.skipped;
    return;
  }
  if (field != "messages") return keep_account_event(field, *value, envelope);
  const Json* metadata = object_at(*value, "metadata");
  if (metadata == nullptr || string_at(*metadata, "phone_number_id") != phone_number_id) {
    ++envelope.foreign;
    return;
  }
  read_messages(*value, envelope);
  read_statuses(*value, envelope);
  if (const Json* errors = array_at(*value, "errors"); errors != nullptr && !errors->empty())
    keep_account_event("messages.errors", *errors, envelope);
}

}  // namespace

std::variant<Envelope, BadBody> parse_envelope(std::string_view body,
                                               std::string_view phone_number_id) {
  const std::optional<Json> root = parse_json(body);
  if (!root) return BadBody{"not JSON in UTF-8"};
  if (!root->is_object()) return BadBody{"not a JSON object"};
  Envelope envelope;
  if (string_at(*root, "object") != "whatsapp_business_account") return envelope;
  const Json* entries = array_at(*root, "entry");
  if (entries == nullptr) return envelope;
  for (const Json& entry : *entries) {
    const Json* changes = array_at(entry, "changes");
    if (changes == nullptr) {
      ++envelope.skipped;
      continue;
    }
    for (const Json& change : *changes) read_change(change, phone_number_id, envelope);
  }
  return envelope;
}

}  // namespace catalina::whatsapp
