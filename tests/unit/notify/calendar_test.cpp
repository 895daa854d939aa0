#include "notify/calendar.hpp"

#include "support/catch.hpp"
#include "unit/notify/examples.hpp"

using namespace catalina::notify;
using namespace catalina::test;
using namespace std::chrono_literals;
using catalina::catalog::LegalTerms;
using catalina::catalog::NewHoliday;
using catalina::catalog::Suspension;
using catalina::catalog::TermUnit;
using std::chrono::month_day;
using Reason = Reception::Reason;

namespace {

const LegalTerms national;

LegalTerms suspended(const std::string& from, const std::string& to) {
  LegalTerms law;
  law.suspensions.push_back({date(from), date(to), "Decreto 1", date(from)});
  return law;
}

std::string end(const LegalTerms& law, const std::string& day0, int count,
                TermUnit unit = TermUnit::dias_habiles) {
  return iso(Calendar(law).end_of(date(day0), count, unit));
}

}  // namespace

TEST_CASE("a term of no days, and one to answer at once, end on day 0") {
  CHECK(end(national, "2026-04-03", 0) == "2026-04-03");
  CHECK(end(national, "2026-04-03", -2) == "2026-04-03");
  CHECK(end(national, "2026-04-03", 7, TermUnit::inmediato) == "2026-04-03");
}

TEST_CASE("what comes until the closing hour of a business day is received on it") {
  const Calendar calendar(national);
  CHECK(calendar.reception(at("2026-03-20", 1min)).day == date("2026-03-20"));
  CHECK_FALSE(calendar.reception(at("2026-03-20", 18h)).moved());
  CHECK(calendar.reception(at("2026-03-20", 18h)).day == date("2026-03-20"));
}

TEST_CASE("what comes later, or on another day, is received on the next business day and why") {
  struct Example {
    const char* day;
    std::chrono::minutes hour;
    const char* received;
    Reason reason;
  };
  const auto example = GENERATE(
      // The Monday after this Friday is San José.
      Example{"2026-03-20", 18h + 1min, "2026-03-24", Reason::after_hours},
      Example{"2026-03-20", 23h + 59min, "2026-03-24", Reason::after_hours},
      Example{"2026-03-21", 9h, "2026-03-24", Reason::not_a_business_day},
      Example{"2026-03-21", 20h, "2026-03-24", Reason::not_a_business_day},
      Example{"2026-03-23", 9h, "2026-03-24", Reason::not_a_business_day},
      Example{"2026-04-01", 19h, "2026-04-06", Reason::after_hours},  // Holy Week
      Example{"2026-12-31", 19h, "2027-01-04", Reason::after_hours});
  CAPTURE(example.day);
  const Reception reception = Calendar(national).reception(at(example.day, example.hour));
  CHECK(reception.moved());
  CHECK(iso(reception.day) == example.received);
  CHECK(reception.reason == example.reason);
}

TEST_CASE("the closing hour is the configured one, to the minute") {
  LegalTerms law;
  law.closes_at = 16h + 30min;
  CHECK_FALSE(Calendar(law).reception(at("2026-03-24", 16h + 30min)).moved());
  CHECK(Calendar(law).reception(at("2026-03-24", 16h + 31min)).moved());
}

TEST_CASE("months run from date to date, and to the next business day") {
  CHECK(end(national, "2026-05-12", 1, TermUnit::meses) == "2026-06-12");
  CHECK(end(national, "2026-03-25", 1, TermUnit::meses) == "2026-04-27");  // a Saturday
  CHECK(end(national, "2026-11-08", 1, TermUnit::meses) == "2026-12-09");  // a holiday
  CHECK(end(national, "2026-10-15", 3, TermUnit::meses) == "2027-01-15");
  CHECK(end(national, "2026-04-06", 12, TermUnit::meses) == "2027-04-06");
}

