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

TEST_CASE("every answer is stored with the catalog it came from and what decided") {
  Shipped bot;
  struct Sent {
    const char* text;
    const char* decision;
    dialog::MessageKind kind = dialog::MessageKind::text;
    const char* choice = "";
  };
  const std::vector<Sent> sent{
      {"hola", "talk"},
      {"¿Dónde pago el predial?", "answer"},
      {"¿y cuánto vale?", "answer"},
      {"Requisitos", "choice", dialog::MessageKind::choice, "tramite:predial-pagar:requisitos"},
      {"Menú", "choice", dialog::MessageKind::choice, "menu"},
      {"", "choice", dialog::MessageKind::choice, "nobody:sent:this"},
      {"👍", "talk"},
      {"", "media", dialog::MessageKind::audio},
      {"xyzzy plugh", "fallback"},
      {"CTG-2026-000001-7", "answer"},
      {"mi esposo me está pegando ahorita", "talk"}};
  for (std::size_t i = 0; i < sent.size(); ++i) {
    INFO(i << ' ' << sent[i].text);
    auto message = bot.text("wamid." + std::to_string(i), sent[i].text);
    message.content.kind = sent[i].kind;
    message.content.choice = sent[i].choice;
    bot.receive({message});
    const auto record = bot.record(message.wamid);
    REQUIRE(record);
    REQUIRE(record->why);
    CHECK(record->why->decision == sent[i].decision);
    CHECK(record->catalog_version == "1");
    CHECK_FALSE(record->why->evidence.empty());
    const bool answered = record->why->decision == "answer" || record->why->decision == "talk";
    if (answered) CHECK_FALSE(record->why->target.empty());
    CHECK(record->context.has_value());
  }
}

TEST_CASE("of a report of corruption only the decision is stored") {
  Shipped bot;
  bot.receive({bot.text("wamid.1", "un funcionario me pidió plata para darme la licencia")});
  const auto record = bot.record("wamid.1");
  REQUIRE(record);
  REQUIRE(record->why);
  CHECK_FALSE(record->why->decision.empty());
  CHECK(record->catalog_version == "1");
  CHECK(record->why->evidence.empty());
  CHECK(record->text == std::nullopt);
  CHECK(record->choice.empty());
  CHECK(record->context == std::nullopt);
}
