#include "emulator/send_check.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace catalina::emulator {
namespace {

constexpr std::size_t max_text = 4096;
constexpr std::size_t max_caption = 1024;
constexpr std::size_t max_opaque = 512;
constexpr std::size_t max_filename = 240;
constexpr std::size_t max_place = 1000;     // name or address of a location
constexpr std::size_t max_emoji = 16;       // units: one emoji may be joined of several
constexpr std::chrono::days reachable{30};  // how far back a message can be marked, reacted to

constexpr std::array<std::string_view, 10> types{"text",        "image",   "document", "audio",
                                                 "video",       "sticker", "location", "reaction",
                                                 "interactive", "template"};

const InboundRef* find_recent(const Account& account, const std::string& wamid, Time now) {
  const auto found = account.inbound.find(wamid);
  const bool usable = found != account.inbound.end() && now - found->second.sent_at <= reachable;
  return usable ? &found->second : nullptr;
}

Verdict check_read_mark(const Node& root, const Account& account, Time now) {
  Node::Problem problem;
  const Node body(root.value(), "", problem);
  body.only({"messaging_product", "status", "message_id", "typing_indicator"});
  body.need_equal("status", "read");
  const std::string wamid = body.need("message_id").text(1, 512, "message_id");
  const auto typing = body.may("typing_indicator");
  if (typing) typing->only({"type"}).need_equal("type", "text");
  if (!problem && find_recent(account, wamid, now) == nullptr)
    body.refuse(131009, "No recent message of a user has this message_id");
  if (problem) return *problem;
  return ReadMark{wamid, typing.has_value()};
}

// `to` wins when both are there.
void check_address(const Node& body, const Account& account, bool any_recipient,
                   CheckedSend& send) {
  if (const auto to = body.may("to")) {
    send.input = to->text(1, 64, "to");
    const auto digits = parse_number(send.input, account.identity.country_code);
    if (!digits)
      body.refuse(131009, "to is not a phone number");
    else if (*digits == account.identity.display_phone_number)
      body.refuse(131021, "The business number cannot write to itself");
    else
      send.number = *digits;
  } else if (const auto recipient = body.may("recipient")) {
    send.input = recipient->text(1, 160, "recipient");
    const bool known = any_recipient || account.phones.find_bsuid(send.input) != nullptr;
    if (!is_bsuid(send.input) || !known)
      body.refuse(131009, "recipient is not a business-scoped user id of this portfolio");
    else
      send.bsuid = send.input;
  } else {
    body.refuse(131008, "The parameter to or recipient is required");
  }
}

void check_envelope(const Node& body, CheckedSend& send) {
  std::vector<std::string_view> allowed{"messaging_product",
                                        "recipient_type",
                                        "to",
                                        "recipient",
                                        "type",
                                        "context",
                                        send.type,
                                        "biz_opaque_callback_data",
                                        "messaging_account_id"};
  for (const auto& [name, ignored] : body.value().items())
    if (std::find(allowed.begin(), allowed.end(), name) == allowed.end())
      body.refuse(100, "Unexpected key \"" + name + "\"");
  if (body.has("recipient_type")) body.need_equal("recipient_type", "individual");
  if (const auto context = body.may("context"))
    send.quoted = context->only({"message_id"}).need("message_id").text(1, 512, "message_id");
  if (const auto opaque = body.may("biz_opaque_callback_data"))
    send.opaque = opaque->text(0, max_opaque, "biz_opaque_callback_data");
}

void check_location(const Node& location) {
  location.only({"latitude", "longitude", "name", "address"});
  location.need("latitude").number(-90, 90);
  location.need("longitude").number(-180, 180);
  if (const auto name = location.may("name")) name->text(0, max_place, "Location name");
  if (const auto address = location.may("address")) address->text(0, max_place, "Location address");
}

void check_reaction(const Node& reaction, const Account& account, Time now) {
  reaction.only({"message_id", "emoji"});
  const std::string wamid = reaction.need("message_id").text(1, 512, "message_id");
  reaction.need("emoji").text(0, max_emoji, "Emoji");
  if (reaction.refused()) return;
  const InboundRef* target = find_recent(account, wamid, now);
  if (target == nullptr || target->reaction)
    reaction.refuse(131009, "message_id is no recent message of the user");
}

void check_content(const Node& member, const Account& account, Time now, CheckedSend& send) {
  if (send.type == "text") {
    member.only({"body", "preview_url"});
    member.need("body").text(1, max_text, "Text body", 100);
    if (const auto preview = member.may("preview_url")) preview->boolean();
  } else if (send.type == "image" || send.type == "video") {
    check_media(member, send.type, {"caption"}, account, now);
  } else if (send.type == "document") {
    check_media(member, send.type, {"caption", "filename"}, account, now);
  } else if (send.type == "audio") {
    check_media(member, send.type, {"voice"}, account, now);
  } else if (send.type == "sticker") {
    check_media(member, send.type, {}, account, now);
  } else if (send.type == "location") {
    check_location(member);
  } else if (send.type == "reaction") {
    check_reaction(member, account, now);
  } else if (send.type == "interactive") {
    check_interactive(member, account, now);
  } else {
    check_template(member, account, now, send);
  }
}

}  // namespace

