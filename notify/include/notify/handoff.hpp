// By when a person answers a citizen who asked to talk to somebody.
//
// The rule is the proposed practice 5 of the legal terms of the project ("Cómo se cuenta"): what
// Catalina receives after 6:00 p. m., or on a day that is not a business day, counts as received on
// the next business day. The legal office of the city has to approve the hour. The answer is due at
// the end of the business day after the reception. This is the office's own term: the citizen is
// told only that it is read on business days.
#pragma once

#include "notify/business_days.hpp"

namespace catalina::notify {

inline constexpr std::chrono::hours day_closes_at{18};  // Bogotá

struct HandoffTerm {
  Date received;  // the date the request counts as received
  Time due;       // 18:00 in Bogotá on the business day after it
};

HandoffTerm handoff_term(Time requested_at);

}  // namespace catalina::notify
