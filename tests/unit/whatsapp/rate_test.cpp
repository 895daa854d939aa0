#include "whatsapp/rate.hpp"

#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::whatsapp;
using namespace std::chrono_literals;

namespace {

const Time start = parse_utc("2026-11-21T14:30:00Z");

}  // namespace

TEST_CASE("a burst passes back to back and is paid back at the steady rate") {
  RateLimit limit(6s, 45);
  for (int i = 0; i < 45; ++i) CHECK(limit.try_take(start));
  CHECK_FALSE(limit.try_take(start));
  CHECK(limit.ready_at(start) == start + 6s);
  CHECK_FALSE(limit.try_take(start + 6s - 1ms));
  CHECK(limit.try_take(start + 6s));
  CHECK(limit.ready_at(start + 6s) == start + 12s);
}

TEST_CASE("what was borrowed is paid back by waiting, and no credit is saved beyond the burst") {
  RateLimit limit(6s, 3);
  for (int i = 0; i < 3; ++i) limit.take(start);
  CHECK_FALSE(limit.idle(start + 18s - 1ms));
  CHECK(limit.idle(start + 18s));
  CHECK(limit.idle_at() == start + 18s);
  for (int i = 0; i < 3; ++i) CHECK(limit.try_take(start + 24h));
  CHECK_FALSE(limit.try_take(start + 24h));
}

TEST_CASE("what passes without asking counts too") {
  RateLimit limit(1s, 1);
  limit.take(start);
  limit.take(start);
  CHECK(limit.ready_at(start) == start + 2s);
}

TEST_CASE("a fresh limit is idle and ready") {
  const RateLimit limit(1s, 1);
  CHECK(limit.idle(start));
  CHECK(limit.ready_at(start) == start);
}

TEST_CASE("intervals below the clock's millisecond keep their rate when the burst spans one") {
  RateLimit limit(100us, 20);
  Time now = start;
  for (int i = 0; i < 10'000; ++i) {
    now = limit.ready_at(now);
    limit.take(now);
  }
  CHECK(now - start >= 990ms);
  CHECK(now - start <= 1001ms);
}
