// One code point at a time, in and out of UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace catalina::text {

inline constexpr char32_t replacement_character = 0xFFFD;

struct CodePoint {
  char32_t value = replacement_character;
  std::size_t bytes = 1;  // how many to move on; at least 1, also over invalid ones
  bool valid = false;
};

// The code point that begins at `position`, which must lie inside `bytes`. Of an invalid sequence
// it takes as much as could have been the beginning of a valid one (the Unicode Standard, section
// 3.9, "maximal subpart"): each such piece becomes one replacement character, as in browsers.
CodePoint decode(std::string_view bytes, std::size_t position);

void append(std::string& out, char32_t code_point);

}  // namespace catalina::text
