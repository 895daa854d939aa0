// Days that a message names: "12 de marzo", "12/03/2026", "pasado mañana", "el viernes que viene",
// "hace tres días", "fin de mes".
//
// What the words leave open is decided the same way every time:
// - a day without its year is the one nearest to today, before or after;
// - a weekday is the next one after today, unless it is said to be past or "este", or told of what
//   happened ("puse la queja el lunes");
// - a week or a month before or after is the same day in it; a number of years is no day;
// - "ocho días" are a week, as Colombia counts; any other number of days is that many.
// A day that no calendar has is no date, nor is one outside of 1900 to 2100.
#pragma once

#include <chrono>

#include "understanding/entities/mentions.hpp"

namespace catalina::dialog {

void find_dates(const Tokens& tokens, std::chrono::local_days today, Mentions& out);

}  // namespace catalina::dialog
