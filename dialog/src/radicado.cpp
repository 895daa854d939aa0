#include "dialog/radicado.hpp"

#include <re2/re2.h>

namespace catalina::dialog {

char check_digit(std::string_view digits) {
  int product = 10;
  for (char digit : digits) {
    int sum = (product + (digit - '0')) % 10;
    if (sum == 0) sum = 10;
    product = (sum * 2) % 11;
  }
  return static_cast<char>('0' + (11 - product) % 10);
}

std::optional<RadicadoReading> find_radicado(std::string_view text) {
  static const RE2 shape(R"((?i)(\bctg[\s-]*(\d{4})[\s-]*(\d{6,9})[\s-]*(\d)\b))");
  re2::StringPiece whole;
  std::string year;
  std::string sequence;
  std::string check;
  if (!RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), shape, &whole, &year,
                         &sequence, &check)) {
    return std::nullopt;
  }
  const auto begin = static_cast<std::size_t>(whole.data() - text.data());
  return RadicadoReading{"CTG-" + year + '-' + sequence + '-' + check,
                         check_digit(year + sequence) == check[0], begin, begin + whole.size()};
}

}  // namespace catalina::dialog
