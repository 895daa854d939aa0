// Identity papers: cédula de ciudadanía, cédula de extranjería, PPT and NIT.
#include <array>

#include "understanding/entities/mentions.hpp"
#include "understanding/entities/nit.hpp"
#include "understanding/entities/scan.hpp"

namespace catalina::dialog {

char nit_check_digit(std::string_view digits) {
  constexpr std::array weights{3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71};
  int sum = 0;
  for (std::size_t i = 0; i < digits.size() && i < weights.size(); ++i)
    sum += (digits[digits.size() - 1 - i] - '0') * weights[i];
  const int rest = sum % 11;
  return static_cast<char>('0' + (rest < 2 ? rest : 11 - rest));
}

namespace {

constexpr std::size_t nit_digits = 9;  // of a company, without the check digit

// What may stand between the name of a paper and its number: "mi cédula es la No. 73.111.222".
const std::string until_number =
    R"((?:[\s:;,.#-]|\b(?:es|la|el|de|del|mi|numero|nro|num|no|n|ciudadania)\b){0,12}?)";
const std::string grouped_or_not = R"((\d{1,3}(?:[. ']\d{3}){1,3}|\d{3,10}))";

struct Paper {
  EntityKind kind;
  std::string names;
  std::size_t fewest;  // digits
  std::size_t most;
};

// A cédula has up to 8 digits, or 10 that begin with 1; ten digits that begin with 3 are a mobile
// phone.
bool is_cedula(const std::string& digits) {
  if (digits.empty() || digits[0] == '0') return false;
  return digits.size() <= 8 || (digits.size() == 10 && digits[0] == '1');
}

void find_paper(const std::string_view text, const RE2& pattern, EntityKind kind,
                std::size_t fewest, std::size_t most, Mentions& out) {
  for_each_match(pattern, text, [&](const Match& match) {
    const std::string digits = only_digits(match.group(1));
    if (digits.size() < fewest || digits.size() > most) return;
    if (kind == EntityKind::cedula && !is_cedula(digits)) return;
    if (!stands_alone(text, match.begin(1), match.end(1))) return;
    out.add(kind, digits, match.begin(1), match.end(1));
  });
}

void add_nit(const std::string& number, const std::string& check, std::size_t begin,
             std::size_t end, Mentions& out) {
  if (check.empty()) return out.add(EntityKind::nit, number, begin, end);
  const bool valid = nit_check_digit(number) == check[0];
  out.add(valid ? EntityKind::nit : EntityKind::nit_dudoso, number + '-' + check, begin, end);
}

void find_named_nits(std::string_view text, Mentions& out) {
  static const RE2 pattern(R"(\b(?:nit|n\.i\.t|rut)\b\.?)" + until_number +
                           R"((\d{1,3}(?:[. ']\d{3}){2,3}|\d{8,10})(?:\s?-\s?(\d)| dv (\d))?)");
  for_each_match(pattern, text, [&](const Match& match) {
    std::string number = only_digits(match.group(1));
    std::string check(match.has(2) ? match.group(2) : match.group(3));
    if (!stands_alone(text, match.begin(1), match.end())) return;
    // Written in one go; a person's NIT has ten digits before the check digit.
    if (check.empty() && number.size() == nit_digits + 1 &&
        nit_check_digit(number.substr(0, nit_digits)) == number.back()) {
      check = number.back();
      number.pop_back();
    }
    add_nit(number, check, match.begin(1), match.end(), out);
  });
}

}  // namespace

void find_named_papers(const PlainText& plain, Mentions& out) {
  static const RE2 temporary_permit(R"(\b(?:ppt|permiso (?:por|de) proteccion temporal)\b)" +
                                    until_number + grouped_or_not);
  static const RE2 foreigner(
      R"(\b(?:(?:cedula|sedula|carnet) de (?:extranjeria|estranjeria)|c\.?e)\b\.?)" + until_number +
      grouped_or_not);
  static const RE2 citizen(R"(\b[cs]edulas?\b)" + until_number + grouped_or_not);
  static const RE2 short_name(R"(\b(?:c\.? ?c|documento|identificacion)\b\.?)" + until_number +
                              grouped_or_not);
  const std::string_view text = plain.text;
  find_named_nits(text, out);
  find_paper(text, temporary_permit, EntityKind::ppt, 5, 10, out);
  find_paper(text, foreigner, EntityKind::cedula_extranjeria, 4, 7, out);
  find_paper(text, citizen, EntityKind::cedula, 3, 10, out);
  // "cc 125" is an engine.
  find_paper(text, short_name, EntityKind::cedula, 5, 10, out);
}

void find_papers_by_form(const PlainText& plain, Mentions& out) {
  const std::string_view text = plain.text;
  static const RE2 company(R"(([89]\d{2}[. ]?\d{3}[. ]?\d{3})\s?-\s?(\d))");
  for_each_match(company, text, [&](const Match& match) {
    const std::string number = only_digits(match.group(1));
    const bool valid = nit_check_digit(number) == match.group(2)[0];
    if (valid && stands_alone(text, match.begin(), match.end()))
      add_nit(number, std::string(match.group(2)), match.begin(), match.end(), out);
  });
  // With the dots of a cédula and no round amount of money.
  static const RE2 dotted(R"((1\.\d{3}\.\d{3}\.\d{3}|\d{1,2}\.\d{3}\.\d{3}))");
  for_each_match(dotted, text, [&](const Match& match) {
    const std::string digits = only_digits(match.group(1));
    if (is_cedula(digits) && !digits.ends_with("00") &&
        stands_alone(text, match.begin(), match.end()))
      out.add(EntityKind::cedula, digits, match.begin(), match.end());
  });
}

}  // namespace catalina::dialog