void check_media(const Node& media, std::string_view type,
                 std::initializer_list<std::string_view> members, const Account& account,
                 Time now) {
  const auto allowed = [&](std::string_view name) {
    return name == "id" || name == "link" ||
           std::find(members.begin(), members.end(), name) != members.end();
  };
  if (media.refused()) return;
  if (!media.value().is_object()) return media.refuse(131009, media.path() + " is not an object");
  for (const auto& [name, ignored] : media.value().items())
    if (!allowed(name))
      media.refuse(100, "Unexpected key \"" + name + "\" on param \"" + media.path() + "\"");
  if (media.has("id") == media.has("link"))
    media.refuse(131008, media.path() + " needs exactly one of id and link");
  if (const auto link = media.may("link")) link->link();
  if (const auto caption = media.may("caption")) caption->text(0, max_caption, "Caption");
  if (const auto name = media.may("filename")) name->text(1, max_filename, "Filename");
  if (const auto voice = media.may("voice")) voice->boolean();
  if (const auto id = media.may("id")) {
    const Medium* medium = account.media.find(id->text(1, 64, "Media id"), now);
    if (medium == nullptr)
      media.refuse(131053, "There is no media with this id");
    else if (!may_send(type, medium->mime))
      media.refuse(131053, medium->mime + " cannot be sent as " + std::string(type));
    else if (medium->bytes.size() > max_media_size(type))
      media.refuse(131053, "The file is too large to be sent as " + std::string(type));
  }
}

Verdict check_send(const nlohmann::json& json, const Account& account, Time now,
                   bool any_recipient) {
  Node::Problem problem;
  const Node body(json, "", problem);
  if (!json.is_object() || !json.contains("messaging_product") ||
      json["messaging_product"] != "whatsapp")
    return GraphError{100, "The parameter messaging_product must be \"whatsapp\""};
  if (json.contains("status")) return check_read_mark(body, account, now);

  CheckedSend send;
  check_address(body, account, any_recipient, send);
  send.type = body.has("type") ? body.need("type").text(0, 64, "type", 131051) : "text";
  if (!problem && std::find(types.begin(), types.end(), send.type) == types.end())
    body.refuse(131051, "\"" + send.type + "\" is not a type of message");
  const Node member = body.need(send.type);
  if (!problem) check_envelope(body, send);
  if (!problem) {
    send.content = {{"type", send.type}, {send.type, member.value()}};
    check_content(member, account, now, send);
  }
  if (problem) return *problem;
  return send;
}

}  // namespace catalina::emulator
