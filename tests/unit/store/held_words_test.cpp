#include "store/held_words.hpp"

#include "store/citizens.hpp"
#include "store/inbound.hpp"
#include "store_fixture.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::store;

namespace {

const Time nine = parse_utc("2026-11-20T14:00:00Z");

// A citizen with one message, whose words are held until `due`.
std::int64_t hold(WriteTx& tx, const std::string& bsuid, const std::string& text, Time due) {
  const std::int64_t citizen = Citizens::meet(tx, {.bsuid = bsuid, .phone = ""}, "", "", nine).id;
  Held::keep(tx, {.inbound = Inbound::add(tx, test::inbound("wamid." + bsuid, citizen)),
                  .citizen = citizen,
                  .text = text,
                  .since = nine,
                  .due_at = due});
  return citizen;
}

}  // namespace

TEST_CASE("held words are taken once") {
  test::StoreFixture store;
  store.writer.run([&](WriteTx& tx) {
    const std::int64_t citizen = hold(tx, "CO.1", "hola", nine + Millis(2000));
    hold(tx, "CO.2", "buenas", nine + Millis(1000));
    CHECK(Held::next_due(tx) == nine + Millis(1000));
    CHECK(Held::count(tx) == 2);
    const auto held = Held::take(tx, citizen);
    REQUIRE(held);
    CHECK(held->text == "hola");
    CHECK(held->since == nine);
    CHECK(held->due_at == nine + Millis(2000));
    CHECK(Inbound::find(tx, held->inbound)->wamid == "wamid.CO.1");
    CHECK_FALSE(Held::take(tx, citizen));
    CHECK(Held::next_due(tx) == nine + Millis(1000));
  });
}

TEST_CASE("what is due comes in order, also what a clock set back has put far off") {
  test::StoreFixture store;
  store.writer.run([&](WriteTx& tx) {
    const std::int64_t later = hold(tx, "CO.1", "a", nine + Millis(1500));
    const std::int64_t sooner = hold(tx, "CO.2", "b", nine + Millis(500));
    const std::int64_t far = hold(tx, "CO.3", "c", nine + std::chrono::hours(5));
    const auto due = [&](Time now, int limit) {
      std::vector<std::int64_t> citizens;
      for (const HeldWords& held : Held::due(tx, now, now + Millis(2000), limit))
        citizens.push_back(held.citizen);
      return citizens;
    };
    CHECK(due(nine, 9) == std::vector{far});
    CHECK(due(nine + Millis(500), 9) == std::vector{sooner, far});
    CHECK(due(nine + Millis(1500), 9) == std::vector{sooner, later, far});
    CHECK(due(nine + Millis(1500), 1) == std::vector{sooner});
  });
}

TEST_CASE("where nothing is held nothing is due") {
  test::StoreFixture store;
  store.writer.run([](WriteTx& tx) {
    CHECK_FALSE(Held::next_due(tx));
    CHECK(Held::due(tx, nine, nine, 9).empty());
  });
}

TEST_CASE("what became of a held message replaces what was written of it before") {
  test::StoreFixture store;
  store.writer.run([](WriteTx& tx) {
    const std::int64_t citizen = hold(tx, "CO.1", "hola", nine);
    InboundRecord record = Inbound::find(tx, Held::take(tx, citizen)->inbound).value();
    CHECK(record.outcome == InboundOutcome::silent);
    record.outcome = InboundOutcome::answered;
    record.text = "hola";
    record.context = "{}";
    record.why.emplace().target = "intent:saludo";
    record.catalog_version = "7";
    record.took = std::chrono::microseconds(5);
    Inbound::settle(tx, record);
    const auto settled = Inbound::find(tx, "wamid.CO.1");
    CHECK(settled->outcome == InboundOutcome::answered);
    CHECK(settled->text == "hola");
    CHECK(settled->context == "{}");
    CHECK(settled->why->target == "intent:saludo");
    CHECK(settled->catalog_version == "7");
    CHECK(settled->took == std::chrono::microseconds(5));
    CHECK(settled->type == "text");
  });
}
