#include "notify/legal_clock.hpp"

#include "support/catch.hpp"
#include "unit/notify/examples.hpp"

using namespace catalina::notify;
using namespace catalina::test;
using namespace std::chrono_literals;
using catalina::catalog::LegalTerms;
using catalina::catalog::Term;
using catalina::catalog::TermUnit;

namespace {

LegalClock clock_of(const std::string& code, const std::string& received,
                    const LegalTerms& law = shipped_law()) {
  return {law, *law.find(code), at(received)};
}

std::string iso(const std::optional<Date>& day) {
  return day ? catalina::test::iso(*day) : "none";
}

std::string due(const LegalClock& clock) {
  return iso(clock.due());
}

template <typename What>
std::optional<Refusal> happens(LegalClock& clock, const std::string& day, What what,
                               std::chrono::minutes hour = 10h) {
  return clock.apply({at(day, hour), what});
}

void check_standing(const LegalClock& clock, const std::string& today, State state, int left) {
  CAPTURE(today);
  CHECK(clock.standing(date(today)).state == state);
  CHECK(clock.standing(date(today)).business_days_left == left);
}

constexpr auto accepted = std::nullopt;

}  // namespace

TEST_CASE("the worked examples of the legal terms") {
  struct Example {
    const char* received;
    const char* due[4];
  };
  const auto example =
      GENERATE(Example{"2026-03-20", {"2026-03-30", "2026-04-08", "2026-04-15", "2026-05-07"}},
               Example{"2026-03-30", {"2026-04-08", "2026-04-15", "2026-04-22", "2026-05-14"}},
               Example{"2026-10-30", {"2026-11-09", "2026-11-17", "2026-11-24", "2026-12-16"}},
               Example{"2026-12-18", {"2026-12-28", "2027-01-05", "2027-01-13", "2027-02-03"}});
  CAPTURE(example.received);
  for (const char* code : {"CGR", "DEF", "TRA"})
    CHECK(due(clock_of(code, example.received)) == example.due[0]);
  for (const char* code : {"INF", "DOC", "AUT", "COM", "HDC", "REC"})
    CHECK(due(clock_of(code, example.received)) == example.due[1]);
  for (const char* code : {"PET", "HDR", "DEN"})
    CHECK(due(clock_of(code, example.received)) == example.due[2]);
  CHECK(due(clock_of("CON", example.received)) == example.due[3]);
}

TEST_CASE("what comes after hours has a day more") {
  const LegalClock clock(shipped_law(), *shipped_law().find("CGR"), at("2026-03-20", 19h));
  CHECK(clock.reception().moved());
  CHECK(iso(clock.reception().day) == "2026-03-24");
  CHECK(due(clock) == "2026-03-31");
}

TEST_CASE("the standing tells what is left, and by how much it is late") {
  const LegalClock clock = clock_of("CGR", "2026-03-20");
  check_standing(clock, "2026-03-20", State::running, 5);
  check_standing(clock, "2026-03-24", State::running, 4);
  check_standing(clock, "2026-03-28", State::running, 1);  // a Saturday
  check_standing(clock, "2026-03-30", State::running, 0);
  check_standing(clock, "2026-03-31", State::overdue, -1);
  check_standing(clock, "2026-04-05", State::overdue, -2);
  const LegalClock friday = clock_of("CGR", "2026-05-08");
  REQUIRE(due(friday) == "2026-05-15");
  check_standing(friday, "2026-05-16", State::overdue, 0);
}

