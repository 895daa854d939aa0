// UTF-8 text as WhatsApp and people write it: lengths, safe cuts, folding for comparison. Never
// throws on bad bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace catalina::text {

bool is_valid_utf8(std::string_view bytes);

// Makes hostile text fit to store and show: invalid bytes become U+FFFD, every line end becomes a
// line feed, control characters other than tab go, and so do those that reverse the direction of
// writing. What exceeds `max_utf16` UTF-16 units is cut on a grapheme border.
std::string sanitize(std::string_view bytes, std::size_t max_utf16);

// UTF-16 code units of valid UTF-8. Meta does not say what its limits count; this is the strictest
// common reading.
std::size_t utf16_length(std::string_view utf8);

// `utf8` unchanged when it fits in `max_utf16` units, else cut on a grapheme border with "…" as its
// last character. A grapheme border never separates a letter from its accents, an emoji from its
// skin tone or from those it is joined with, or the two halves of a flag. A single grapheme longer
// than the limit is the exception: it is cut, here and in `sanitize`, between code points.
std::string truncate(std::string_view utf8, std::size_t max_utf16);

// Lower case, without accents or diaeresis (composed or as separate marks), ñ as n: what two
// spellings of the same word have in common. Latin letters only; keeps everything else, invalid
// bytes too, and offsets into ASCII text stay valid.
std::string fold(std::string_view utf8);

// Without the ASCII white space at both ends.
std::string_view trim(std::string_view s);

}  // namespace catalina::text
