#include "understanding/entities/numbers.hpp"

#include <string_view>

namespace catalina::dialog {
namespace {

struct NumberWord {
  std::string_view sound;
  int value;
};

// As they sound, so that "kinse" is fifteen too.
constexpr NumberWord below_thirty[] = {
    {"sero", 0},         {"un", 1},          {"uno", 1},
    {"una", 1},          {"dos", 2},         {"tres", 3},
    {"kuatro", 4},       {"sinko", 5},       {"seis", 6},
    {"siete", 7},        {"ocho", 8},        {"oCo", 8},
    {"nuebe", 9},        {"dies", 10},       {"onse", 11},
    {"dose", 12},        {"trese", 13},      {"katorse", 14},
    {"kinse", 15},       {"diesiseis", 16},  {"diesisiete", 17},
    {"diesioCo", 18},    {"diesinuebe", 19}, {"beinte", 20},
    {"beintiun", 21},    {"beintiuno", 21},  {"beintiuna", 21},
    {"beintidos", 22},   {"beintitres", 23}, {"beintikuatro", 24},
    {"beintisinko", 25}, {"beintiseis", 26}, {"beintisiete", 27},
    {"beintioCo", 28},   {"beintinuebe", 29}};

constexpr NumberWord tens[] = {{"treinta", 30}, {"kuarenta", 40}, {"sinkuenta", 50},
                               {"sesenta", 60}, {"setenta", 70},  {"oCenta", 80},
                               {"nobenta", 90}};

constexpr NumberWord hundreds[] = {
    {"sien", 100},        {"siento", 100},      {"dosientos", 200},     {"dosientas", 200},
    {"tresientos", 300},  {"tresientas", 300},  {"kuatrosientos", 400}, {"kuatrosientas", 400},
    {"kinientos", 500},   {"kinientas", 500},   {"seisientos", 600},    {"seisientas", 600},
    {"setesientos", 700}, {"setesientas", 700}, {"oCosientos", 800},    {"oCosientas", 800},
    {"nobesientos", 900}, {"nobesientas", 900}};

template <std::size_t N>
std::optional<int> value_in(const NumberWord (&words)[N], const Token& token) {
  if (token.kind != Token::Kind::word) return std::nullopt;
  for (const NumberWord& word : words)
    if (word.sound == token.sound) return word.value;
  return std::nullopt;
}

// 1 to 99 in words.
std::optional<NumberReading> read_tens(const Tokens& tokens, std::size_t i) {
  if (const auto small = value_in(below_thirty, tokens[i])) return NumberReading{*small, i + 1};
  const auto ten = value_in(tens, tokens[i]);
  if (!ten) return std::nullopt;
  if (tokens.is_word(i + 1, "i")) {
    const auto unit = value_in(below_thirty, tokens[i + 2]);
    if (unit && *unit > 0 && *unit < 10) return NumberReading{*ten + *unit, i + 3};
  }
  return NumberReading{*ten, i + 1};
}

std::int64_t to_number(std::string_view digits) {
  std::int64_t value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

bool groups_thousands(const Token& token) {
  return token.kind == Token::Kind::sign &&
         (token.text == "." || token.text == "," || token.text == "'");
}

}  // namespace

std::optional<NumberReading> read_count(const Tokens& tokens, std::size_t i) {
  if (tokens.is_number(i)) {
    if (tokens[i].text.size() > 3 || tokens.continues(i)) return std::nullopt;
    return NumberReading{to_number(tokens[i].text), i + 1};
  }
  const auto hundred = value_in(hundreds, tokens[i]);
  if (!hundred) return read_tens(tokens, i);
  const auto rest = read_tens(tokens, i + 1);
  if (rest && rest->value > 0) return NumberReading{*hundred + rest->value, rest->next};
  return NumberReading{*hundred, i + 1};
}

std::optional<NumberReading> read_digits(const Tokens& tokens, std::size_t i) {
  constexpr std::size_t most_digits = 15;
  if (!tokens.is_number(i) || tokens[i].text.size() > most_digits) return std::nullopt;
  NumberReading reading{to_number(tokens[i].text), i + 1};
  std::size_t digits = tokens[i].text.size();
  if (digits > 3) return reading;
  while (groups_thousands(tokens[reading.next]) && !tokens[reading.next].after_space &&
         tokens.is_number(reading.next + 1) && !tokens[reading.next + 1].after_space &&
         tokens[reading.next + 1].text.size() == 3 && digits + 3 <= most_digits) {
    reading.value = reading.value * 1000 + to_number(tokens[reading.next + 1].text);
    reading.next += 2;
    digits += 3;
  }
  return reading;
}

}  // namespace catalina::dialog
