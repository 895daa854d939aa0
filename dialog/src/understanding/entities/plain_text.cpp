#include "understanding/entities/plain_text.hpp"

#include "catalog/text.hpp"
#include "understanding/normalize.hpp"

namespace catalina::dialog {
namespace {

bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Of one character beyond ASCII. '\0': nothing is seen of it.
char plain_character(std::string_view character) {
  if (character == "°" || character == "º") return 'o';
  if (character == "ª") return 'a';
  for (const std::string_view dash : {"‐", "‑", "‒", "–", "—", "−"})
    if (character == dash) return '-';
  for (const std::string_view apostrophe : {"’", "‘", "´", "′"})
    if (character == apostrophe) return '\'';
  // Zero-width marks come along when a number is copied.
  for (const std::string_view invisible :
       {"\u200B", "\u200C", "\u200D", "\u200E", "\u200F", "\u2060", "\uFE0F"})
    if (character == invisible) return '\0';
  const std::string folded = text::fold(character);
  if (folded.empty()) return '\0';  // an accent of its own
  return folded.size() == 1 ? folded[0] : ' ';
}

std::size_t bytes_of(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

}  // namespace

PlainText plain_text(std::string_view message) {
  PlainText out;
  out.text.reserve(message.size());
  out.offsets.reserve(message.size() + 1);
  for (std::size_t i = 0; i < message.size();) {
    const std::size_t bytes = bytes_of(message[i]);
    char c = message[i];
    if (bytes > 1) {
      c = plain_character(message.substr(i, bytes));
    } else if (c >= 'A' && c <= 'Z') {
      c = static_cast<char>(c - 'A' + 'a');
    } else if (c == '\n' || c == '\t') {
      c = ' ';
    }
    if (c != '\0') {
      out.text += c;
      out.offsets.push_back(i);
    }
    i += bytes;
  }
  out.offsets.push_back(message.size());
  return out;
}

std::vector<Token> tokens_of(const PlainText& plain) {
  const std::string_view text = plain.text;
  std::vector<Token> tokens;
  bool after_space = true;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == ' ') {
      after_space = true;
      ++i;
      continue;
    }
    Token token;
    token.begin = i;
    if (is_letter(text[i])) {
      token.kind = Token::Kind::word;
      while (i < text.size() && is_letter(text[i])) ++i;
    } else if (is_digit(text[i])) {
      token.kind = Token::Kind::number;
      while (i < text.size() && is_digit(text[i])) ++i;
    } else {
      ++i;
    }
    token.end = i;
    token.text = text.substr(token.begin, i - token.begin);
    if (token.kind == Token::Kind::word) token.sound = phonetic_key(token.text);
    token.after_space = after_space;
    after_space = false;
    tokens.push_back(std::move(token));
  }
  return tokens;
}

namespace {

bool joins(const Token& token) {
  return token.kind == Token::Kind::sign &&
         (token.text == "-" || token.text == "/" || token.text == "." || token.text == "," ||
          token.text == "'" || token.text == ":");
}

bool counts(const Token& token) {
  return token.kind != Token::Kind::sign;
}

}  // namespace

bool Tokens::continues(std::size_t i) const {
  if (i == 0 || (*this)[i].after_space) return false;
  if (counts((*this)[i - 1])) return true;
  return i >= 2 && joins((*this)[i - 1]) && !(*this)[i - 1].after_space && counts((*this)[i - 2]);
}

bool Tokens::is_continued(std::size_t next) const {
  if (next >= size() || (*this)[next].after_space) return false;
  if (counts((*this)[next])) return true;
  return joins((*this)[next]) && next + 1 < size() && !(*this)[next + 1].after_space &&
         counts((*this)[next + 1]);
}

}  // namespace catalina::dialog
