// A message with exactly one lower-case ASCII character for each of its own, so that finders match
// simple characters and still know where they are in the message; and the tokens of that.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace catalina::dialog {

struct PlainText {
  std::string text;  // without accents; "n°" is "no", "1ª" is "1a"; what is no letter, digit or
                     // ASCII sign is a space
  std::vector<std::size_t>
      offsets;  // bytes of the message where each character begins, and its end
};

// `message` is valid UTF-8.
PlainText plain_text(std::string_view message);

struct Token {
  enum class Kind { word, number, sign };
  Kind kind = Kind::sign;
  std::string_view text;  // in the PlainText: letters, digits, or one sign
  std::string sound;      // of a word: as it is heard (understanding/normalize.hpp)
  std::size_t begin = 0;  // characters [begin, end) of the PlainText
  std::size_t end = 0;
  bool after_space = true;  // false: it stands right behind the token before
};

// `plain` must outlive the tokens.
std::vector<Token> tokens_of(const PlainText& plain);

// The tokens of a message, read without minding where they end.
class Tokens {
 public:
  explicit Tokens(const PlainText& plain) : tokens_(tokens_of(plain)) {}

  std::size_t size() const { return tokens_.size(); }
  // An empty sign outside of the message, also for positions "before" it.
  const Token& operator[](std::size_t i) const { return i < tokens_.size() ? tokens_[i] : none_; }
  bool is_sign(std::size_t i, char sign) const {
    const Token& token = (*this)[i];
    return token.kind == Token::Kind::sign && token.text == std::string_view(&sign, 1);
  }
  // Sounds like `sound`.
  bool is_word(std::size_t i, std::string_view sound) const {
    const Token& token = (*this)[i];
    return token.kind == Token::Kind::word && token.sound == sound;
  }
  bool is_number(std::size_t i) const { return (*this)[i].kind == Token::Kind::number; }
  // A number or a letter that `i` is the tail of, as in "EXT-26-001" or "3/4/5".
  bool continues(std::size_t i) const;
  // The same at its other end: position `next` goes on with what stands before it.
  bool is_continued(std::size_t next) const;

 private:
  std::vector<Token> tokens_;
  Token none_;
};

}  // namespace catalina::dialog
