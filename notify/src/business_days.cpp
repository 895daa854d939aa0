#include "notify/business_days.hpp"

#include <algorithm>

namespace catalina::notify {
namespace {

using namespace std::chrono;

struct Yearly {
  month_day day;
  std::string_view name;
};
struct AfterEaster {
  int days;
  std::string_view name;
};

constexpr std::array<Yearly, 6> fixed{{{January / 1, "Año Nuevo"},
                                       {May / 1, "Día del Trabajo"},
                                       {July / 20, "Independencia"},
                                       {August / 7, "Batalla de Boyacá"},
                                       {December / 8, "Inmaculada Concepción"},
                                       {December / 25, "Navidad"}}};
constexpr std::array<Yearly, 7> moved_to_monday{{{January / 6, "Reyes Magos"},
                                                 {March / 19, "San José"},
                                                 {June / 29, "San Pedro y San Pablo"},
                                                 {August / 15, "Asunción de la Virgen"},
                                                 {October / 12, "Día de la Raza"},
                                                 {November / 1, "Todos los Santos"},
                                                 {November / 11, "Independencia de Cartagena"}}};
// Those that the law moves are given as they are kept: on a Monday.
constexpr std::array<AfterEaster, 5> after_easter{{{-3, "Jueves Santo"},
                                                   {-2, "Viernes Santo"},
                                                   {43, "Ascensión del Señor"},
                                                   {64, "Corpus Christi"},
                                                   {71, "Sagrado Corazón de Jesús"}}};

}  // namespace

// The anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8), with the usual
// names: the position in the 19-year lunar cycle, the centuries' corrections of leap years and of
// the moon, and from them the days between 21 March and the full moon, then to Sunday.
Date easter(year y) {
  const int number = static_cast<int>(y);
  const int golden = number % 19;
  const int century = number / 100;
  const int year_of_century = number % 100;
  const int moon_correction = (century - (century + 8) / 25 + 1) / 3;
  const int epact = (19 * golden + century - century / 4 - moon_correction + 15) % 30;
  const int to_sunday =
      (32 + 2 * (century % 4) + 2 * (year_of_century / 4) - epact - year_of_century % 4) % 7;
  const int late = (golden + 11 * epact + 22 * to_sunday) / 451;
  const int march_days = epact + to_sunday - 7 * late + 22;  // counted from 0 March
  return Date(local_days(y / March / 1) + days(march_days - 1));
}

std::array<Holiday, 18> holidays(year y) {
  std::array<Holiday, 18> list;
  static_assert(fixed.size() + moved_to_monday.size() + after_easter.size() == list.size());
  auto next = list.begin();
  for (const Yearly& holiday : fixed) *next++ = {y / holiday.day, holiday.name};
  for (const Yearly& holiday : moved_to_monday)
    *next++ = {monday_from(y / holiday.day), holiday.name};
  for (const AfterEaster& holiday : after_easter)
    *next++ = {Date(local_days(easter(y)) + days(holiday.days)), holiday.name};
  std::stable_sort(list.begin(), list.end(),
                   [](const Holiday& a, const Holiday& b) { return a.date < b.date; });
  return list;
}

Date monday_from(Date date) {
  const local_days day(date);
  return Date(day + (Monday - weekday(day)));
}

// Asked for every day of every term: it makes no list of the year.
bool is_business_day(Date date) {
  const local_days day(date);
  const weekday of_week(day);
  if (of_week == Saturday || of_week == Sunday) return false;
  for (const Yearly& holiday : fixed)
    if (holiday.day == date.month() / date.day()) return false;
  if (of_week == Monday)
    for (const Yearly& holiday : moved_to_monday)
      if (monday_from(date.year() / holiday.day) == date) return false;
  const days since_easter = day - local_days(easter(date.year()));
  return std::none_of(after_easter.begin(), after_easter.end(), [&](const AfterEaster& holiday) {
    return days(holiday.days) == since_easter;
  });
}

Date bogota_date(Time time) {
  return floor<days>(time + bogota_offset);
}

}  // namespace catalina::notify
