// What somebody chose by writing it instead of tapping it: "2", "la segunda", or the title itself.
#pragma once

#include <string>
#include <string_view>

#include "dialog/conversation.hpp"

namespace catalina::dialog {

// Nothing when the text picks none of the offers. A number picks only what could be counted, and
// never asks for a person: whoever writes "3" may be answering something else. The result belongs
// to `conversation`.
const Offer* picked(const Conversation& conversation, std::string_view text);

// The same after one was picked already: "no, el primero" still counts what was offered then. The
// choice; empty when there is none.
std::string picked_instead(const Conversation& conversation, std::string_view text);

}  // namespace catalina::dialog
