#include "understanding/entities/relative_dates.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "understanding/entities/numbers.hpp"

namespace catalina::dialog {
namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 7> weekday_sounds{
    "domingo", "lunes", "martes", "mierkoles", "juebes", "biernes", "sabado"};

// What people did or what happened to them, as it sounds.
constexpr std::array<std::string_view, 40> past_verbs{
    "ise",     "puse",    "pedi",     "solisite",   "radike",    "fui",    "fue",      "page",
    "yege",    "yego",    "yegaron",  "kompre",     "pusieron",  "bino",   "binieron", "mande",
    "meti",    "sake",    "entrege",  "entregamos", "radikamos", "fuimos", "yebe",     "yebaron",
    "robaron", "paso",    "kortaron", "kojieron",   "inbie",     "enbie",  "kayo",     "botamos",
    "isimos",  "pagamos", "dieron",   "dijeron",    "presente",  "iso",    "bi",       "yame"};

// What happened years ago did not happen on a day that could be counted.
enum class Unit { day, week, month };

// How words say that a day, a week or a month is not this one.
enum class Direction { last, current, next };

bool any_of(const Tokens& tokens, std::size_t i, std::initializer_list<std::string_view> sounds) {
  for (const std::string_view sound : sounds)
    if (tokens.is_word(i, sound)) return true;
  return false;
}

std::optional<weekday> read_weekday(const Tokens& tokens, std::size_t i) {
  for (unsigned day = 0; day < weekday_sounds.size(); ++day)
    if (tokens.is_word(i, weekday_sounds[day])) return weekday(day);
  return std::nullopt;
}

std::optional<Unit> read_unit(const Tokens& tokens, std::size_t i) {
  if (any_of(tokens, i, {"dia", "dias"})) return Unit::day;
  if (any_of(tokens, i, {"semana", "semanas"})) return Unit::week;
  if (any_of(tokens, i, {"mes", "meses"})) return Unit::month;
  return std::nullopt;
}

// The same day of another month, or its last when it has no such day.
local_days same_day(local_days today, months shift) {
  const year_month_day now(today);
  const year_month then = year_month(now.year(), now.month()) + shift;
  const year_month_day date = then / now.day();
  return date.ok() ? local_days(date) : local_days(then / last);
}

local_days moved(local_days today, std::int64_t count, Unit unit) {
  const int by = static_cast<int>(count);
  switch (unit) {
    case Unit::day:
      return today + days(by == 8 ? 7 : by == -8 ? -7 : by);  // "ocho días" are a week
    case Unit::week:
      return today + weeks(by);
    case Unit::month:
      return same_day(today, months(by));
  }
  return today;
}

// "que viene", "pasado", "próxima" behind what they describe. Nothing when it is not said.
struct Described {
  Direction direction;
  std::size_t next;
};
std::optional<Described> read_description(const Tokens& tokens, std::size_t i) {
  if (any_of(tokens, i, {"pasado", "pasada", "pasao"})) return Described{Direction::last, i + 1};
  if (any_of(tokens, i, {"prosimo", "prosima", "entrante", "sigiente"}))
    return Described{Direction::next, i + 1};
  if (any_of(tokens, i, {"ke", "k"}) && any_of(tokens, i + 1, {"biene", "entra", "sige"}))
    return Described{Direction::next, i + 2};
  if (any_of(tokens, i, {"ke", "k"}) && tokens.is_word(i + 1, "paso"))
    return Described{Direction::last, i + 2};
  return std::nullopt;
}

std::optional<Direction> read_adjective(const Tokens& tokens, std::size_t i) {
  if (any_of(tokens, i, {"este", "esta", "ete"})) return Direction::current;
  if (any_of(tokens, i, {"prosimo", "prosima", "sigiente", "otro", "otra"})) return Direction::next;
  if (any_of(tokens, i, {"pasado", "pasada"})) return Direction::last;
  return std::nullopt;
}

class Reader {
 public:
  Reader(const Tokens& tokens, local_days today) : tokens_(tokens), today_(today) {}

