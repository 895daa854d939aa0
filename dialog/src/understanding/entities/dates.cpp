#include "understanding/entities/dates.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "local_date.hpp"
#include "understanding/entities/numbers.hpp"
#include "understanding/entities/relative_dates.hpp"

namespace catalina::dialog {
namespace {

using namespace std::chrono;

constexpr int first_year = 1900;
constexpr int last_year = 2100;

constexpr std::array<std::string_view, 13> month_sounds{
    "enero",  "febrero",    "marso",   "abril",     "mayo",      "junio",    "julio",
    "agosto", "septiembre", "oktubre", "nobiembre", "disiembre", "setiembre"};
constexpr std::array<std::string_view, 12> month_abbreviations{
    "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"};

std::optional<month> read_month(const Token& token) {
  if (token.kind != Token::Kind::word) return std::nullopt;
  const auto full = std::find(month_sounds.begin(), month_sounds.end(), token.sound);
  if (full == month_sounds.begin() + 12) return September;
  if (full != month_sounds.end())
    return month(static_cast<unsigned>(full - month_sounds.begin()) + 1);
  const auto brief = std::find(month_abbreviations.begin(), month_abbreviations.end(),
                               token.text == "sept" ? std::string_view("sep") : token.text);
  if (brief == month_abbreviations.end()) return std::nullopt;
  return month(static_cast<unsigned>(brief - month_abbreviations.begin()) + 1);
}

// 0, which is no month, for a number that is none: std::chrono would take 259 for 3.
month numbered(int number) {
  return month(number <= 12 ? unsigned(number) : 0);
}

std::optional<local_days> checked(year_month_day date) {
  if (!date.ok() || int(date.year()) < first_year || int(date.year()) > last_year)
    return std::nullopt;
  return local_days(date);
}

class DateReader {
 public:
  DateReader(const Tokens& tokens, local_days today) : tokens_(tokens), today_(today) {}

  std::optional<DateReading> read(std::size_t i) const {
    if (tokens_.continues(i)) return std::nullopt;
    for (const auto reading :
         {read_in_digits(i), read_day_and_month(i), read_month_and_day(i), read_day_of_a_month(i)})
      if (reading) return reading;
    return std::nullopt;
  }

 private:
  // A number of one to four digits right behind token `i`.
  std::optional<int> number_at(std::size_t i) const {
    if (!tokens_.is_number(i) || tokens_[i].text.size() > 4) return std::nullopt;
    return int(read_digits(tokens_, i)->value);
  }

  bool has_separator(std::size_t i) const {
    return !tokens_[i].after_space && !tokens_[i + 1].after_space &&
           (tokens_.is_sign(i, '/') || tokens_.is_sign(i, '-') || tokens_.is_sign(i, '.'));
  }

  // 2026-03-12, 12/03/2026, 12-3-26, 12/03, 12/mar/2026.
  std::optional<DateReading> read_in_digits(std::size_t i) const {
    const auto first = number_at(i);
    if (!first || !has_separator(i + 1)) return std::nullopt;
    const auto second = number_at(i + 2);
    const auto named = read_month(tokens_[i + 2]);
    if (!second && !named) return std::nullopt;
    const bool three = has_separator(i + 3) && tokens_[i + 3].text == tokens_[i + 1].text;
    const auto third = three ? number_at(i + 4) : std::nullopt;
    if (three && !third) return std::nullopt;
    const std::size_t next = third ? i + 5 : i + 3;
    if (tokens_.is_continued(next)) return std::nullopt;
    if (!third) return named ? day_of(*first, *named, next) : read_without_year(i, *first, *second);
    if (named) return on(*first, *named, *third, tokens_[i + 4].text.size(), next);
    if (tokens_[i].text.size() == 4) return on(*third, numbered(*second), *first, 4, next);
    return on(*first, numbered(*second), *third, tokens_[i + 4].text.size(), next);
  }

  // "12/03" or "12-03"; "3-4 días", "1/2 libra" and "calle 12-03" are none.
  std::optional<DateReading> read_without_year(std::size_t i, int first, int second) const {
    constexpr std::array<std::string_view, 8> before_dates{"el",   "del",   "al",   "dia",
                                                           "feCa", "desde", "asta", "para"};
    const bool introduced = i > 0 && std::find(before_dates.begin(), before_dates.end(),
                                               tokens_[i - 1].sound) != before_dates.end();
    const bool two_digits = tokens_[i].text.size() == 2 && tokens_[i + 2].text.size() == 2;
    const bool on_its_own = two_digits && (i == 0 || tokens_.is_sign(i + 1, '/'));
    if (tokens_.is_sign(i + 1, '.') || (!on_its_own && !introduced)) return std::nullopt;
    return day_of(first, numbered(second), i + 3);
  }

