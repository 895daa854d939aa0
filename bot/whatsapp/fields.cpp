#include "whatsapp/fields.hpp"

#include <algorithm>
#include <charconv>

#include "catalog/text.hpp"

namespace catalina::whatsapp {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_alphanumeric(char c) {
  return is_digit(c) || is_upper(c) || (c >= 'a' && c <= 'z');
}

bool is_digits(std::string_view text, std::size_t min, std::size_t max) {
  return text.size() >= min && text.size() <= max &&
         std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace

bool is_bsuid(std::string_view text) {
  if (text.size() < 4 || !is_upper(text[0]) || !is_upper(text[1]) || text[2] != '.') return false;
  text.remove_prefix(3);
  if (text.starts_with("ENT.")) text.remove_prefix(4);
  return !text.empty() && text.size() <= 128 &&
         std::all_of(text.begin(), text.end(), is_alphanumeric);
}

bool is_phone(std::string_view text) {
  return is_digits(text, 5, 20);
}

bool is_media_id(std::string_view text) {
  return is_digits(text, 5, 32);
}

bool is_wamid(std::string_view text) {
  return !text.empty() && text.size() <= 512 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

std::optional<Time> read_time(const Json& object, std::string_view name) {
  std::int64_t seconds = 0;
  if (const auto number = integer_at(object, name)) {
    seconds = *number;
  } else {
    const std::string_view text = string_at(object, name);
    if (!is_digits(text, 10, 10)) return std::nullopt;
    std::from_chars(text.data(), text.data() + text.size(), seconds);
  }
  if (seconds < 1'000'000'000 || seconds > 9'999'999'999) return std::nullopt;
  return Time(std::chrono::seconds(seconds));
}

std::string one_line(std::string_view text, std::size_t max_utf16) {
  std::string line = text::sanitize(text, max_utf16);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return std::string(text::trim(line));
}

}  // namespace catalina::whatsapp