  std::optional<DateReading> read(std::size_t i) const {
    if (tokens_[i].kind != Token::Kind::word && !tokens_.is_number(i)) return std::nullopt;
    for (const auto reading :
         {read_named_day(i), read_day_of_week(i), read_period(i), read_count_of(i), read_end(i)})
      if (reading) return reading;
    return std::nullopt;
  }

 private:
  // hoy, mañana, pasado mañana, ayer, antier, anoche.
  std::optional<DateReading> read_named_day(std::size_t i) const {
    if (tokens_.is_word(i, "oi")) return in_days(0, i + 1);
    if (any_of(tokens_, i, {"pasado", "pasao"}) && tokens_.is_word(i + 1, "manana"))
      return in_days(2, i + 2);
    if (tokens_.is_word(i, "antes") && tokens_.is_word(i + 1, "de") &&
        tokens_.is_word(i + 2, "ayer"))
      return in_days(-2, i + 3);
    if (any_of(tokens_, i, {"antier", "anteayer", "antiayer", "antiyer"}))
      return in_days(-2, i + 1);
    if (any_of(tokens_, i, {"ayer", "anoCe"})) return in_days(-1, i + 1);
    const bool part_of_day = any_of(tokens_, i + 1, {"manana", "tarde", "noCe"});
    if (any_of(tokens_, i, {"esta", "eta"}) && part_of_day) return in_days(0, i + 2);
    // "La mañana" is a part of any day.
    const bool of_the_day = i > 0 && any_of(tokens_, i - 1, {"la", "las", "esta", "de", "cada"});
    if (tokens_.is_word(i, "manana") && !of_the_day) return in_days(1, i + 1);
    return std::nullopt;
  }

  // "el lunes", "este viernes", "el próximo martes", "el jueves que viene", "el sábado pasado".
  // "Los lunes" and "lunes a viernes" are no day.
  std::optional<DateReading> read_day_of_week(std::size_t i) const {
    std::size_t at = i;
    if (any_of(tokens_, at, {"el", "del", "al"})) ++at;
    std::optional<Direction> direction = read_adjective(tokens_, at);
    if (direction) ++at;
    const auto day = read_weekday(tokens_, at);
    if (!day || at == i) return std::nullopt;
    if (tokens_.is_word(i, "al") && i > 0 && read_weekday(tokens_, i - 1)) return std::nullopt;
    std::size_t next = at + 1;
    if (const auto described = read_description(tokens_, next)) {
      direction = described->direction;
      next = described->next;
    }
    if (any_of(tokens_, next, {"a", "al"}) && read_weekday(tokens_, next + 1)) return std::nullopt;
    const weekday now(today_);
    const Direction which =
        direction.value_or(is_told_as_past(i) ? Direction::last : Direction::next);
    if (which == Direction::current) return in_days((*day - now).count(), next);
    if (which == Direction::last) {
      const auto back = (now - *day).count();
      return in_days(back == 0 ? -7 : -back, next);
    }
    const auto ahead = (*day - now).count();
    return in_days(ahead == 0 ? 7 : ahead, next);
  }

  // "Desde el lunes", "puse una queja el lunes".
  bool is_told_as_past(std::size_t i) const {
    constexpr std::size_t clause = 8;  // words
    if (i > 0 && tokens_.is_word(i - 1, "desde")) return true;
    for (std::size_t back = 1; back <= clause && back <= i; ++back) {
      const Token& token = tokens_[i - back];
      if (token.kind == Token::Kind::sign) return false;
      if (std::find(past_verbs.begin(), past_verbs.end(), token.sound) != past_verbs.end())
        return true;
    }
    return false;
  }

