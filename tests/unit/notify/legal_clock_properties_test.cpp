// What holds for every term, on every day of the years 1984 to 2100, whatever happens to a request.
#include "notify/legal_clock.hpp"
#include "support/catch.hpp"
#include "unit/notify/examples.hpp"

using namespace catalina::notify;
using namespace catalina::test;
using catalina::catalog::LegalTerms;
using catalina::catalog::Term;
using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::local_days;
using std::chrono::minutes;

namespace {

Date later(Date day, int by) {
  return Date(local_days(day) + days(by));
}

Time moment(Date day, minutes of_day) {
  return at(iso(day), of_day);
}

Time any_moment(Date day, std::mt19937& random) {
  return moment(day, minutes(random() % (24 * 60)));
}

// The shipped terms, and acts that suspend some days of every year.
const LegalTerms& law_with_acts() {
  static const LegalTerms law = [] {
    LegalTerms with = shipped_law();
    for (const Date& day : days_of_every_year(1))
      with.suspensions.push_back({day, later(day, 3), "Decreto", day});
    return with;
  }();
  return law;
}

Event any_event(std::mt19937& random, Time at) {
  const Date day = bogota_date(at);
  switch (random() % 6) {
    case 0:
      return {at, CompletionAsked{}};
    case 1:
      return {at, MoreTimeGiven{}};
    case 2:
      return {at, Completed{}};
    case 3:
      return {at, Suspended{later(day, static_cast<int>(random() % 20) - 5),
                            later(day, static_cast<int>(random() % 20) - 2)}};
    case 4:
      return {at, Extended{static_cast<int>(random() % 35) - 2}};
    default:
      return random() % 4 == 0 ? Event{at, Ended{}} : Event{at, Completed{}};
  }
}

}  // namespace

TEST_CASE("every term ends on a business day, later for who comes later") {
  for (const Term& term : law_with_acts().terms) {
    CAPTURE(term.code);
    for (const Date& day : days_of_every_year(3)) {
      CAPTURE(iso(day));
      const LegalClock clock(law_with_acts(), term, moment(day, 9h));
      const Date due = clock.due().value();
      REQUIRE(is_business_day(due));
      REQUIRE(due > clock.reception().day);
      REQUIRE(clock.standing(clock.reception().day).business_days_left == term.count);
      REQUIRE(due <= LegalClock(law_with_acts(), term, moment(later(day, 1), 9h)).due());
      REQUIRE(due >= LegalClock(shipped_law(), term, moment(day, 9h)).due());
    }
  }
}

TEST_CASE("no extension goes beyond the double of the term") {
  for (const Term& term : law_with_acts().terms) {
    CAPTURE(term.code);
    for (const Date& day : days_of_every_year(1)) {
      CAPTURE(iso(day));
      const LegalClock clock(law_with_acts(), term, moment(day, 9h));
      const Date twice =
          Calendar(law_with_acts()).end_of(clock.reception().day, 2 * term.count, term.unit);
      for (const int by :
           {0, 1, term.longest_extension, term.longest_extension + 1, term.count, term.count + 1}) {
        CAPTURE(by);
        LegalClock extended = clock;
        const bool refused = extended.apply({moment(*clock.due(), 0h), Extended{by}}).has_value();
        REQUIRE(refused == (by < 1 || by > term.longest_extension));
        REQUIRE((refused ? extended.due() == clock.due() : extended.due() > clock.due()));
        REQUIRE(extended.due() <= twice);
        REQUIRE(is_business_day(*extended.due()));
      }
    }
  }
}

TEST_CASE("while the citizen completes it no day of the term is lost or won") {
  std::mt19937 random(17);
  const Term& term = *law_with_acts().find("PET");
  const Calendar calendar(law_with_acts());
  for (const Date& day : days_of_every_year(8)) {
    CAPTURE(iso(day));
    LegalClock clock(law_with_acts(), term, any_moment(day, random));
    const Date asked = later(clock.reception().day, static_cast<int>(random() % 9));
    if (asked > clock.ask_by()) continue;
    // Those that ran before the day on which it was asked for.
    const int used = calendar.days_between(clock.reception().day, asked) -
                     (asked > clock.reception().day && calendar.runs(asked) ? 1 : 0);
    // At the end of the day, so that it is asked for after it came.
    REQUIRE_FALSE(clock.apply({moment(asked, 24h - 1min), CompletionAsked{}}));
    const Time delivered = any_moment(later(asked, 1 + static_cast<int>(random() % 40)), random);
    REQUIRE_FALSE(clock.apply({delivered, Completed{}}));
    const Date resumes_after = calendar.reception(delivered).day;
    CAPTURE(iso(asked), iso(resumes_after), used);
    REQUIRE(calendar.days_between(resumes_after, *clock.due()) == term.count - used);
  }
}

TEST_CASE("whatever happens, the term only grows, and a refusal changes nothing") {
  std::mt19937 random(1755);
  int accepted = 0;
  int refused = 0;
  for (const Date& day : days_of_every_year(4)) {
    const Term& term = law_with_acts().terms[random() % law_with_acts().terms.size()];
    const Time received = any_moment(day, random);
    Time now = received;
    CAPTURE(iso(day), term.code);
    LegalClock clock(law_with_acts(), term, received);
    std::vector<Event> happened;
    Date due = *clock.due();
    for (int i = 0; i < 12; ++i) {
      now += minutes(random() % (6 * 24 * 60));
      const Event event = any_event(random, now);
      const Standing before = clock.standing(bogota_date(now));
      const auto due_before = clock.due();
      if (clock.apply(event)) {
        ++refused;
        REQUIRE(clock.due() == due_before);
        REQUIRE(clock.standing(bogota_date(now)).state == before.state);
        REQUIRE(clock.standing(bogota_date(now)).business_days_left == before.business_days_left);
        continue;
      }
      ++accepted;
      happened.push_back(event);
      REQUIRE(clock.due().has_value() != clock.citizen_due().has_value());
      if (!clock.due()) {
        REQUIRE(is_business_day(*clock.citizen_due()));
        continue;
      }
      REQUIRE(is_business_day(*clock.due()));
      REQUIRE(*clock.due() >= due);
      due = *clock.due();
    }
    // What was accepted is accepted again, and comes to the same.
    LegalClock again(law_with_acts(), term, received);
    for (const Event& event : happened) REQUIRE_FALSE(again.apply(event));
    REQUIRE(again.due() == clock.due());
    REQUIRE(again.citizen_due() == clock.citizen_due());
  }
  CHECK(accepted > 500);
  CHECK(refused > 500);
}
