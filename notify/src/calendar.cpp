#include "notify/calendar.hpp"

#include <algorithm>

namespace catalina::notify {
namespace {

using namespace std::chrono;
using catalog::TermUnit;

Date next(Date date) {
  return Date(local_days(date) + days(1));
}

// The day with the same number, or the last one of a month that is shorter.
Date add_months(Date date, int count) {
  const Date same = date + months(count);
  return same.ok() ? same : Date(same.year() / same.month() / last);
}

// The date on which the holiday of year `y` is kept; not `ok()` in a year that lacks the day.
Date kept(const catalog::NewHoliday& holiday, year y) {
  const Date date(y / holiday.day);
  return date.ok() && holiday.moves_to_monday ? monday_from(date) : date;
}

bool falls_on(const catalog::NewHoliday& holiday, Date date) {
  // What moves to Monday from the end of December is kept in the next year.
  for (const year y : {date.year(), date.year() - years(1)})
    if (y >= holiday.from && y <= holiday.until.value_or(y) && kept(holiday, y) == date)
      return true;
  return false;
}

}  // namespace

bool Calendar::is_business_day(Date date) const {
  return notify::is_business_day(date) &&
         std::none_of(law_->holidays.begin(), law_->holidays.end(),
                      [&](const auto& holiday) { return falls_on(holiday, date); });
}

bool Calendar::suspended(Date date, Pauses pauses) const {
  const auto holds = [&](const auto& range) { return range.from <= date && date <= range.to; };
  return std::any_of(law_->suspensions.begin(), law_->suspensions.end(), holds) ||
         std::any_of(pauses.begin(), pauses.end(), holds);
}

bool Calendar::runs(Date date, Pauses pauses) const {
  return is_business_day(date) && !suspended(date, pauses);
}

Time Calendar::closing(Date day) const {
  return Time(sys_days(day)) + law_->closes_at - bogota_offset;
}

Reception Calendar::reception(Time received) const {
  Reception reception{bogota_date(received), Reception::Reason::same_day};
  if (!is_business_day(reception.day))
    reception.reason = Reception::Reason::not_a_business_day;
  else if (received > closing(reception.day))
    reception.reason = Reception::Reason::after_hours;
  if (!reception.moved()) return reception;
  do reception.day = next(reception.day);
  while (!is_business_day(reception.day));
  return reception;
}

Date Calendar::end_of(Date day0, int count, TermUnit unit, Pauses pauses) const {
  if (count <= 0 || unit == TermUnit::inmediato) return day0;
  const bool business = unit == TermUnit::dias_habiles;
  int left = count;
  if (unit == TermUnit::meses)
    left = static_cast<int>((local_days(add_months(day0, count)) - local_days(day0)).count());
  Date day = day0;
  while (left > 0) {
    day = next(day);
    if (business ? runs(day, pauses) : !suspended(day, pauses)) --left;
  }
  while (!runs(day, pauses)) day = next(day);
  return day;
}

int Calendar::days_between(Date from, Date to, Pauses pauses) const {
  if (to < from) return -days_between(to, from, pauses);
  int count = 0;
  while (from < to) {
    from = next(from);
    count += runs(from, pauses);
  }
  return count;
}

}  // namespace catalina::notify
