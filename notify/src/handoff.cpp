#include "notify/handoff.hpp"

namespace catalina::notify {

HandoffTerm handoff_term(Time requested_at) {
  using namespace std::chrono;
  const auto closing = [](Date date) {
    return Time(sys_days(date)) + day_closes_at - bogota_offset;
  };

  const Date asked = bogota_date(requested_at);
  const bool in_time = is_business_day(asked) && requested_at <= closing(asked);

  HandoffTerm term;
  term.received = in_time ? asked : add_business_days(asked, 1);
  term.due = closing(add_business_days(term.received, 1));
  return term;
}

}  // namespace catalina::notify
