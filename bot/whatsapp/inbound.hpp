// One item of a webhook's `messages` or `statuses`. Internal to the room.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "whatsapp/envelope.hpp"
#include "whatsapp/json_body.hpp"

namespace catalina::whatsapp {

// Finds the entry of `contacts` that belongs to a BSUID or phone; null when there is none.
using ContactLookup = std::function<const Json*(std::string_view bsuid, std::string_view phone)>;

// Nothing when the item is too strange to read.
std::optional<InboundMessage> read_message(const Json& item, const ContactLookup& contact);

// Nothing when it is too strange to read. A status nobody has told us of is to be ignored: then
// `known` is false.
std::optional<Receipt> read_receipt(const Json& item, bool& known);

}  // namespace catalina::whatsapp
