#include "emulator/webhook_queue.hpp"

#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::emulator;
using nlohmann::json;

namespace {

const Time start = parse_utc("2026-11-21T14:30:00Z");
const Identity identity;

Notification message(const std::string& id) {
  return {
      "messages", {{"metadata", json::object()}, {"messages", json::array({{{"id", id}}})}}, id};
}

Notification status(const std::string& id) {
  return {
      "messages", {{"metadata", json::object()}, {"statuses", json::array({{{"id", id}}})}}, {}};
}

std::vector<std::string> ids(const std::string& body, const char* list) {
  std::vector<std::string> found;
  const json parsed = json::parse(body);
  for (const json& change : parsed["entry"][0]["changes"])
    if (change["value"].contains(list))
      for (const json& item : change["value"][list]) found.push_back(item["id"]);
  return found;
}

}  // namespace

TEST_CASE("a delivery is retried at once, then at doubling distances up to an hour, for 7 days") {
  WebhookQueue queue;
  const Knobs knobs;
  queue.add(message("m1"), identity, knobs, start);
  std::vector<Millis> pauses;
  Time now = start;
  Time last = start;
  while (!queue.empty()) {
    const auto due = queue.next_due(knobs);
    REQUIRE(due);
    now = *due;
    const auto posts = queue.take_due(knobs, identity, now);
    REQUIRE(posts.size() == 1);
    pauses.push_back(now - last);
    last = now;
    CHECK(queue.answered(posts[0].id, false, now).empty());
  }
  using std::chrono::seconds;
  REQUIRE(pauses.size() > 16);
  CHECK(pauses[0] == Millis(0));
  CHECK(pauses[1] == Millis(0));
  CHECK(pauses[2] == seconds(1));
  CHECK(pauses[3] == seconds(2));
  CHECK(pauses[13] == seconds(2048));
  CHECK(pauses[14] == seconds(3600));
  CHECK(pauses.back() == seconds(3600));
  CHECK(last - start >= std::chrono::days(7));
  CHECK(last - start < std::chrono::days(7) + std::chrono::hours(1));
  CHECK(queue.totals().given_up == 1);
}

TEST_CASE("only so many POSTs are in flight at once") {
  WebhookQueue queue;
  Knobs knobs;
  knobs.webhooks_in_flight = 2;
  for (int i = 0; i < 5; ++i) queue.add(message("m" + std::to_string(i)), identity, knobs, start);
  const auto first = queue.take_due(knobs, identity, start);
  CHECK(first.size() == 2);
  CHECK(queue.take_due(knobs, identity, start).empty());
  CHECK_FALSE(queue.next_due(knobs));
  CHECK(queue.answered(first[0].id, true, start) == std::vector<std::string>{"m0"});
  CHECK(queue.take_due(knobs, identity, start).size() == 1);
}

TEST_CASE("a batch is closed when it is full or has waited long enough") {
  WebhookQueue queue;
  Knobs knobs;
  knobs.batch_size = 3;
  knobs.batch_wait = Millis(500);
  queue.add(message("m1"), identity, knobs, start);
  queue.add(status("s1"), identity, knobs, start);
  CHECK(queue.take_due(knobs, identity, start).empty());
  CHECK(queue.next_due(knobs) == start + Millis(500));
  queue.add(message("m2"), identity, knobs, start);
  const auto full = queue.take_due(knobs, identity, start);
  REQUIRE(full.size() == 1);
  CHECK(ids(full[0].body, "messages") == std::vector<std::string>{"m1", "m2"});
  CHECK(ids(full[0].body, "statuses") == std::vector<std::string>{"s1"});
  CHECK(queue.answered(full[0].id, true, start) == std::vector<std::string>{"m1", "m2"});
  queue.add(message("m3"), identity, knobs, start);
  CHECK(queue.take_due(knobs, identity, start + Millis(499)).empty());
  CHECK(queue.take_due(knobs, identity, start + Millis(500)).size() == 1);
}

TEST_CASE("what was held is released in the order asked for, and copies are posted too") {
  WebhookQueue queue;
  Knobs knobs;
  knobs.webhook_copies = 2;
  std::mt19937 random(1);
  queue.hold();
  queue.add(message("m1"), identity, knobs, start);
  queue.add(message("m2"), identity, knobs, start);
  CHECK(queue.take_due(knobs, identity, start).empty());
  CHECK_FALSE(queue.next_due(knobs));
  queue.release(Order::reversed, random);
  std::vector<std::string> order;
  for (const auto& post : queue.take_due(knobs, identity, start))
    order.push_back(ids(post.body, "messages").at(0));
  CHECK(order == std::vector<std::string>{"m2", "m2", "m1", "m1"});
}

TEST_CASE("raw bytes with a signature of their own are posted once, whatever the answer") {
  WebhookQueue queue;
  const Knobs knobs;
  queue.add_raw("{broken", "sha256=00", start);
  const auto posts = queue.take_due(knobs, identity, start);
  REQUIRE(posts.size() == 1);
  CHECK(posts[0].body == "{broken");
  CHECK(posts[0].signature == "sha256=00");
  queue.answered(posts[0].id, false, start);
  CHECK(queue.empty());
}
