// Where one character ends, as a person sees characters.
#pragma once

#include <cstddef>
#include <string_view>

namespace catalina::text {

// The end of the grapheme cluster that begins at `begin`, which must lie inside `utf8`. Follows
// Unicode Standard Annex 29 for combining marks, emoji with skin tones, joined emoji (families,
// professions), flags, keycaps and CR LF; Indic conjuncts and rare prefixes are not treated.
std::size_t grapheme_end(std::string_view utf8, std::size_t begin);

}  // namespace catalina::text
