#include "core/clock.hpp"

#include "support/catch.hpp"

using namespace catalina;

TEST_CASE("a UTC time survives reading and writing") {
  CHECK(format_utc(parse_utc("2026-11-21T14:30:00Z")) == "2026-11-21T14:30:00Z");
  CHECK(parse_utc("1970-01-01T00:00:01.5Z").time_since_epoch() == Millis(1500));
}

TEST_CASE("what is not a UTC time is refused") {
  for (const char* text :
       {"", "2026-11-21", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-11-21T24:00:00Z",
        "2026-11-21T14:30:00", "2026-11-21T14:30:00Z ", "hoy"})
    CHECK_THROWS_AS(parse_utc(text), std::invalid_argument);
}

TEST_CASE("a frozen clock moves only when it is advanced, and tells its listeners") {
  Clock clock = Clock::frozen_at(parse_utc("2026-11-21T14:30:00Z"));
  int jumps = 0;
  clock.on_jump([&] { ++jumps; });
  clock.advance(std::chrono::hours(24));
  CHECK(format_utc(clock.now()) == "2026-11-22T14:30:00Z");
  CHECK(jumps == 1);
}

TEST_CASE("where the system's clock is set, the clock follows, forward and back") {
  static Time machine;
  machine = parse_utc("2026-11-23T08:00:00Z");  // two days ahead when the machine starts
  Clock clock([] { return machine; });
  clock.advance(std::chrono::hours(1));
  machine = parse_utc("2026-11-21T08:00:00Z");
  CHECK(format_utc(clock.now()) == "2026-11-21T09:00:00Z");
  machine = parse_utc("2026-11-21T20:00:00Z");
  CHECK(format_utc(clock.now()) == "2026-11-21T21:00:00Z");
}

TEST_CASE("people read and write the time of Cartagena") {
  CHECK(parse_local("2026-11-21 20:30") == parse_utc("2026-11-22T01:30:00Z"));
  CHECK(parse_local("2026-11-21T20:30") == parse_utc("2026-11-22T01:30:00Z"));
  CHECK(format_local(parse_utc("2026-11-22T01:30:59Z")) == "2026-11-21 20:30");
  for (const char* wrong : {"", "mañana", "2026-11-21", "2026-11-21t20:30", "2026-11-21 24:00",
                            "2026-02-30 10:00", "2026-11-21 20:30 ", "2026-11-21 2:30p",
                            "2026-11-21 20:+5", "2026- 1-21 20:30", "+026-11-21 20:30"}) {
    INFO(wrong);
    CHECK_THROWS_AS(parse_local(wrong), std::invalid_argument);
  }
}

TEST_CASE("a ticking clock starts where it is told") {
  const Time start = parse_utc("2026-11-21T14:30:00Z");
  const Clock clock = Clock::starting_at(start);
  CHECK(clock.now() >= start);
  CHECK(clock.now() < start + std::chrono::minutes(1));
}