  // "12 de marzo", "primero de enero de 2027", "12 mar".
  std::optional<DateReading> read_day_and_month(std::size_t i) const {
    const auto number = read_day(i);
    if (!number) return std::nullopt;
    std::size_t at = number->next;
    const bool with_de = tokens_.is_word(at, "de");
    if (with_de) ++at;
    const auto in = read_month(tokens_[at]);
    if (!in) return std::nullopt;
    return with_year(int(number->value), *in, at + 1);
  }

  // "marzo 12", "marzo 12 de 2026"; never "en marzo 12 personas".
  std::optional<DateReading> read_month_and_day(std::size_t i) const {
    const auto in = read_month(tokens_[i]);
    if (!in || tokens_[i].text.size() < 4 || !tokens_.is_number(i + 1)) return std::nullopt;
    const auto number = number_at(i + 1);
    if (!number || *number > 31 || tokens_.is_continued(i + 2)) return std::nullopt;
    const Token& after = tokens_[i + 2];
    if (after.kind == Token::Kind::word && !tokens_.is_word(i + 2, "de") &&
        !tokens_.is_word(i + 2, "del") && tokens_.is_word(i - 1, "en"))
      return std::nullopt;
    return with_year(*number, *in, i + 2);
  }

  // "el 5 de este mes", "el 5 del próximo mes", "el 5 del mes que viene", "el 5 del mes pasado".
  std::optional<DateReading> read_day_of_a_month(std::size_t i) const {
    const auto number = read_day(i);
    if (!number) return std::nullopt;
    std::size_t at = number->next;
    if (!tokens_.is_word(at, "de") && !tokens_.is_word(at, "del")) return std::nullopt;
    const auto shift = read_month_shift(tokens_, at + 1);
    if (!shift) return std::nullopt;
    const year_month_day now(today_);
    const year_month then = year_month(now.year(), now.month()) + months(shift->count);
    return found(checked(then / day(unsigned(number->value))), shift->next);
  }

  // The day of a month: 1 to 31, "primero", "1ro", "1°".
  std::optional<NumberReading> read_day(std::size_t i) const {
    if (tokens_.is_word(i, "primero") || tokens_.is_word(i, "primer"))
      return NumberReading{1, i + 1};
    auto number = read_count(tokens_, i);
    if (!number || number->value < 1 || number->value > 31) return std::nullopt;
    const Token& ordinal = tokens_[number->next];
    const bool is_ordinal = ordinal.text == "ro" || ordinal.text == "o" || ordinal.text == "ero";
    if (number->value == 1 && is_ordinal && !ordinal.after_space) ++number->next;
    return number;
  }

  // With " de 2027", " del 2027" or ", 2027" behind it, if it is there.
  std::optional<DateReading> with_year(int number, month in, std::size_t next) const {
    const bool introduced =
        tokens_.is_word(next, "de") || tokens_.is_word(next, "del") || tokens_.is_sign(next, ',');
    const std::size_t at = introduced ? next + 1 : next;
    const auto written = number_at(at);
    if (written && tokens_[at].text.size() == 4 && !tokens_.is_continued(at + 1))
      return on(number, in, *written, 4, at + 1);
    return day_of(number, in, next);
  }

  std::optional<DateReading> on(int number, month in, int in_year, std::size_t year_digits,
                                std::size_t next) const {
    if (year_digits == 2) in_year += 2000;
    if (number < 1 || number > 31) return std::nullopt;
    return found(checked({year(in_year), in, day(unsigned(number))}), next);
  }

  // The one nearest to today.
  std::optional<DateReading> day_of(int number, month in, std::size_t next) const {
    if (number < 1 || number > 31) return std::nullopt;
    std::optional<local_days> nearest;
    for (const int shift : {0, 1, -1}) {
      const auto date =
          checked({year_month_day(today_).year() + years(shift), in, day(unsigned(number))});
      if (date && (!nearest || abs(*date - today_) < abs(*nearest - today_))) nearest = date;
    }
    return found(nearest, next);
  }

  static std::optional<DateReading> found(std::optional<local_days> date, std::size_t next) {
    return date ? std::optional(DateReading{*date, next}) : std::nullopt;
  }

  const Tokens& tokens_;
  local_days today_;
};

}  // namespace

void find_dates(const Tokens& tokens, local_days today, Mentions& out) {
  const DateReader reader(tokens, today);
  for (std::size_t i = 0; i < tokens.size();) {
    auto reading = reader.read(i);
    if (!reading) reading = read_relative_date(tokens, i, today);
    if (!reading || !checked(year_month_day(reading->date))) {
      ++i;
      continue;
    }
    out.add(EntityKind::fecha, to_iso(reading->date), tokens[i].begin,
            tokens[reading->next - 1].end);
    i = reading->next;
  }
}

}  // namespace catalina::dialog
