// What a citizen sent, free of any channel's wire format.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace catalina::dialog {

using Time = std::chrono::sys_time<std::chrono::milliseconds>;  // UTC

// Kinds that open a turn. Reactions, receipts and system notices never reach the dialog.
enum class MessageKind {
  text,
  choice,  // a button or list row was tapped
  image,
  video,
  audio,
  document,
  sticker,
  location,
  contacts,
  order,
  form,  // a WhatsApp Flow was completed
  unsupported
};

struct Location {
  double latitude = 0;   // degrees, WGS 84
  double longitude = 0;  // degrees, WGS 84
  std::string name;
  std::string address;
};

struct Message {
  MessageKind kind = MessageKind::text;
  std::string text;  // the body, the caption, or the title of what was tapped; valid UTF-8, at most
                     // 4,096 units
  std::string choice;  // id of the button or row as we sent it; empty unless kind is `choice`
  std::optional<Location> location;
  std::string form_json;  // answers of a Flow, JSON text; untrusted
  Time sent_at{};         // the channel's own time of the message
};

}  // namespace catalina::dialog
