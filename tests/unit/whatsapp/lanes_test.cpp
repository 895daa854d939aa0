#include "whatsapp/lanes.hpp"

#include <map>

#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::whatsapp;
using namespace std::chrono_literals;
using store::Outgoing;
using Kind = Decision::Kind;

namespace {

const Time start = parse_utc("2026-11-21T14:30:00Z");

LaneLimits wide_open() {
  LaneLimits limits;
  limits.interval = 1us;
  limits.burst = 1000;
  limits.pair_interval = 1us;
  limits.pair_burst = 1000;
  limits.max_in_flight = 100;
  return limits;
}

Outgoing message(std::int64_t id, std::int64_t citizen, const std::string& reply_to = "wamid.in") {
  Outgoing row;
  row.id = id;
  row.citizen = citizen;
  row.content = R"({"type":"text","text":{"body":"x"}})";
  row.in_reply_to = reply_to;
  row.due_at = start;
  row.window_closes_at = start + 24h;
  return row;
}

// Lanes with messages 1, 2 … of the given citizens, all due at once.
struct Road {
  explicit Road(LaneLimits limits, std::initializer_list<std::int64_t> citizens = {})
      : lanes(limits) {
    for (const std::int64_t citizen : citizens) add(citizen);
  }
  void add(std::int64_t citizen) { lanes.add(message(++ids, citizen), start, false); }

  // The id of the next message that may go; 0 when none may.
  std::int64_t next(Time now = start) {
    auto item = lanes.next(now);
    const auto* send = std::get_if<Lanes::Send>(&item);
    if (send == nullptr) return 0;
    sent[send->message.id] = send->message;
    return send->message.id;
  }
  std::optional<Time> waits_until(Time now = start) {
    auto item = lanes.next(now);
    REQUIRE(std::holds_alternative<Lanes::Wait>(item));
    return std::get<Lanes::Wait>(item).until;
  }
  void finish(std::int64_t id, Kind kind, Time at = {}, const std::string& reason = "") {
    lanes.finish(sent.at(id), {kind, at, reason});
  }

  Lanes lanes;
  std::int64_t ids = 0;
  std::map<std::int64_t, Outgoing> sent;
};

}  // namespace

TEST_CASE("a citizen's messages go in order, one at a time, citizens side by side") {
  Road road(wide_open(), {7, 7, 8});
  CHECK(road.next() == 1);
  CHECK(road.next() == 3);
  CHECK(road.next() == 0);
  CHECK(road.waits_until() == std::nullopt);
  road.finish(1, Kind::done);
  CHECK(road.next() == 2);
}

TEST_CASE("no more go at once than there are connections") {
  LaneLimits limits = wide_open();
  limits.max_in_flight = 2;
  Road road(limits, {1, 2, 3});
  road.next();
  road.next();
  CHECK(road.next() == 0);
  road.finish(2, Kind::done);
  CHECK(road.next() == 3);
}

TEST_CASE("a message to be tried again keeps its place at the head of its lane") {
  Road road(wide_open(), {7, 7, 8});
  road.next();
  road.finish(1, Kind::retry, start + 4s);
  CHECK(road.next() == 3);
  CHECK(road.waits_until() == start + 4s);
  CHECK(road.next(start + 4s) == 1);
  CHECK(road.sent[1].attempts == 2);
  road.finish(1, Kind::give_up);
  CHECK(road.next(start + 4s) == 2);
}

TEST_CASE("alike endings are counted in a row") {
  Road road(wide_open(), {7});
  road.next();
  CHECK(road.lanes.count(road.sent[1], 131016) == 1);
  CHECK(road.lanes.count(road.sent[1], 131016) == 2);
  CHECK(road.lanes.count(road.sent[1], 131056) == 1);
  CHECK(road.lanes.count(road.sent[1], 131016) == 1);
}

TEST_CASE("one citizen's pacing holds nobody else up") {
  LaneLimits limits = wide_open();
  limits.pair_interval = 6s;
  limits.pair_burst = 2;
  Road road(limits, {7, 7, 7, 8});
  for (const std::int64_t id : {1, 2}) {
    CHECK(road.next() == id);
    road.finish(id, Kind::done);
  }
  CHECK(road.next() == 4);
  CHECK(road.waits_until() == start + 6s);
  CHECK(road.next(start + 6s) == 3);
}

TEST_CASE("the number's pacing holds everybody up, and inbound messages count in it") {
  LaneLimits limits = wide_open();
  limits.interval = 100ms;
  limits.burst = 2;
  Road road(limits, {1, 2, 3});
  road.lanes.count_inbound(1, start);
  CHECK(road.next() == 1);
  CHECK(road.waits_until() == start + 100ms);
  CHECK(road.next(start + 100ms) == 2);
  road.lanes.count_inbound(1'000'000, start + 100ms);
  CHECK(*road.waits_until(start + 100ms) <= start + 100ms + 1200ms);
}

TEST_CASE("a closed window ends a message unsent, except a template") {
  Road road(wide_open(), {7});
  Outgoing notice = message(2, 7);
  notice.content = R"({"type":"template","template":{"name":"aviso"}})";
  road.lanes.add(notice, start, false);
  auto item = road.lanes.next(start + 24h);
  REQUIRE(std::holds_alternative<Lanes::Expired>(item));
  CHECK(std::get<Lanes::Expired>(item).message.id == 1);
  CHECK(std::get<Lanes::Expired>(item).message.attempts == 0);
  CHECK(road.next(start + 24h) == 2);
}