TEST_CASE("a month from a day that the next one lacks ends on its last day") {
  CHECK(end(national, "2028-01-31", 1, TermUnit::meses) == "2028-02-29");
  CHECK(end(national, "2025-01-31", 1, TermUnit::meses) == "2025-02-28");
  CHECK(end(national, "2026-01-31", 1, TermUnit::meses) == "2026-03-02");  // from a Saturday
  CHECK(end(national, "2026-08-31", 1, TermUnit::meses) == "2026-09-30");
}

TEST_CASE("calendar days count Saturdays and holidays, and end on a business day") {
  CHECK(end(national, "2026-03-20", 5, TermUnit::dias_calendario) == "2026-03-25");
  CHECK(end(national, "2026-03-20", 13, TermUnit::dias_calendario) == "2026-04-06");
}

TEST_CASE("a suspended day does not count") {
  // The Wednesday of the feasts of independence.
  CHECK(end(national, "2026-10-30", 10) == "2026-11-17");
  CHECK(end(suspended("2026-11-11", "2026-11-11"), "2026-10-30", 10) == "2026-11-18");
  // Of a range that holds a weekend and a holiday, only the business days are added.
  CHECK(end(suspended("2026-11-11", "2026-11-17"), "2026-10-30", 10) == "2026-11-23");
}

TEST_CASE("suspensions without a business day, over before, or not begun at the end add nothing") {
  for (const auto& [from, to] :
       {std::pair("2026-11-14", "2026-11-16"), std::pair("2026-10-01", "2026-10-30"),
        std::pair("2026-11-18", "2026-11-30")}) {
    CAPTURE(from);
    CHECK(end(suspended(from, to), "2026-10-30", 10) == "2026-11-17");
  }
}

TEST_CASE("a day that two acts suspend is left out once") {
  LegalTerms law = suspended("2026-11-03", "2026-11-05");
  law.suspensions.push_back({date("2026-11-05"), date("2026-11-06"), "Decreto 2", {}});
  CHECK(end(law, "2026-10-30", 10) == "2026-11-23");
}

TEST_CASE("what is received while the terms are suspended counts from the first day after it") {
  const LegalTerms law = suspended("2026-11-03", "2026-11-06");
  const Reception reception = Calendar(law).reception(at("2026-11-04"));
  CHECK(iso(reception.day) == "2026-11-04");
  CHECK_FALSE(reception.moved());
  CHECK(end(law, "2026-11-04", 1) == "2026-11-09");
}

TEST_CASE("a suspension makes terms in months longer by its days") {
  const LegalTerms law = suspended("2026-06-01", "2026-06-10");
  CHECK(end(law, "2026-05-12", 1, TermUnit::meses) == "2026-06-22");
  // Nothing ends on a suspended day.
  CHECK(end(suspended("2026-06-12", "2026-06-12"), "2026-05-12", 1, TermUnit::meses) ==
        "2026-06-16");
}

TEST_CASE("pauses of one request are left out like suspensions") {
  const Pause pause{date("2026-11-11"), date("2026-11-11")};
  const Calendar calendar(national);
  CHECK(iso(calendar.end_of(date("2026-10-30"), 10, TermUnit::dias_habiles, {&pause, 1})) ==
        "2026-11-18");
  CHECK(calendar.days_between(date("2026-10-30"), date("2026-11-17"), {&pause, 1}) == 9);
}