TEST_CASE("the term stands still while the citizen completes the request") {
  LegalClock clock = clock_of("PET", "2026-03-20");
  CHECK(iso(clock.ask_by()) == "2026-04-08");
  REQUIRE(happens(clock, "2026-03-25", CompletionAsked{}) == accepted);
  CHECK(due(clock) == "none");
  CHECK(iso(clock.citizen_due()) == "2026-04-27");  // the 25th is a Saturday
  check_standing(clock, "2026-04-24", State::waiting, 1);
  check_standing(clock, "2026-04-27", State::waiting, 0);
  CHECK(happens(clock, "2026-03-26", CompletionAsked{}) == Refusal::is_waiting);
  CHECK(happens(clock, "2026-03-26", Extended{5}) == Refusal::is_waiting);

  SECTION("and goes on the day after it is handed in") {
    REQUIRE(happens(clock, "2026-04-10", Completed{}) == accepted);
    CHECK(clock.citizen_due() == std::nullopt);
    CHECK(due(clock) == "2026-04-30");
    check_standing(clock, "2026-04-10", State::running, 14);  // one day had gone by before
    CHECK(happens(clock, "2026-04-11", Completed{}) == Refusal::not_waiting);
  }
  SECTION("which after hours is a day later") {
    REQUIRE(happens(clock, "2026-04-10", Completed{}, 19h) == accepted);
    CHECK(due(clock) == "2026-05-04");
  }
  SECTION("even on the day it was asked for, which then does not count") {
    REQUIRE(happens(clock, "2026-03-25", Completed{}, 15h) == accepted);
    CHECK(due(clock) == "2026-04-16");
  }
  SECTION("after whose month the request may be closed, and until then completed") {
    check_standing(clock, "2026-04-28", State::abandoned, -1);
    LegalClock closed = clock;
    REQUIRE(happens(clock, "2026-04-29", Completed{}) == accepted);
    check_standing(clock, "2026-04-30", State::running, 13);
    REQUIRE(happens(closed, "2026-04-29", Ended{}) == accepted);
    CHECK(happens(closed, "2026-04-30", Completed{}) == Refusal::has_ended);
    check_standing(closed, "2026-06-01", State::ended, -2);
  }
}

TEST_CASE("the citizen may ask once for a second month, before the first is over") {
  LegalClock clock = clock_of("PET", "2026-03-20");
  CHECK(happens(clock, "2026-03-24", MoreTimeGiven{}) == Refusal::not_waiting);
  REQUIRE(happens(clock, "2026-03-25", CompletionAsked{}) == accepted);
  LegalClock late = clock;
  CHECK(happens(late, "2026-04-28", MoreTimeGiven{}) == Refusal::citizen_too_late);
  REQUIRE(happens(clock, "2026-04-27", MoreTimeGiven{}) == accepted);
  CHECK(iso(clock.citizen_due()) == "2026-05-25");
  CHECK(happens(clock, "2026-04-28", MoreTimeGiven{}) == Refusal::no_more_time);
}

TEST_CASE("what is asked for anew gives the citizen a month anew") {
  LegalClock clock = clock_of("PET", "2026-03-20");
  REQUIRE(happens(clock, "2026-03-25", CompletionAsked{}) == accepted);
  REQUIRE(happens(clock, "2026-03-26", MoreTimeGiven{}) == accepted);
  REQUIRE(happens(clock, "2026-03-27", Completed{}) == accepted);
  REQUIRE(happens(clock, "2026-04-07", CompletionAsked{}) == accepted);
  CHECK(iso(clock.citizen_due()) == "2026-05-07");
  CHECK(happens(clock, "2026-04-08", MoreTimeGiven{}) == accepted);
}

TEST_CASE("what is missing is asked for in the first ten days, or it does not stop the term") {
  LegalClock clock = clock_of("PET", "2026-03-20");
  LegalClock late = clock;
  CHECK(happens(clock, "2026-04-08", CompletionAsked{}) == accepted);
  CHECK(happens(late, "2026-04-09", CompletionAsked{}) == Refusal::too_late_to_ask);
  CHECK(due(late) == "2026-04-15");

  SECTION("and not again when they are over") {
    REQUIRE(happens(clock, "2026-04-08", Completed{}, 15h) == accepted);
    CHECK(iso(clock.ask_by()) == "2026-04-08");
    CHECK(happens(clock, "2026-04-09", CompletionAsked{}) == Refusal::too_late_to_ask);
  }
  SECTION("and never after the term itself") {
    Term own = *shipped_law().find("PET");
    own.count = 3;
    LegalClock quick(shipped_law(), own, at("2026-03-20"));
    CHECK(iso(quick.ask_by()) == "2026-03-26");
    CHECK(happens(quick, "2026-03-27", CompletionAsked{}) == Refusal::too_late_to_ask);
  }
  SECTION("and not at all of Congress or another authority") {
    for (const char* code : {"CGR", "DEF", "AUT", "HDC"}) {
      LegalClock other = clock_of(code, "2026-03-20");
      CHECK(other.ask_by() == std::nullopt);
      CHECK(happens(other, "2026-03-24", CompletionAsked{}) == Refusal::not_completable);
    }
  }
}

