// What the citizens do with their phones, and what they see.
#include <stdexcept>

#include "emulator/world.hpp"

namespace catalina::emulator {
namespace {

using nlohmann::json;

// The button or row of that id in a message of the bot, as the answer that tapping it sends.
std::optional<json> tap(const json& content, const std::string& id) {
  const std::string type = content.value("type", "");
  if (type == "template") {
    for (const json& button : content["template"]["buttons"])
      if (button.value("payload", "") == id)
        return json{{"type", "button"}, {"button", {{"payload", id}, {"text", button["text"]}}}};
    return std::nullopt;
  }
  if (type != "interactive") return std::nullopt;
  const json& action = content["interactive"]["action"];
  if (action.contains("buttons"))
    for (const json& button : action["buttons"])
      if (button["reply"]["id"] == id)
        return json{{"type", "interactive"},
                    {"interactive", {{"type", "button_reply"}, {"button_reply", button["reply"]}}}};
  if (action.contains("sections"))
    for (const json& section : action["sections"])
      for (const json& row : section["rows"])
        if (row["id"] == id)
          return json{{"type", "interactive"},
                      {"interactive", {{"type", "list_reply"}, {"list_reply", row}}}};
  return std::nullopt;
}

}  // namespace

Bubble& World::add_bubble(Phone& phone, Bubble bubble) {
  bubble.id = next_bubble_++;
  Bubble& added = phone.thread.emplace_back(std::move(bubble));
  touch(phone, added);
  if (phone.thread.size() > max_bubbles) phone.thread.pop_front();
  return phone.thread.back();
}

void World::touch(Phone& phone, Bubble& bubble) {
  bubble.revision = phone.revision = ++revision_;
}

void World::remember_inbound(const std::string& wamid, InboundRef ref) {
  account.inbound[wamid] = ref;
  inbound_order_.push_back(wamid);
  if (inbound_order_.size() > max_messages) {
    account.inbound.erase(inbound_order_.front());
    inbound_order_.pop_front();
  }
}

std::string World::citizen_sends(Phone& phone, json message, Time now) {
  if (!message.is_object() || !message.contains("type") || !message["type"].is_string())
    throw std::invalid_argument("a message has a type");
  const std::string type = message["type"];
  std::string wamid = fresh_wamid();
  Bubble bubble;
  bubble.from_citizen = true;
  bubble.wamid = wamid;
  bubble.at = now;
  bubble.content = json{{"type", type}};
  if (message.contains(type)) bubble.content[type] = message[type];
  if (message.contains("context") && message["context"].is_object())
    bubble.quoted = message["context"].value("id", "");
  add_bubble(phone, std::move(bubble));
  if (type != "reaction") phone.last_inbound = now;
  remember_inbound(wamid, {&phone, now, type == "reaction"});
  limits_.count_inbound(knobs, now);
  webhooks.add(message_notification(account.identity, phone, wamid, now, std::move(message)),
               account.identity, knobs, now);
  return wamid;
}

std::string World::citizen_taps(Phone& phone, const std::string& wamid, const std::string& id,
                                Time now) {
  const Bubble* bubble = phone.find(wamid);
  auto answer =
      bubble != nullptr && !bubble->from_citizen ? tap(bubble->content, id) : std::optional<json>{};
  if (!answer) throw std::invalid_argument("that message has nothing to tap with this id");
  (*answer)["context"] = {{"from", account.identity.display_phone_number}, {"id", wamid}};
  return citizen_sends(phone, std::move(*answer), now);
}

std::string World::citizen_sends_medium(Phone& phone, const std::string& type,
                                        const std::string& mime, std::string bytes,
                                        const std::string& filename, const std::string& caption,
                                        Time now) {
  const Medium& medium =
      account.media.add(mime, filename, std::move(bytes), now + knobs.inbound_media_life);
  json member{{"id", medium.id}, {"mime_type", medium.mime}, {"sha256", medium.sha256}};
  if (!caption.empty()) member["caption"] = caption;
  if (type == "document") member["filename"] = filename;
  if (type == "audio") member["voice"] = true;
  if (type == "sticker") member["animated"] = false;
  return citizen_sends(phone, {{"type", type}, {type, member}}, now);
}

void World::look_at(Phone& phone, bool open, Time now) {
  phone.open = open;
  if (!open || !phone.read_receipts || knobs.reading != Reading::when_open) return;
  for (const Bubble& bubble : phone.thread) {
    if (bubble.from_citizen || bubble.tick != Tick::delivered) continue;
    const auto sent = sent_.find(bubble.wamid);
    if (sent != sent_.end()) plan_read(bubble.wamid, sent->second, now);
  }
}

void World::change_number(Phone& phone, const std::string& digits, Time now) {
  const std::string old_number = phone.number;
  const std::string old_bsuid = phone.bsuid;
  account.phones.change_number(phone, digits);
  phone.revision = ++revision_;
  webhooks.add(number_change_notification(account.identity, phone, old_number, old_bsuid,
                                          fresh_wamid(), now),
               account.identity, knobs, now);
}

void World::webhook_answered(std::uint64_t id, bool ok, Time now) {
  for (const std::string& wamid : webhooks.answered(id, ok, now)) {
    const auto found = account.inbound.find(wamid);
    if (found == account.inbound.end()) continue;
    Phone& phone = *found->second.phone;
    Bubble* bubble = phone.find(wamid);
    if (bubble == nullptr || bubble->tick != Tick::accepted) continue;
    bubble->tick = Tick::delivered;
    touch(phone, *bubble);
  }
}

bool World::set_template_status(const std::string& name, const std::string& language,
                                const std::string& status, Time now) {
  if (!account.templates.set_status(name, language, status)) return false;
  const Template* value = account.templates.find(name, language);
  Notification news{"message_template_status_update",
                    {{"event", status},
                     {"message_template_id", 1'700'000'000'000'001},
                     {"message_template_name", name},
                     {"message_template_language", value->language},
                     {"message_template_category", value->category},
                     {"reason", "NONE"}},
                    {}};
  webhooks.add(std::move(news), account.identity, knobs, now);
  return true;
}

}  // namespace catalina::emulator
