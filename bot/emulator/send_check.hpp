// Whether the platform takes the body of POST /messages: everything Meta documents as wrong is
// refused with Meta's code, in a fixed order, the first hit answering. Pure, and written apart from
// the bot's own rendering, so that it can catch the bot's mistakes.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/clock.hpp"
#include "emulator/account.hpp"
#include "emulator/graph_error.hpp"
#include "emulator/json_node.hpp"

namespace catalina::emulator {

// Blue ticks for an inbound message and all before it.
struct ReadMark {
  std::string wamid;
  bool typing = false;
};

// A message fit to be accepted.
struct CheckedSend {
  std::string input;                 // the address as the bot wrote it
  std::string number;                // digits, when addressed by `to`
  std::string bsuid;                 // when addressed by `recipient`
  std::string type;                  // "text", "interactive", "template" …
  std::string category = "service";  // as `pricing` names it; of a template its own
  std::string quoted;                // wamid, may be empty
  std::string opaque;                // biz_opaque_callback_data, may be empty
  nlohmann::json content;            // what the citizen sees: a template already filled in
};

using Verdict = std::variant<GraphError, ReadMark, CheckedSend>;

// `any_recipient`: BSUIDs that no phone has are taken too, as for load that comes from elsewhere.
Verdict check_send(const nlohmann::json& body, const Account& account, Time now,
                   bool any_recipient = false);

// The parts, each noting its first problem in the node.
void check_interactive(const Node& interactive, const Account& account, Time now);
// Fills `category` and `content` of the send.
void check_template(const Node& message_template, const Account& account, Time now,
                    CheckedSend& send);
// A media object {"id"|"link", …} of a message type; `members` may stand beside the two.
void check_media(const Node& media, std::string_view type,
                 std::initializer_list<std::string_view> members, const Account& account, Time now);

}  // namespace catalina::emulator
