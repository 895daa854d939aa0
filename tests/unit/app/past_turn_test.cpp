#include "app/past_turn.hpp"

#include <boost/asio/io_context.hpp>

#include "app/catalog_source.hpp"
#include "app/trained_model.hpp"
#include "dialog/words.hpp"
#include "engine/engine.hpp"
#include "store/outbox.hpp"
#include "store/pins.hpp"
#include "store/reader.hpp"
#include "support/catch.hpp"
#include "support/temp_dir.hpp"

using namespace catalina;

namespace {

std::shared_ptr<const dialog::Knowledge> knowledge_with(const std::string& before,
                                                        const std::string& after) {
  catalog::Files files = read_catalog({});
  for (catalog::File& file : files) {
    const auto at = before.empty() ? std::string::npos : file.text.find(before);
    if (at != std::string::npos) file.text.replace(at, before.size(), after);
  }
  return dialog::Knowledge::build(files, "1", built_in_model());
}

// One citizen, the real engine, a database to look back into.
struct Fixture {
  explicit Fixture(Millis patience = Millis(0))
      : engine(
            io.get_executor(), writer, knowledge, clock, [](engine::Committed) {}, {}, patience) {}

  test::TempDir dir;
  Clock clock = Clock::frozen_at(parse_utc("2026-11-23T14:00:00Z"));
  store::Writer writer{[this] {
                         store::WriterOptions options;
                         options.file = dir / "catalina.db";
                         return options;
                       }(),
                       clock};
  engine::CurrentKnowledge knowledge{knowledge_with("", "")};
  boost::asio::io_context io;
  engine::Engine engine;
  int count = 0;

  std::string say(const std::string& text, dialog::MessageKind kind = dialog::MessageKind::text,
                  const std::string& choice = "", const std::string& type = "text") {
    whatsapp::InboundMessage message;
    message.wamid = "wamid.in." + std::to_string(++count);
    message.kind = whatsapp::InboundKind::turn;
    message.type = type;
    message.from.phone = "573005550101";
    message.name = "Ana";
    message.sent_at = clock.now();
    message.content.sent_at = message.sent_at;
    message.content.kind = kind;
    message.content.text = text;
    message.content.choice = choice;
    const std::string wamid = message.wamid;
    whatsapp::Envelope envelope;
    envelope.messages.push_back(std::move(message));
    engine.receive_now(std::move(envelope));
    clock.advance(std::chrono::minutes(1));
    return wamid;
  }
  std::optional<PastTurn> find(const std::string& id) {
    return store::Reader(dir / "catalina.db").read([&](store::ReadTx& tx) {
      return find_turn(tx, id);
    });
  }
};

}  // namespace

TEST_CASE("any turn can be made again, and says the same to the letter") {
  Fixture bot;
  std::vector<std::string> wamids;
  wamids.push_back(bot.say("hola"));
  wamids.push_back(bot.say("¿Dónde pago el predial?"));
  wamids.push_back(bot.say("¿y qué necesito?"));  // of what it is stands in the turn before
  wamids.push_back(bot.say("Menú", dialog::MessageKind::choice, "menu", "interactive"));
  wamids.push_back(bot.say("", dialog::MessageKind::audio, "", "audio"));
  wamids.push_back(bot.say("xyzzy"));
  wamids.push_back(bot.say("xyzzy"));
  bot.clock.advance(std::chrono::hours(24 * 60));
  for (const std::string& wamid : wamids) {
    INFO(wamid);
    const auto past = bot.find(wamid);
    REQUIRE(past);
    CHECK(obstacle_to_replay(*past) == std::nullopt);
    CHECK(past->said.size() == 1);
    CHECK(compare(*past, replay(*past, *bot.knowledge.get())) == Likeness::same);
  }
}

TEST_CASE("words that waited for more are made again at the time they were answered") {
  Fixture bot(Millis(2000));
  const std::string wamid = bot.say("hola");
  bot.writer.run([&](store::WriteTx& tx) {
    const Time now = bot.clock.now();
    store::Pins::add(tx, {.text = "Hoy no hay agua.", .until = now + std::chrono::hours(1)}, "Ana",
                     now);
  });
  REQUIRE(bot.engine.release_now().outgoing.size() == 1);
  const auto past = bot.find(wamid);
  REQUIRE(past);
  CHECK_THAT(past->said.at(0), Catch::Contains("no hay agua"));
  CHECK(compare(*past, replay(*past, *bot.knowledge.get())) == Likeness::same);
}

TEST_CASE("what another catalog would say instead is told apart") {
  Fixture bot;
  const auto past = bot.find(bot.say("gracias"));
  REQUIRE(past);
  const auto thanks = bot.knowledge.get()->words->say(dialog::Text::welcome);
  const auto other_words = knowledge_with(thanks.substr(0, 10), "Con todo el gusto");
  CHECK(compare(*past, replay(*past, *other_words)) == Likeness::other_words);
  const auto other_rule = knowledge_with("\"objetivo\": \"intent:agradecimiento\"",
                                         "\"objetivo\": \"intent:despedida\"");
  CHECK(compare(*past, replay(*past, *other_rule)) == Likeness::other_answer);
}

TEST_CASE("a turn is found by its number, its message and its answer") {
  Fixture bot;
  bot.say("hola");
  const std::string wamid = bot.say("gracias");
  bot.writer.run([&](store::WriteTx& tx) {
    const auto unfinished = store::Outbox::unfinished(tx);
    REQUIRE(unfinished.size() == 2);
    store::Outbox::accepted(tx, unfinished[1].id, "wamid.out.2", bot.clock.now());
  });
  for (const std::string id : {"2", "wamid.in.2", "wamid.out.2"}) {
    INFO(id);
    const auto past = bot.find(id);
    REQUIRE(past);
    CHECK(past->record.wamid == wamid);
    CHECK(past->records.display_name == "Ana");
  }
  for (const std::string id : {"3", "-1", "", "wamid.out.3", "99999999999999999999"}) {
    INFO(id);
    CHECK_FALSE(bot.find(id));
  }
}

TEST_CASE("what cannot be made again says why") {
  Fixture bot;
  const auto obstacle = [&](const std::string& wamid) {
    return obstacle_to_replay(bot.find(wamid).value()).value_or("");
  };
  CHECK_THAT(obstacle(bot.say("", dialog::MessageKind::location, "", "location")),
             Catch::Contains("«location»"));
  const std::string early = bot.say("gracias");
  bot.writer.run([](store::WriteTx& tx) { tx.run("UPDATE inbound SET context = NULL"); });
  CHECK_THAT(obstacle(early), Catch::Contains("antes"));
  CHECK_THAT(obstacle(bot.say("un funcionario me pidió plata para darme la licencia")),
             Catch::Contains("corrupción"));
}
