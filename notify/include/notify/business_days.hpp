// Colombian business days, for any year, computed and never looked up.
//
// Rules: Ley 51 of 1983 (holidays, and which of them move to Monday; in force since 1984) and Ley 4
// of 1913, article 62 (terms in days mean business days: Monday to Friday without holidays, even
// where an office opens on Saturday). Dates are civil dates of Colombia, which keeps UTC-5 all
// year. What acts and later laws add to it is in notify/calendar.hpp.
#pragma once

#include <array>
#include <chrono>
#include <string_view>

namespace catalina::notify {

using Date = std::chrono::year_month_day;
using Time = std::chrono::sys_time<std::chrono::milliseconds>;  // UTC

inline constexpr std::chrono::hours bogota_offset{-5};

// The years for which the rules hold and are tested. Outside them they still give an answer, which
// nobody vouches for.
inline constexpr std::chrono::year first_year{1984};
inline constexpr std::chrono::year last_year{2100};

struct Holiday {
  Date date;              // when it is kept, after moving to Monday
  std::string_view name;  // in Spanish
};

// The 18 national holidays in the order of their dates. Two of them can fall on the same day (in
// 2011, Sagrado Corazón and San Pedro y San Pablo) and some on a Saturday or Sunday.
std::array<Holiday, 18> holidays(std::chrono::year year);

// Easter Sunday of the Gregorian calendar.
Date easter(std::chrono::year year);

// `date` itself when it is a Monday, or the Monday after it. `date` must be a real one
// (`date.ok()`), here and below.
Date monday_from(Date date);

bool is_business_day(Date date);

// What the calendar on a wall in Cartagena says at `time`.
Date bogota_date(Time time);

}  // namespace catalina::notify