TEST_CASE("who writes again keeps an older answer sendable") {
  Road road(wide_open(), {7});
  Outgoing newer = message(2, 7);
  newer.window_closes_at = start + 48h;
  road.lanes.add(newer, start + 25h, false);
  CHECK(road.next(start + 25h) == 1);
}

TEST_CASE("a message of unknown fate is held until its time or its receipt") {
  Road road(wide_open());
  road.lanes.add(message(1, 7), start + 30s, true);
  road.lanes.add(message(2, 8), start + 30s, true);
  CHECK(road.lanes.awaiting_receipt() == 2);
  CHECK(road.waits_until() == start + 30s);
  road.lanes.resolved(1);
  CHECK(road.lanes.awaiting_receipt() == 1);
  CHECK(road.next(start + 30s) == 2);
  CHECK(road.next(start + 30s) == 0);
}

TEST_CASE("a receipt that overtakes the answer settles the message, whatever the answer says") {
  Road road(wide_open(), {7, 7});
  road.next();
  road.lanes.resolved(1);
  road.finish(1, Kind::wait_for_receipt, start + 30s);
  CHECK(road.lanes.awaiting_receipt() == 0);
  CHECK(road.next() == 2);
  road.finish(2, Kind::retry, start + 1s);
  CHECK(road.next(start + 1s) == 2);
}

TEST_CASE("a receipt for a message further back, or for none, disturbs nothing") {
  Road road(wide_open(), {7, 7, 7});
  road.next();
  road.lanes.resolved(2);
  road.lanes.resolved(99);
  road.finish(1, Kind::done);
  CHECK(road.next() == 3);
}

TEST_CASE("a halt stops everything; one probe at a time finds out when it is over") {
  Road road(wide_open(), {1, 2, 3});
  road.next();
  road.finish(1, Kind::halt, start + 1min, "token");
  CHECK(road.lanes.halted() == "token");
  CHECK(road.waits_until() == start + 1min);
  const Time later = start + 1min;
  CHECK(road.next(later) == 2);
  CHECK(road.next(later) == 0);
  road.finish(2, Kind::halt, later + 1min, "token");
  CHECK(road.waits_until(later) == later + 1min);
  CHECK(road.next(later + 1min) == 3);
  road.finish(3, Kind::retry, later + 5min);  // says nothing about the token
  CHECK(road.lanes.halted() == "token");
  CHECK(road.next(later + 5min) == 1);
  road.finish(1, Kind::done);
  CHECK(road.lanes.halted().empty());
  CHECK(road.next(later + 5min) == 2);
  CHECK(road.next(later + 5min) == 3);
}

TEST_CASE("the first answer to a message is told from the next") {
  Lanes lanes(wide_open());
  const auto first_answer = [&](const Outgoing& row) {
    lanes.add(row, start, false);
    auto item = lanes.next(start);
    const auto& send = std::get<Lanes::Send>(item);
    lanes.finish(send.message, {Kind::done, {}, {}});
    return send.first_answer;
  };
  CHECK(first_answer(message(1, 7, "wamid.a")));
  CHECK_FALSE(first_answer(message(2, 7, "wamid.a")));
  CHECK(first_answer(message(3, 7, "wamid.b")));
  CHECK_FALSE(first_answer(message(4, 7, "")));
}

TEST_CASE("a message handed over twice is sent once") {
  Road road(wide_open(), {7});
  road.lanes.add(message(1, 7), start, false);
  road.next();
  road.finish(1, Kind::done);
  CHECK(road.next() == 0);
}

TEST_CASE("a clock that is set back holds nothing up for longer than it would have waited") {
  LaneLimits limits = wide_open();
  limits.interval = 1s;
  limits.burst = 1;
  limits.pair_interval = 6s;
  limits.pair_burst = 1;
  Road road(limits, {7, 8});
  CHECK(road.next() == 1);
  road.finish(1, Kind::retry, start + 10s);
  road.add(7);
  const Time before = start - 48h;
  CHECK(road.waits_until(before) == before + 1s);
  CHECK(road.next(before + 1s) == 2);
  road.finish(2, Kind::halt, before + 1min, "token");
  CHECK(road.waits_until(before - 1h) == before - 1h + 59s);  // of which one has passed
  CHECK(road.next(before - 1h + 59s) == 1);
  road.finish(1, Kind::done);
  CHECK(road.next(before - 1h + 60s) == 2);
  CHECK(road.waits_until(before - 1h + 60s) == before - 1h + 65s);
}

TEST_CASE("lanes are forgotten once their pacing is paid back") {
  LaneLimits limits = wide_open();
  limits.pair_interval = 6s;
  Road road(limits, {1, 2, 3});
  for (const std::int64_t id : {1, 2, 3}) {
    road.next();
    road.finish(id, Kind::done);
  }
  CHECK(road.next(start + 6s - 1ms) == 0);
  CHECK(road.lanes.size() == 3);
  CHECK(road.next(start + 6s) == 0);
  CHECK(road.lanes.size() == 0);
  CHECK(road.lanes.waiting() == 0);
}
