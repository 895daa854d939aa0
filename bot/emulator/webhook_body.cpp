#include "emulator/webhook_body.hpp"

#include "emulator/graph_error.hpp"

namespace catalina::emulator {
namespace {

using nlohmann::json;

std::string seconds(Time at) {
  return std::to_string(
      std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count());
}

json base_value(const Identity& identity) {
  return {{"messaging_product", "whatsapp"},
          {"metadata",
           {{"display_phone_number", identity.display_phone_number},
            {"phone_number_id", identity.phone_number_id}}}};
}

json contact(const Phone& phone) {
  json contact{{"user_id", phone.bsuid}};
  json profile = json::object();
  if (!phone.name.empty()) profile["name"] = phone.name;
  if (!phone.username.empty()) profile["username"] = phone.username;
  contact["profile"] = std::move(profile);
  if (!phone.hides_number) contact["wa_id"] = phone.number;
  return contact;
}

// Adds what `from` has and `into` lacks: lists grow, contacts are told once.
void merge(json& into, const json& from) {
  for (const char* list : {"messages", "statuses", "errors"}) {
    if (!from.contains(list)) continue;
    json& target = into[list];
    for (const json& item : from[list]) target.push_back(item);
  }
  if (!from.contains("contacts")) return;
  json& contacts = into["contacts"];
  for (const json& one : from["contacts"]) {
    bool there = false;
    for (const json& other : contacts) there = there || other == one;
    if (!there) contacts.push_back(one);
  }
}

}  // namespace

Notification status_notification(const Identity& identity, const StatusNews& news) {
  const bool failed = news.status == "failed";
  json status{{"id", news.wamid}, {"status", news.status}, {"timestamp", seconds(news.at)}};
  const bool number_known = news.phone != nullptr && !news.phone->hides_number;
  if (!news.number.empty())
    status["recipient_id"] = news.number;
  else if (number_known)
    status["recipient_id"] = news.phone->number;
  if (news.phone != nullptr && !(failed && !news.number.empty()))
    status["recipient_user_id"] = news.phone->bsuid;
  if (!news.opaque.empty()) status["biz_opaque_callback_data"] = news.opaque;
  if (news.charge != nullptr)
    status["pricing"] = {{"billable", news.charge->type == "regular"},
                         {"pricing_model", "PMP"},
                         {"type", news.charge->type},
                         {"category", news.charge->category}};
  if (failed) status["errors"] = json::array({status_error({news.error_code, news.error_details})});
  Notification notification{"messages", base_value(identity), {}};
  notification.value["statuses"] = json::array({std::move(status)});
  if (!failed && news.phone != nullptr)
    notification.value["contacts"] = json::array({contact(*news.phone)});
  return notification;
}

Notification message_notification(const Identity& identity, const Phone& phone,
                                  const std::string& wamid, Time at, json message) {
  if (!phone.hides_number) message["from"] = phone.number;
  message["from_user_id"] = phone.bsuid;
  message["id"] = wamid;
  message["timestamp"] = seconds(at);
  Notification notification{"messages", base_value(identity), wamid};
  notification.value["contacts"] = json::array({contact(phone)});
  notification.value["messages"] = json::array({std::move(message)});
  return notification;
}

Notification number_change_notification(const Identity& identity, const Phone& phone,
                                        const std::string& old_number, const std::string& old_bsuid,
                                        const std::string& wamid, Time at) {
  json system{{"user_id", phone.bsuid}, {"previous_user_id", old_bsuid}};
  json message{{"id", wamid}, {"timestamp", seconds(at)}, {"type", "system"}};
  if (phone.hides_number) {
    system["type"] = "user_changed_user_id";
    system["body"] = "User changed";
  } else {
    system["type"] = "user_changed_number";
    system["wa_id"] = phone.number;
    system["body"] = "User changed from " + old_number + " to " + phone.number;
    message["from"] = old_number;
  }
  message["from_user_id"] = old_bsuid;
  message["system"] = std::move(system);
  Notification notification{"messages", base_value(identity), wamid};
  notification.value["messages"] = json::array({std::move(message)});
  return notification;
}

json envelope(const Identity& identity, const std::vector<Notification>& notifications, Time at) {
  json messages;
  json statuses;
  json changes = json::array();
  bool account_level = false;
  for (const Notification& one : notifications) {
    if (one.field != "messages" || !one.value.contains("metadata")) {
      account_level = account_level || one.field != "messages";
      changes.push_back({{"field", one.field}, {"value", one.value}});
      continue;
    }
    json& value = one.value.contains("statuses") ? statuses : messages;
    if (value.is_null()) value = base_value(identity);
    merge(value, one.value);
  }
  if (!messages.is_null()) changes.push_back({{"field", "messages"}, {"value", messages}});
  if (!statuses.is_null()) changes.push_back({{"field", "messages"}, {"value", statuses}});
  json entry{{"id", identity.business_account_id}, {"changes", std::move(changes)}};
  if (account_level)
    entry["time"] = std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
  return {{"object", "whatsapp_business_account"}, {"entry", json::array({std::move(entry)})}};
}

std::string serialize(json body, bool escape_unicode, std::size_t size) {
  // Names and captions come from people: bytes that are no UTF-8 must not stop a delivery.
  const auto dump = [&] {
    return body.dump(-1, ' ', escape_unicode, json::error_handler_t::replace);
  };
  std::string text = dump();
  constexpr std::string_view around = R"(,"padding":"")";
  if (text.size() + around.size() < size) {
    body["padding"] = std::string(size - text.size() - around.size(), 'x');
    text = dump();
  }
  return text;
}

}  // namespace catalina::emulator
