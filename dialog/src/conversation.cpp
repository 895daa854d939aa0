#include "dialog/conversation.hpp"

#include <nlohmann/json.hpp>

namespace catalina::dialog {
namespace {

using nlohmann::json;

// A field of the wrong type counts as absent, so that one bad value does not cost the citizen the
// rest of the conversation.
template <typename T>
T value_or(const json& object, const char* key, T fallback) {
  const auto found = object.find(key);
  if (found == object.end()) return fallback;
  try {
    return found->get<T>();
  } catch (const json::exception&) {
    return fallback;
  }
}

Time time_at(const json& object, const char* key) {
  return Time(std::chrono::milliseconds(value_or(object, key, std::int64_t{0})));
}

}  // namespace

std::string Conversation::to_json() const {
  // Member by member: this runs in every turn, and braced lists copy what they hold. What is as in
  // a new conversation is left out, which is most of it.
  json out = json::object();
  const auto put = [&]<typename T>(const char* key, const T& value) {
    if (value != T()) out[key] = value;
  };
  put("notice_version", notice_version);
  put("pinned_seen", pinned_seen);
  put("topic", topic);
  put("numbered", numbered);
  put("asked", asked);
  put("aspect", aspect);
  put("alternatives", alternatives);
  put("tried", tried);
  put("corrections", corrections);
  put("earlier", earlier);
  put("misunderstood", misunderstood);
  put("waiting_for_person", waiting_for_person);
  put("requested", requested);
  put("tapped", tapped);
  put("tapped_at", tapped_at.time_since_epoch().count());
  put("last_turn_at", last_turn_at.time_since_epoch().count());
  for (const Offer& offer : offers) {
    json& item = out["offers"].emplace_back(json::object());
    item["choice"] = offer.choice;
    item["title"] = offer.title;
  }
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

Conversation Conversation::from_json(std::string_view text) {
  const json in = json::parse(text, nullptr, false);
  Conversation conversation;
  if (!in.is_object()) return conversation;
  conversation.notice_version = value_or(in, "notice_version", std::string());
  conversation.pinned_seen = value_or(in, "pinned_seen", std::int64_t{0});
  conversation.topic = value_or(in, "topic", std::string());
  conversation.numbered = value_or(in, "numbered", false);
  conversation.asked = value_or(in, "asked", std::string());
  conversation.aspect = value_or(in, "aspect", std::string());
  conversation.alternatives = value_or(in, "alternatives", std::vector<std::string>());
  conversation.tried = value_or(in, "tried", std::vector<std::string>());
  conversation.corrections = value_or(in, "corrections", 0);
  conversation.earlier = value_or(in, "earlier", std::vector<std::string>());
  conversation.misunderstood = value_or(in, "misunderstood", 0);
  conversation.waiting_for_person = value_or(in, "waiting_for_person", false);
  conversation.requested = value_or(in, "requested", std::vector<std::string>());
  conversation.tapped = value_or(in, "tapped", std::string());
  conversation.tapped_at = time_at(in, "tapped_at");
  conversation.last_turn_at = time_at(in, "last_turn_at");
  const auto offers = in.find("offers");
  if (offers == in.end() || !offers->is_array()) return conversation;
  for (const json& offer : *offers) {
    if (!offer.is_object()) continue;
    conversation.offers.push_back(
        {value_or(offer, "choice", std::string()), value_or(offer, "title", std::string())});
  }
  return conversation;
}

}  // namespace catalina::dialog
