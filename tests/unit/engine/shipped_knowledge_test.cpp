// The engine with what is shipped: the real catalog, the real dialog, the real JSON of the Cloud
// API.
#include <nlohmann/json.hpp>

#include "app/trained_model.hpp"
#include "engine_fixture.hpp"
#include "store/conversations.hpp"
#include "support/catch.hpp"
#include "support/config_files.hpp"

using namespace catalina;
using test::EngineFixture;

namespace {

struct Shipped : EngineFixture {
  Shipped() {
    knowledge.publish(dialog::Knowledge::build(test::config_files(), "1", built_in_model()));
    start_shipped();
  }
  void start_shipped() {
    engine.emplace(io.get_executor(), *writer, knowledge, clock, [](engine::Committed) {});
  }
};

}  // namespace

TEST_CASE("the shipped knowledge answers through the engine, and goes on after a restart") {
  Shipped bot;
  const auto greeting = bot.receive({bot.text("wamid.1", "hola")});
  REQUIRE(greeting.outgoing.size() == 1);
  CHECK(nlohmann::json::parse(greeting.outgoing[0].content).contains("type"));

  bot.restart();
  bot.start_shipped();
  const auto answer = bot.receive({bot.text("wamid.2", "¿Dónde pago el predial?")});
  REQUIRE(answer.outgoing.size() == 1);
  const auto record = bot.record("wamid.2");
  REQUIRE(record);
  CHECK(record->outcome == store::InboundOutcome::answered);
  CHECK_FALSE(record->why->decision.empty());
  CHECK(record->catalog_version == "1");
  const auto conversation = bot.read([&](store::ReadTx& tx) {
    return store::Conversations::load(tx, answer.outgoing[0].citizen);
  });
  CHECK(conversation.last_turn_at == bot.clock.now());
}
