#include "notify/business_days.hpp"

#include <algorithm>

namespace catalina::notify {
namespace {

using namespace std::chrono;

// Ley 51 moves most holidays to the Monday that follows, unless they fall on one.
local_days monday_from(local_days day) {
  return day + (Monday - weekday(day));
}

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
  const auto fixed = [&](month m, int d) { return Date(y / m / d); };
  const auto moved = [&](month m, int d) { return Date(monday_from(local_days(y / m / d))); };
  const local_days easter_day(easter(y));
  const auto after_easter = [&](int n) { return Date(easter_day + days(n)); };

  std::array<Holiday, 18> list{{
      {fixed(January, 1), "Año Nuevo"},
      {moved(January, 6), "Reyes Magos"},
      {moved(March, 19), "San José"},
      {after_easter(-3), "Jueves Santo"},
      {after_easter(-2), "Viernes Santo"},
      {fixed(May, 1), "Día del Trabajo"},
      {after_easter(43), "Ascensión del Señor"},
      {after_easter(64), "Corpus Christi"},
      {after_easter(71), "Sagrado Corazón de Jesús"},
      {moved(June, 29), "San Pedro y San Pablo"},
      {fixed(July, 20), "Independencia"},
      {fixed(August, 7), "Batalla de Boyacá"},
      {moved(August, 15), "Asunción de la Virgen"},
      {moved(October, 12), "Día de la Raza"},
      {moved(November, 1), "Todos los Santos"},
      {moved(November, 11), "Independencia de Cartagena"},
      {fixed(December, 8), "Inmaculada Concepción"},
      {fixed(December, 25), "Navidad"},
  }};
  std::stable_sort(list.begin(), list.end(),
                   [](const Holiday& a, const Holiday& b) { return a.date < b.date; });
  return list;
}

bool is_business_day(Date date) {
  const weekday day(local_days{date});
  if (day == Saturday || day == Sunday) return false;
  const auto list = holidays(date.year());
  return std::none_of(list.begin(), list.end(),
                      [&](const Holiday& holiday) { return holiday.date == date; });
}

Date add_business_days(Date date, int count) {
  local_days day(date);
  while (count > 0) {
    day += days(1);
    if (is_business_day(Date(day))) --count;
  }
  return Date(day);
}

Date bogota_date(Time time) {
  return floor<days>(time + bogota_offset);
}

}  // namespace catalina::notify
