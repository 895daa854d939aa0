#include "understanding/gesture.hpp"

#include <algorithm>
#include <array>

#include "understanding/normalize.hpp"

namespace catalina::dialog {
namespace {

// Thumbs up, OK hand and the check marks.
constexpr std::array<std::string_view, 4> nods = {"\U0001F44D", "\U0001F44C", "\u2705", "\u2714"};

// Whether a character of U+1F000 to U+1FFFF, or of U+2600 to U+27BF, stands there.
bool has_emoji(std::string_view utf8) {
  if (utf8.find("\xF0\x9F") != std::string_view::npos) return true;
  for (std::size_t i = 0; i + 1 < utf8.size(); ++i) {
    const auto second = static_cast<unsigned char>(utf8[i + 1]);
    if (utf8[i] == '\xE2' && second >= 0x98U && second <= 0x9EU) return true;
  }
  return false;
}

}  // namespace

Gesture gesture_of(std::string_view utf8) {
  if (!has_emoji(utf8) || !split_words(utf8).empty()) return Gesture::none;
  const bool nod = std::any_of(nods.begin(), nods.end(), [&](std::string_view emoji) {
    return utf8.find(emoji) != std::string_view::npos;
  });
  return nod ? Gesture::nod : Gesture::other;
}

}  // namespace catalina::dialog
