#include "catalog/text.hpp"

#include "grapheme.hpp"
#include "utf8.hpp"

namespace catalina::text {
namespace {

// The plain letter of each of U+00C0 to U+017F; '.' where there is none.
constexpr char32_t first_accented = 0xC0;
constexpr std::string_view plain_letters =
    "aaaaaa.ceeeeiiii.nooooo.ouuuuy.."
    "aaaaaa.ceeeeiiii.nooooo.ouuuuy.y"
    "aaaaaaccccccccddddeeeeeeeeeegggg"
    "gggghhhhiiiiiiiiii..jjkk.llllll."
    ".llnnnnnn...oooooo..rrrrrrssssss"
    "ssttttttuuuuuuuuuuuuwwyyyzzzzzz.";

// '\0' when `c` is no accented letter.
char plain_letter(char32_t c) {
  if (c < first_accented || c - first_accented >= plain_letters.size()) return '\0';
  const char plain = plain_letters[c - first_accented];
  return plain == '.' ? '\0' : plain;
}

bool is_combining_accent(char32_t c) {
  return c >= 0x300 && c <= 0x36F;
}

bool is_printable_ascii(char c) {
  return c >= ' ' && c <= '~';
}

// Characters that are not text: they draw nothing, or they make text show as what it is not
// (direction overrides).
bool is_unwanted(char32_t c) {
  const bool control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
  const bool direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  return control || direction || c == 0xFEFF || (c & 0xFFFE) == 0xFFFE;
}

// The beginning of `utf8` that fits, ending after a whole number of `next_end(position)` steps.
template <typename NextEnd>
std::string_view fitting(std::string_view utf8, std::size_t max_utf16, NextEnd next_end) {
  std::size_t units = 0;
  std::size_t end = 0;
  while (end < utf8.size()) {
    const std::size_t next = next_end(end);
    units += utf16_length(utf8.substr(end, next - end));
    if (units > max_utf16) break;
    end = next;
  }
  return utf8.substr(0, end);
}

// Whole graphemes; but one that alone exceeds the limit (a letter under hundreds of accents) is cut
// between code points, so that hostile text never becomes no text.
std::string_view fitting(std::string_view utf8, std::size_t max_utf16) {
  const auto graphemes =
      fitting(utf8, max_utf16, [&](std::size_t begin) { return grapheme_end(utf8, begin); });
  if (!graphemes.empty()) return graphemes;
  return fitting(utf8, max_utf16,
                 [&](std::size_t begin) { return begin + decode(utf8, begin).bytes; });
}

}  // namespace

bool is_valid_utf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const CodePoint c = decode(bytes, i);
    if (!c.valid) return false;
    i += c.bytes;
  }
  return true;
}

std::size_t utf16_length(std::string_view utf8) {
  std::size_t units = 0;
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    const bool continuation = (byte & 0xC0) == 0x80;
    units += continuation ? 0u : byte >= 0xF0 ? 2u : 1u;
  }
  return units;
}

std::string sanitize(std::string_view bytes, std::size_t max_utf16) {
  std::string clean;
  clean.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size();) {
    // Most of most texts.
    if (is_printable_ascii(bytes[i])) {
      clean.push_back(bytes[i++]);
      continue;
    }
    const CodePoint c = decode(bytes, i);
    i += c.bytes;
    const bool line_end = c.value == '\r' && (i == bytes.size() || bytes[i] != '\n');
    if (line_end)
      clean.push_back('\n');
    else if (!is_unwanted(c.value))
      append(clean, c.value);
  }
  // No text has more units than bytes, so most need no counting.
  if (clean.size() > max_utf16) clean.resize(fitting(clean, max_utf16).size());
  return clean;
}

std::string truncate(std::string_view utf8, std::size_t max_utf16) {
  if (utf8.size() <= max_utf16 || utf16_length(utf8) <= max_utf16) return std::string(utf8);
  if (max_utf16 == 0) return {};
  return std::string(fitting(utf8, max_utf16 - 1)) + "…";
}

std::string fold(std::string_view utf8) {
  std::string folded;
  folded.reserve(utf8.size());
  for (std::size_t i = 0; i < utf8.size();) {
    if (is_printable_ascii(utf8[i])) {
      const char ascii = utf8[i++];
      const bool capital = ascii >= 'A' && ascii <= 'Z';
      folded.push_back(capital ? static_cast<char>(ascii + ('a' - 'A')) : ascii);
      continue;
    }
    const CodePoint c = decode(utf8, i);
    const std::string_view original = utf8.substr(i, c.bytes);
    i += c.bytes;
    if (const char plain = plain_letter(c.value))
      folded.push_back(plain);
    else if (!is_combining_accent(c.value))
      folded += original;
  }
  return folded;
}

std::string_view trim(std::string_view s) {
  constexpr std::string_view blanks = " \t\n\v\f\r";
  const auto first = s.find_first_not_of(blanks);
  if (first == s.npos) return {};
  return s.substr(first, s.find_last_not_of(blanks) - first + 1);
}

}  // namespace catalina::text
