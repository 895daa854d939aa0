#include "catalog/legal_terms.hpp"

#include <algorithm>
#include <cstdio>

namespace catalina::catalog {

const Term* LegalTerms::find(std::string_view code) const {
  const auto found =
      std::find_if(terms.begin(), terms.end(), [&](const Term& term) { return term.code == code; });
  return found == terms.end() ? nullptr : &*found;
}

std::optional<Date> parse_date(std::string_view iso) {
  constexpr std::string_view form = "0000-00-00";
  if (iso.size() != form.size()) return std::nullopt;
  for (std::size_t i = 0; i < form.size(); ++i)
    if (form[i] == '0' ? iso[i] < '0' || iso[i] > '9' : iso[i] != form[i]) return std::nullopt;
  const auto number = [&](std::size_t from, std::size_t length) {
    unsigned value = 0;
    for (const char c : iso.substr(from, length))
      value = value * 10 + static_cast<unsigned>(c - '0');
    return value;
  };
  const Date date{std::chrono::year(static_cast<int>(number(0, 4))),
                  std::chrono::month(number(5, 2)), std::chrono::day(number(8, 2))};
  return date.ok() ? std::optional(date) : std::nullopt;
}

std::string format_date(Date date) {
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

}  // namespace catalina::catalog