TEST_CASE("an incomplete claim about personal data has its own days and months") {
  LegalClock clock = clock_of("HDR", "2026-03-20");
  CHECK(iso(clock.ask_by()) == "2026-03-30");
  CHECK(iso(clock.transfer_by()) == "2026-03-25");
  REQUIRE(happens(clock, "2026-03-25", CompletionAsked{}) == accepted);
  CHECK(iso(clock.citizen_due()) == "2026-05-25");
  CHECK(happens(clock, "2026-03-26", MoreTimeGiven{}) == Refusal::no_more_time);
}

TEST_CASE("a term is extended before it is over, once, and at most to its double") {
  LegalClock clock = clock_of("PET", "2026-03-20");
  CHECK(happens(clock, "2026-04-10", Extended{0}) == Refusal::extension_too_long);
  CHECK(happens(clock, "2026-04-10", Extended{-3}) == Refusal::extension_too_long);
  CHECK(happens(clock, "2026-04-10", Extended{16}) == Refusal::extension_too_long);
  CHECK(due(clock) == "2026-04-15");

  LegalClock late = clock;
  CHECK(happens(late, "2026-04-16", Extended{1}) == Refusal::extension_too_late);
  REQUIRE(happens(clock, "2026-04-15", Extended{15}, 23h) == accepted);  // the day is not over
  CHECK(due(clock) == "2026-05-07");
  CHECK(happens(clock, "2026-04-16", Extended{1}) == Refusal::extended_before);
}

TEST_CASE("some terms have an extension of their own, and some none") {
  LegalClock query = clock_of("HDC", "2026-03-20");
  CHECK(happens(query, "2026-03-24", Extended{6}) == Refusal::extension_too_long);
  REQUIRE(happens(query, "2026-03-24", Extended{5}) == accepted);
  CHECK(due(query) == "2026-04-15");

  LegalClock claim = clock_of("HDR", "2026-03-20");
  CHECK(happens(claim, "2026-03-24", Extended{9}) == Refusal::extension_too_long);
  REQUIRE(happens(claim, "2026-03-24", Extended{8}) == accepted);
  CHECK(due(claim) == "2026-04-27");

  for (const char* code : {"CGR", "DEF", "AUT", "TRA", "COM", "REC"}) {
    LegalClock other = clock_of(code, "2026-03-20");
    CHECK(happens(other, "2026-03-24", Extended{1}) == Refusal::not_extensible);
  }
}

TEST_CASE("documents that nobody refused in time are handed over within three days more") {
  LegalClock clock = clock_of("DOC", "2026-03-20");
  CHECK(iso(clock.hand_over_by()) == "2026-04-13");
  LegalClock incomplete = clock;
  REQUIRE(happens(incomplete, "2026-03-24", CompletionAsked{}) == accepted);
  CHECK(incomplete.hand_over_by() == std::nullopt);
  REQUIRE(happens(clock, "2026-04-08", Extended{5}) == accepted);
  CHECK(iso(clock.hand_over_by()) == "2026-04-20");
  CHECK(clock_of("INF", "2026-03-20").hand_over_by() == std::nullopt);
}

TEST_CASE("a request for another entity leaves in five days, and its term begins there anew") {
  LegalClock clock = clock_of("PET", "2026-03-20");
  CHECK(iso(clock.transfer_by()) == "2026-03-30");
  REQUIRE(happens(clock, "2026-03-27", Ended{}) == accepted);
  check_standing(clock, "2026-05-01", State::ended, 11);
  CHECK(happens(clock, "2026-03-28", CompletionAsked{}) == Refusal::has_ended);

  const Term& term = *shipped_law().find("PET");
  CHECK(due(LegalClock::from_day(shipped_law(), term, date("2026-03-30"))) == "2026-04-22");
  // A Saturday: Monday is the first of its days.
  CHECK(due(LegalClock::from_day(shipped_law(), *shipped_law().find("CGR"), date("2026-04-11"))) ==
        "2026-04-17");
  CHECK(clock_of("CGR", "2026-03-20").transfer_by() == std::nullopt);

  LegalClock there = LegalClock::from_day(shipped_law(), term, date("2026-03-30"));
  CHECK(happens(there, "2026-03-29", CompletionAsked{}, 23h) == Refusal::out_of_order);
  CHECK(happens(there, "2026-03-30", CompletionAsked{}, 0h) == accepted);
}