TEST_CASE("a law makes a new holiday") {
  LegalTerms law;
  SECTION("from a year on, and until it is repealed") {
    law.holidays.push_back({"Día nuevo", "Ley 1", month_day(3 / 4d), false, 2026y, 2027y});
    const Calendar calendar(law);
    CHECK(calendar.is_business_day(date("2025-03-04")));
    CHECK_FALSE(calendar.is_business_day(date("2026-03-04")));
    CHECK_FALSE(calendar.is_business_day(date("2027-03-04")));
    CHECK(calendar.is_business_day(date("2030-03-04")));
    CHECK(calendar.reception(at("2026-03-04")).reason == Reason::not_a_business_day);
    CHECK(end(law, "2026-03-03", 1) == "2026-03-05");
  }
  SECTION("that moves to Monday, even into the next year") {
    law.holidays.push_back({"Fin de año", "Ley 2", month_day(12 / 31d), true, 2027y, {}});
    const Calendar calendar(law);
    CHECK(calendar.is_business_day(date("2027-12-31")));  // a Friday
    CHECK_FALSE(calendar.is_business_day(date("2028-01-03")));
    CHECK(calendar.is_business_day(date("2027-01-04")));        // in 2026 there was none
    CHECK_FALSE(calendar.is_business_day(date("2029-12-31")));  // a Monday
  }
  SECTION("on a day that not every year has") {
    law.holidays.push_back({"Bisiesto", "Ley 3", month_day(2 / 29d), true, 2026y, {}});
    CHECK_FALSE(Calendar(law).is_business_day(date("2028-03-06")));
    CHECK(Calendar(law).is_business_day(date("2027-03-01")));  // a Monday
  }
}

TEST_CASE("days between two dates are those that run, the first one left out") {
  const Calendar calendar(national);
  CHECK(calendar.days_between(date("2026-03-20"), date("2026-03-20")) == 0);
  CHECK(calendar.days_between(date("2026-03-20"), date("2026-03-23")) == 0);
  CHECK(calendar.days_between(date("2026-03-20"), date("2026-04-15")) == 15);
  CHECK(calendar.days_between(date("2026-04-15"), date("2026-03-20")) == -15);
}

TEST_CASE("terms end on business days, grow with their days and add up, in every year") {
  LegalTerms law;
  for (const Date& day : days_of_every_year(1))
    law.suspensions.push_back(
        {day, Date(std::chrono::local_days(day) + std::chrono::days(4)), "Decreto", day});
  const Calendar calendar(law);
  for (const Date& start : days_of_every_year(8)) {
    CAPTURE(iso(start));
    Date previous = start;
    for (int count = 1; count <= 16; ++count) {
      const Date due = calendar.end_of(start, count, TermUnit::dias_habiles);
      REQUIRE(calendar.runs(due));
      REQUIRE(is_business_day(due));
      REQUIRE(due > previous);
      REQUIRE(due == calendar.end_of(previous, 1, TermUnit::dias_habiles));
      REQUIRE(calendar.days_between(start, due) == count);
      REQUIRE(due >= Calendar(national).end_of(start, count, TermUnit::dias_habiles));
      previous = due;
    }
  }
}

TEST_CASE("months end on a business day, never early, at most a long weekend late") {
  const Calendar calendar(national);
  for (const Date& start : days_of_every_year(8)) {
    CAPTURE(iso(start));
    Date previous = start;
    for (const int count : {1, 2, 3, 12}) {
      const Date due = calendar.end_of(start, count, TermUnit::meses);
      const Date month = Date(start.year() / start.month() / 1) + std::chrono::months(count);
      const Date last = month.year() / month.month() / std::chrono::last;
      const Date same(month.year() / month.month() / std::min(start.day(), last.day()));
      REQUIRE(is_business_day(due));
      REQUIRE(due > previous);
      REQUIRE(due >= same);
      REQUIRE(std::chrono::local_days(due) - std::chrono::local_days(same) <= std::chrono::days(5));
      previous = due;
    }
  }
}

TEST_CASE("whatever the hour, it is received on a business day and never before it came") {
  const Calendar calendar(national);
  std::mt19937 random(62);
  for (const Date& day : days_of_every_year(8)) {
    CAPTURE(iso(day));
    const auto hour = std::chrono::minutes(random() % (24 * 60));
    const Reception reception = calendar.reception(at(iso(day), hour));
    REQUIRE(is_business_day(reception.day));
    REQUIRE(reception.day >= day);
    REQUIRE(reception.moved() == (reception.day != day));
    REQUIRE(calendar.days_between(day, reception.day) == (reception.moved() ? 1 : 0));
  }
}
