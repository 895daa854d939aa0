// UTF-8 text as WhatsApp and people write it: lengths, safe cuts, folding for comparison. Never
// throws on bad bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace catalina::text {

bool is_valid_utf8(std::string_view bytes);

// Makes hostile text fit to store and show: invalid bytes become U+FFFD, control characters go
// (line feed and tab stay), and what exceeds `max_utf16` UTF-16 units is cut on a grapheme border.
std::string sanitize(std::string_view bytes, std::size_t max_utf16);

// UTF-16 code units of valid UTF-8. Meta does not say what its limits count; this is the strictest
// common reading.
std::size_t utf16_length(std::string_view utf8);

// `utf8` unchanged when it fits in `max_utf16` units, else cut on a grapheme border with "…" as its
// last character.
std::string truncate(std::string_view utf8, std::size_t max_utf16);

// Lower case, without accents or diaeresis, ñ as n: what two spellings of the same word have in
// common. Keeps everything else, so offsets into ASCII text stay valid.
std::string fold(std::string_view utf8);

std::string_view trim(std::string_view s);

}  // namespace catalina::text
