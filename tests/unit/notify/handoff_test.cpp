#include "notify/handoff.hpp"

#include "support/catch.hpp"

using namespace catalina::notify;
using namespace std::chrono;

namespace {

// A moment by the clocks of Cartagena.
Time bogota(Date date, milliseconds time_of_day) {
  return Time(sys_days(date)) + time_of_day + 5h;
}

Time closing(Date date) {
  return bogota(date, 18h);
}

}  // namespace

TEST_CASE("a request in office hours is answered by the end of the next business day") {
  const HandoffTerm term = handoff_term(bogota(2026y / November / 18, 10h));
  CHECK(term.received == 2026y / November / 18);
  CHECK(term.due == closing(2026y / November / 19));
}

TEST_CASE("six in the afternoon is still today, a moment later is not") {
  const Time six = bogota(2026y / November / 18, 18h);
  CHECK(handoff_term(six).due == closing(2026y / November / 19));

  const HandoffTerm late = handoff_term(six + 1ms);
  CHECK(late.received == 2026y / November / 19);
  CHECK(late.due == closing(2026y / November / 20));
}

TEST_CASE("before the offices open it is already today") {
  CHECK(handoff_term(bogota(2026y / November / 18, 1min)).received == 2026y / November / 18);
}

TEST_CASE("late at night the date in UTC is not the date in Cartagena") {
  // 23:30 in Cartagena is already the 19th in UTC.
  const HandoffTerm term = handoff_term(bogota(2026y / November / 18, 23h + 30min));
  CHECK(term.received == 2026y / November / 19);
  CHECK(term.due == closing(2026y / November / 20));
}

TEST_CASE("what comes on a weekend or a holiday counts from the next business day") {
  SECTION("Saturday") {
    const HandoffTerm term = handoff_term(bogota(2026y / November / 21, 9h));
    CHECK(term.received == 2026y / November / 23);
    CHECK(term.due == closing(2026y / November / 24));
  }
  SECTION("Friday afternoon is due on Monday") {
    CHECK(handoff_term(bogota(2026y / November / 20, 17h)).due == closing(2026y / November / 23));
  }
  SECTION("Holy Week") {
    const HandoffTerm term = handoff_term(bogota(2026y / April / 2, 9h));
    CHECK(term.received == 2026y / April / 6);
    CHECK(term.due == closing(2026y / April / 7));
  }
  SECTION("the eve of New Year, after hours") {
    const HandoffTerm term = handoff_term(bogota(2026y / December / 31, 19h));
    CHECK(term.received == 2027y / January / 4);
    CHECK(term.due == closing(2027y / January / 5));
  }
}
