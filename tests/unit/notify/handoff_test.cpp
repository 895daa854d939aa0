#include "notify/handoff.hpp"

#include "support/catch.hpp"
#include "unit/notify/examples.hpp"

using namespace catalina::notify;
using catalina::test::shipped_law;
using namespace std::chrono;

namespace {

HandoffTerm term_of(Time requested_at) {
  return handoff_term(Calendar(shipped_law()), requested_at);
}

// A moment by the clocks of Cartagena.
Time bogota(Date date, milliseconds time_of_day) {
  return Time(sys_days(date)) + time_of_day + 5h;
}

Time closing(Date date) {
  return bogota(date, 18h);
}

}  // namespace

TEST_CASE("a request in office hours is answered by the end of the next business day") {
  const HandoffTerm term = term_of(bogota(2026y / November / 18, 10h));
  CHECK(term.received == 2026y / November / 18);
  CHECK(term.due == closing(2026y / November / 19));
}

TEST_CASE("six in the afternoon is still today, a moment later is not") {
  const Time six = bogota(2026y / November / 18, 18h);
  CHECK(term_of(six).due == closing(2026y / November / 19));

  const HandoffTerm late = term_of(six + 1ms);
  CHECK(late.received == 2026y / November / 19);
  CHECK(late.due == closing(2026y / November / 20));
}

TEST_CASE("before the offices open it is already today") {
  CHECK(term_of(bogota(2026y / November / 18, 1min)).received == 2026y / November / 18);
}

TEST_CASE("late at night the date in UTC is not the date in Cartagena") {
  // 23:30 in Cartagena is already the 19th in UTC.
  const HandoffTerm term = term_of(bogota(2026y / November / 18, 23h + 30min));
  CHECK(term.received == 2026y / November / 19);
  CHECK(term.due == closing(2026y / November / 20));
}

TEST_CASE("what comes on a weekend or a holiday counts from the next business day") {
  SECTION("Saturday") {
    const HandoffTerm term = term_of(bogota(2026y / November / 21, 9h));
    CHECK(term.received == 2026y / November / 23);
    CHECK(term.due == closing(2026y / November / 24));
  }
  SECTION("Friday afternoon is due on Monday") {
    CHECK(term_of(bogota(2026y / November / 20, 17h)).due == closing(2026y / November / 23));
  }
  SECTION("Holy Week") {
    const HandoffTerm term = term_of(bogota(2026y / April / 2, 9h));
    CHECK(term.received == 2026y / April / 6);
    CHECK(term.due == closing(2026y / April / 7));
  }
  SECTION("the eve of New Year, after hours") {
    const HandoffTerm term = term_of(bogota(2026y / December / 31, 19h));
    CHECK(term.received == 2027y / January / 4);
    CHECK(term.due == closing(2027y / January / 5));
  }
}

TEST_CASE("an hour that the legal office approved and a day it suspended hold here, too") {
  catalina::catalog::LegalTerms law;
  law.closes_at = 17h;
  law.suspensions.push_back({2026y / November / 19, 2026y / November / 19, "Decreto 1", {}});
  const HandoffTerm term = handoff_term(Calendar(law), bogota(2026y / November / 17, 17h + 30min));
  CHECK(term.received == 2026y / November / 18);
  CHECK(term.due == bogota(2026y / November / 20, 17h));
}
