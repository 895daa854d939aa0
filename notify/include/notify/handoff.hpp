// By when a person answers a citizen who asked to talk to somebody: at the end of the business day
// after the reception, as every request is received (notify/calendar.hpp). This is the office's own
// term: the citizen is told only that it is read on business days.
#pragma once

#include "notify/calendar.hpp"

namespace catalina::notify {

struct HandoffTerm {
  Date received;  // the date the request counts as received
  Time due;       // the closing hour of the business day after it
};

HandoffTerm handoff_term(const Calendar& calendar, Time requested_at);

}  // namespace catalina::notify
