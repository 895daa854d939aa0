// Emoji sent without a word. There is nothing to understand in them, and no failure to.
#pragma once

#include <string_view>

namespace catalina::dialog {

enum class Gesture { none, nod, other };

// `none` for whatever has a letter or digit that could be read, or no emoji.
Gesture gesture_of(std::string_view utf8);

}  // namespace catalina::dialog
