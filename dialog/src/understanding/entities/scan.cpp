#include "understanding/entities/scan.hpp"

namespace catalina::dialog {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_word_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z');
}
bool joins(char c) {
  return c == '-' || c == '/' || c == '.' || c == ',' || c == '\'';
}

}  // namespace

std::string only_digits(std::string_view text) {
  std::string digits;
  for (const char c : text)
    if (is_digit(c)) digits += c;
  return digits;
}

bool stands_alone(std::string_view text, std::size_t begin, std::size_t end) {
  if (begin > 0) {
    const char before = text[begin - 1];
    if (is_word_character(before) || before == '$') return false;
    if (joins(before) && begin > 1 && is_word_character(text[begin - 2])) return false;
  }
  if (end < text.size()) {
    if (is_word_character(text[end])) return false;
    if (joins(text[end]) && end + 1 < text.size() && is_digit(text[end + 1])) return false;
  }
  return true;
}

}  // namespace catalina::dialog
