// How the terms of the law are counted in this city: the national business days, the holidays of
// later laws, the days on which an act suspends the terms, and the hour at which the day closes.
//
// - Day 0 is the day of reception; counting begins on the next day (Ley 1755 of 2015, article 14).
// - What arrives after the closing hour, or on a day that is not a business day, counts as received
//   on the next business day. The hour is a proposed practice that the legal office has to approve.
// - Terms in months and in calendar days run from date to date; when the last day is not a business
//   day they end on the next one (Ley 4 of 1913, article 62).
// - A day that an act suspends does not count, in any unit. It is still a day on which something
//   can be received: the act stops terms, not the mail. So a suspension never changes day 0.
#pragma once

#include <span>

#include "catalog/legal_terms.hpp"
#include "notify/business_days.hpp"

namespace catalina::notify {

struct Reception {
  enum class Reason { same_day, after_hours, not_a_business_day };
  Date day;  // the day it counts as received
  Reason reason = Reason::same_day;

  // The citizen has to be told.
  bool moved() const { return reason != Reason::same_day; }
};

// Days of one request on which its term stands still, first and last included.
struct Pause {
  Date from;
  Date to;
};
using Pauses = std::span<const Pause>;

// A view: cheap to make and to copy; `law` must outlive it.
class Calendar {
 public:
  explicit Calendar(const catalog::LegalTerms& law) : law_(&law) {}

  bool is_business_day(Date date) const;
  // A business day on which neither an act nor a pause stops the terms.
  bool runs(Date date, Pauses pauses = {}) const;

  Reception reception(Time received) const;
  // The last moment of `day` that still belongs to it.
  Time closing(Date day) const;

  // The last day of a term that began on `day0`. Zero of any unit, and `inmediato`, end on `day0`
  // itself.
  Date end_of(Date day0, int count, catalog::TermUnit unit, Pauses pauses = {}) const;
  // The business days that run after `from` and until `to`, both dates in their order; negative
  // when `to` is the earlier one.
  int days_between(Date from, Date to, Pauses pauses = {}) const;

 private:
  bool suspended(Date date, Pauses pauses) const;

  const catalog::LegalTerms* law_;
};

}  // namespace catalina::notify
