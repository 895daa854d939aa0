#include "notify/handoff.hpp"

namespace catalina::notify {

HandoffTerm handoff_term(const Calendar& calendar, Time requested_at) {
  const Date received = calendar.reception(requested_at).day;
  return {received,
          calendar.closing(calendar.end_of(received, 1, catalog::TermUnit::dias_habiles))};
}

}  // namespace catalina::notify