TEST_CASE("the terms of one request can be suspended") {
  LegalClock clock = clock_of("INF", "2026-10-30");
  const auto suspend = [&](const char* from, Date to) {
    return happens(clock, "2026-11-10", Suspended{date(from), to});
  };
  CHECK(suspend("2026-11-12", date("2026-11-11")) == Refusal::no_range);
  CHECK(suspend("2026-11-12", 2026y / 11 / 31) == Refusal::no_range);
  CHECK(suspend("2026-11-12", date("2100-12-31") + std::chrono::years(1)) == Refusal::no_range);
  REQUIRE(suspend("2026-11-11", date("2026-11-11")) == accepted);
  CHECK(due(clock) == "2026-11-18");
  check_standing(clock, "2026-11-10", State::running, 4);

  LegalClock documents = clock_of("DOC", "2026-10-30");
  REQUIRE(happens(documents, "2026-11-10", Suspended{date("2026-11-18"), date("2026-11-19")}) ==
          accepted);
  CHECK(iso(documents.hand_over_by()) == "2026-11-24");

  LegalClock waiting = clock_of("PET", "2026-10-30");
  REQUIRE(happens(waiting, "2026-11-03", CompletionAsked{}) == accepted);
  REQUIRE(happens(waiting, "2026-11-10", Suspended{date("2026-11-11"), date("2026-11-12")}) ==
          accepted);
  CHECK(iso(waiting.citizen_due()) == "2026-12-07");  // two days more, which are a weekend
}

TEST_CASE("an act or a holiday that comes later moves what is replayed") {
  LegalTerms law = shipped_law();
  const auto replayed = [&] {
    LegalClock clock = clock_of("PET", "2026-10-30", law);
    REQUIRE(happens(clock, "2026-11-05", CompletionAsked{}) == accepted);
    REQUIRE(happens(clock, "2026-11-09", Completed{}) == accepted);
    REQUIRE(happens(clock, "2026-11-20", Extended{2}) == accepted);
    return due(clock);
  };
  CHECK(replayed() == "2026-12-01");
  law.suspensions.push_back({date("2026-11-11"), date("2026-11-13"), "Decreto 1", {}});
  CHECK(replayed() == "2026-12-04");
  law.holidays.push_back({"Día nuevo", "Ley 1", std::chrono::month_day(12 / 2d), false, 2026y, {}});
  CHECK(replayed() == "2026-12-07");
}

TEST_CASE("nothing happens before it was received, nor before what happened last") {
  LegalClock clock = clock_of("PET", "2026-03-24");
  CHECK(happens(clock, "2026-03-20", CompletionAsked{}) == Refusal::out_of_order);
  REQUIRE(happens(clock, "2026-03-27", CompletionAsked{}) == accepted);
  CHECK(happens(clock, "2026-03-26", Completed{}) == Refusal::out_of_order);
  // What is refused is not the last thing that happened.
  CHECK(happens(clock, "2026-05-20", CompletionAsked{}) == Refusal::is_waiting);
  CHECK(happens(clock, "2026-03-30", Completed{}) == accepted);
}

TEST_CASE("the own terms of a tramite are counted like those of the law") {
  const auto own = [](int count, TermUnit unit) {
    Term term;
    term.count = count;
    term.unit = unit;
    return due(LegalClock(shipped_law(), term, at("2026-03-20")));
  };
  CHECK(own(2, TermUnit::meses) == "2026-05-20");
  CHECK(own(45, TermUnit::dias_calendario) == "2026-05-04");
  CHECK(own(0, TermUnit::inmediato) == "2026-03-20");
}