  // "la semana pasada", "el mes que viene", "la próxima semana", "el otro mes".
  std::optional<DateReading> read_period(std::size_t i) const {
    std::size_t at = i;
    if (any_of(tokens_, at, {"la", "el"})) ++at;
    std::optional<Direction> direction = read_adjective(tokens_, at);
    if (direction) ++at;
    const auto unit = read_unit(tokens_, at);
    if (!unit || *unit == Unit::day) return std::nullopt;
    std::size_t next = at + 1;
    const auto described = direction ? std::nullopt : read_description(tokens_, next);
    if (described) {
      direction = described->direction;
      next = described->next;
    }
    if (!direction || *direction == Direction::current) return std::nullopt;
    return DateReading{moved(today_, *direction == Direction::last ? -1 : 1, *unit), next};
  }

  // "hace tres días", "en 15 días", "dentro de ocho días", "dos semanas atrás". Business days are
  // not counted here.
  std::optional<DateReading> read_count_of(std::size_t i) const {
    const bool back = any_of(tokens_, i, {"ase", "asen"});
    const bool ahead = tokens_.is_word(i, "en") || tokens_.is_word(i, "dentro");
    std::size_t at = i + (back || ahead ? 1 : 0);
    if (tokens_.is_word(i, "dentro")) {
      if (!tokens_.is_word(at, "de")) return std::nullopt;
      ++at;
    }
    if (tokens_.is_word(at, "komo")) ++at;
    const auto count = read_count(tokens_, at);
    if (!count || count->value == 0) return std::nullopt;
    const auto unit = read_unit(tokens_, count->next);
    if (!unit || tokens_.is_word(count->next + 1, "abiles")) return std::nullopt;
    const std::size_t next = count->next + 1;
    if (back) return DateReading{moved(today_, -count->value, *unit), next};
    if (tokens_.is_word(next, "atras"))
      return DateReading{moved(today_, -count->value, *unit), next + 1};
    if (ahead) return DateReading{moved(today_, count->value, *unit), next};
    return std::nullopt;
  }

  // "fin de mes", "final del año", "este fin de semana".
  std::optional<DateReading> read_end(std::size_t i) const {
    if (!any_of(tokens_, i, {"fin", "fines", "final", "finales"})) return std::nullopt;
    if (!any_of(tokens_, i + 1, {"de", "del"})) return std::nullopt;
    const auto unit = read_unit(tokens_, i + 2);
    const year_month_day now(today_);
    const bool of_year = any_of(tokens_, i + 2, {"ano", "anos"});
    if (unit == Unit::month) return DateReading{local_days(now.year() / now.month() / last), i + 3};
    if (of_year) return DateReading{local_days(now.year() / December / 31), i + 3};
    const bool one = i > 0 && any_of(tokens_, i - 1, {"este", "el"});
    if (unit == Unit::week && one) return in_days((Saturday - weekday(today_)).count(), i + 3);
    return std::nullopt;
  }

  std::optional<DateReading> in_days(std::int64_t count, std::size_t next) const {
    return DateReading{today_ + days(static_cast<int>(count)), next};
  }

  const Tokens& tokens_;
  local_days today_;
};

}  // namespace

std::optional<Shift> read_month_shift(const Tokens& tokens, std::size_t i) {
  const auto adjective = read_adjective(tokens, i);
  const std::size_t at = adjective ? i + 1 : i;
  if (!tokens.is_word(at, "mes")) return std::nullopt;
  if (!adjective) {
    const auto described = read_description(tokens, at + 1);
    if (!described) return std::nullopt;
    return Shift{described->direction == Direction::last ? -1 : 1, described->next};
  }
  const int count = *adjective == Direction::current ? 0 : *adjective == Direction::last ? -1 : 1;
  return Shift{count, at + 1};
}

std::optional<DateReading> read_relative_date(const Tokens& tokens, std::size_t i,
                                              local_days today) {
  return Reader(tokens, today).read(i);
}

}  // namespace catalina::dialog
