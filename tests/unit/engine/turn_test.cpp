// What one envelope leads to, message by message.
#include "engine_fixture.hpp"
#include "notify/handoff.hpp"
#include "store/conversations.hpp"
#include "store/events.hpp"
#include "store/handoffs.hpp"
#include "store/media_jobs.hpp"
#include "support/catch.hpp"

using namespace catalina;
using store::InboundOutcome;
using store::ReadTx;
using test::EngineFixture;
using whatsapp::InboundKind;
using Contents = std::vector<std::string>;

TEST_CASE("a message is answered, and all of its turn is on disk when receive returns") {
  EngineFixture bot;
  auto message = bot.text("wamid.1", "hola");
  message.quoted_wamid = "wamid.q";
  message.referral_json = R"({"source_id":"1"})";
  const auto committed = bot.receive({message});

  REQUIRE(committed.outgoing.size() == 1);
  CHECK(committed.outgoing[0].content == "eco: hola");
  CHECK(committed.outgoing[0].in_reply_to == "wamid.1");
  CHECK(committed.outgoing[0].to.bsuid == "CO.1");
  CHECK(committed.outgoing[0].window_closes_at == bot.clock.now() + std::chrono::hours(24));
  CHECK_FALSE(committed.media);

  CHECK(bot.read([](ReadTx& tx) { return store::Outbox::unfinished(tx).size(); }) == 1);
  const auto record = bot.record("wamid.1");
  REQUIRE(record);
  CHECK(record->outcome == InboundOutcome::answered);
  CHECK(record->citizen == committed.outgoing[0].citizen);
  CHECK(record->text == "hola");
  CHECK(record->why->target == "faq:eco");
  CHECK(record->why->evidence == "Ana");  // the display name reached the step
  CHECK(record->catalog_version == "7");
  CHECK(record->quoted_wamid == "wamid.q");
  CHECK(record->referral_json == message.referral_json);
}

TEST_CASE("the conversation goes on from message to message, and over a restart") {
  EngineFixture bot;
  bot.receive({bot.text("wamid.1", "uno")});
  bot.receive({bot.text("wamid.2", "otra", "CO.2")});
  bot.restart();
  const auto committed = bot.receive({bot.text("wamid.3", "dos")});
  const auto conversation = bot.read(
      [&](ReadTx& tx) { return store::Conversations::load(tx, committed.outgoing[0].citizen); });
  CHECK(conversation.topic == "uno dos ");
  CHECK(conversation.misunderstood == 2);
}

TEST_CASE("a message is answered once, however often and wherever it comes again") {
  EngineFixture bot;
  const auto message = bot.text("wamid.1", "hola");
  CHECK(bot.receive({message, message}).outgoing.size() == 1);
  CHECK(bot.receive({message}).outgoing.empty());
  bot.restart();
  CHECK(bot.receive({message}).outgoing.empty());
  bot.clock.advance(std::chrono::hours(24 * 400));
  CHECK(bot.receive({message}).outgoing.empty());
  CHECK(bot.number("SELECT COUNT(*) FROM inbound") == 1);
  CHECK(bot.number("SELECT COUNT(*) FROM outgoing") == 1);
}

TEST_CASE("messages of one request are taken in the order they were written") {
  EngineFixture bot;
  auto first = bot.text("wamid.1", "primero");
  auto second = bot.text("wamid.2", "segundo");
  auto third = bot.text("wamid.3", "tercero");
  first.sent_at -= std::chrono::seconds(2);
  second.sent_at -= std::chrono::seconds(1);
  CHECK(EngineFixture::contents(bot.receive({third, first, second})) ==
        Contents{"eco: primero", "eco: segundo", "eco: tercero"});
  // The same second: as they came.
  CHECK(EngineFixture::contents(bot.receive(
            {bot.text("wamid.4", "a"), bot.text("wamid.5", "b")})) == Contents{"eco: a", "eco: b"});
}

TEST_CASE("a message older than a day is remembered, without its words, and not answered") {
  EngineFixture bot;
  auto old = bot.text("wamid.old", "hola");
  old.sent_at -= std::chrono::hours(24) + Millis(1);
  auto just = bot.text("wamid.just", "hola");
  just.sent_at -= std::chrono::hours(24);
  const auto committed = bot.receive({old, just});
  CHECK(committed.outgoing.size() == 1);
  CHECK(committed.stale == 1);
  const auto record = bot.record("wamid.old");
  REQUIRE(record);
  CHECK(record->outcome == InboundOutcome::stale);
  CHECK(record->text == std::nullopt);
  CHECK(record->citizen.has_value());
}

TEST_CASE("a clock that runs ahead at Meta does not lengthen the window") {
  EngineFixture bot;
  auto ahead = bot.text("wamid.1", "hola");
  ahead.sent_at += std::chrono::hours(5);
  const auto committed = bot.receive({ahead});
  REQUIRE(committed.outgoing.size() == 1);
  CHECK(committed.outgoing[0].window_closes_at == bot.clock.now() + std::chrono::hours(24));
}

TEST_CASE("a turn that throws is undone alone, recorded, apologised for and never tried again") {
  const std::string poison = GENERATE("throw", "throw an int", "unrenderable");
  EngineFixture bot;
  bot.receive({bot.text("wamid.0", "antes")});
  const auto committed = bot.receive({bot.text("wamid.1", "uno"), bot.text("wamid.2", poison),
                                      bot.text("wamid.3", "dos", "CO.2")});
  const auto answers = EngineFixture::contents(committed);
  REQUIRE(answers.size() == 3);
  CHECK(answers[0] == "eco: uno");
  CHECK_THAT(answers[1], Catch::Contains("tuve un problema"));
  CHECK(answers[2] == "eco: dos");

  const auto record = bot.record("wamid.2");
  REQUIRE(record);
  CHECK(record->outcome == InboundOutcome::failed);
  CHECK_FALSE(record->error.empty());
  CHECK(record->text == std::nullopt);
  const auto conversation = bot.read(
      [&](ReadTx& tx) { return store::Conversations::load(tx, committed.outgoing[0].citizen); });
  CHECK(conversation.topic == "antes uno ");
  CHECK(bot.receive({bot.text("wamid.2", poison)}).outgoing.empty());
  CHECK(bot.number("SELECT COUNT(*) FROM inbound") == 4);
}

TEST_CASE("silence can be the right answer, and words that must not be kept are not") {
  EngineFixture bot;
  CHECK(bot.receive({bot.text("wamid.1", "silence")}).outgoing.empty());
  CHECK(bot.record("wamid.1")->outcome == InboundOutcome::silent);
  CHECK(bot.receive({bot.text("wamid.2", "secret")}).outgoing.size() == 1);
  CHECK(bot.record("wamid.2")->text == std::nullopt);
  CHECK(bot.record("wamid.2")->why->evidence.empty());
  CHECK(bot.record("wamid.2")->context == std::nullopt);
}

TEST_CASE("what a turn started from is kept with it, so that it can be made again") {
  EngineFixture bot;
  bot.receive({bot.text("wamid.1", "uno")});
  auto tap = bot.text("wamid.2", "Menú");
  tap.content.kind = dialog::MessageKind::choice;
  tap.content.choice = "menu";
  bot.receive({tap});
  const auto record = bot.record("wamid.2");
  CHECK(record->choice == "menu");
  REQUIRE(record->context);
  CHECK(dialog::Conversation::from_json(*record->context).topic == "uno ");
}

TEST_CASE("asking for a person leaves a hand-off with its legal due time, a form an event") {
  EngineFixture bot;
  const auto committed = bot.receive({bot.text("wamid.1", "person"), bot.text("wamid.2", "form")});
  const auto citizen = committed.outgoing[0].citizen;
  const auto handoffs =
      bot.read([&](ReadTx& tx) { return store::Handoffs::of_citizen(tx, citizen); });
  REQUIRE(handoffs.size() == 1);
  CHECK(handoffs[0].reason == "pide persona");
  CHECK(handoffs[0].requested_at == bot.clock.now());
  const notify::Calendar calendar(bot.catalog()->legal_terms());
  CHECK(handoffs[0].due_at == notify::handoff_term(calendar, bot.clock.now()).due);

  const auto events = bot.read([](ReadTx& tx) { return store::Events::latest(tx, "form", 9); });
  REQUIRE(events.size() == 1);
  CHECK(events[0].body == R"({"a":1})");
  CHECK(events[0].citizen == citizen);
}

TEST_CASE("a file that comes with a message is queued for download") {
  EngineFixture bot;
  auto photo = bot.text("wamid.1", "mira");
  photo.media = whatsapp::Media{"1234567", "image/jpeg", "foto.jpg", "abc="};
  CHECK(bot.receive({photo}).media);
  const auto jobs =
      bot.read([&](ReadTx& tx) { return store::MediaJobs::due(tx, bot.clock.now(), 9); });
  REQUIRE(jobs.size() == 1);
  CHECK(jobs[0].media.id == "1234567");
  CHECK(bot.number("SELECT id FROM inbound WHERE wamid = 'wamid.1'") == jobs[0].inbound);
}

TEST_CASE("a file of a turn whose words may not be kept is not fetched") {
  EngineFixture bot;
  auto photo = bot.text("wamid.1", "secret");
  photo.media = whatsapp::Media{"1234567", "image/jpeg", "sobre.jpg", "abc="};
  CHECK_FALSE(bot.receive({photo}).media);
  CHECK(bot.number("SELECT COUNT(*) FROM media_jobs") == 0);
}

TEST_CASE("reactions and messages from nobody are remembered and lead to nothing") {
  EngineFixture bot;
  auto reaction = bot.text("wamid.1", "👍");
  reaction.kind = InboundKind::silent;
  reaction.type = "reaction";
  auto nobody = bot.text("wamid.2", "hola", "");
  CHECK(bot.receive({reaction, nobody}).outgoing.empty());
  CHECK(bot.record("wamid.1")->outcome == InboundOutcome::silent);
  CHECK(bot.record("wamid.2")->outcome == InboundOutcome::unidentified);
  CHECK(bot.number("SELECT COUNT(*) FROM citizens") == 0);
}

TEST_CASE("a citizen who changes number keeps the conversation, and gets no answer to the notice") {
  EngineFixture bot;
  bot.receive({bot.text("wamid.1", "uno", "CO.1")});
  CHECK(bot.receive({bot.identity_change("wamid.2", "CO.1", "CO.9")}).outgoing.empty());
  const auto committed = bot.receive({bot.text("wamid.3", "dos", "CO.9")});
  CHECK(bot.record("wamid.1")->citizen == committed.outgoing[0].citizen);
  CHECK(bot.record("wamid.2")->citizen == committed.outgoing[0].citizen);
  CHECK(bot.number("SELECT COUNT(*) FROM citizens") == 1);
}

TEST_CASE("receipts move outgoing rows; account news is kept as it came") {
  EngineFixture bot;
  const auto id = bot.receive({bot.text("wamid.1", "hola")}).outgoing[0].id;
  whatsapp::Receipt receipt;
  receipt.wamid = "wamid.out";
  receipt.opaque = store::Outbox::opaque(bot.writer->store_id(), id);
  receipt.status = whatsapp::ReceiptStatus::delivered;
  whatsapp::Envelope envelope;
  envelope.receipts = {receipt, receipt};
  envelope.account_events = {{"account_update", R"({"event":"X"})"}};
  CHECK(bot.engine->receive_now(envelope).receipts == std::vector<std::int64_t>{id});

  const auto events =
      bot.read([](ReadTx& tx) { return store::Events::latest(tx, "account:account_update", 9); });
  REQUIRE(events.size() == 1);
  CHECK(events[0].body == R"({"event":"X"})");
  CHECK(events[0].citizen == std::nullopt);
}

TEST_CASE("a catalog published in between is what the next turn is made with") {
  EngineFixture bot;
  bot.receive({bot.text("wamid.1", "uno")});
  bot.knowledge.publish(
      std::make_shared<dialog::Knowledge>(dialog::Knowledge{"8", nullptr, nullptr, nullptr}));
  bot.receive({bot.text("wamid.2", "dos")});
  CHECK(bot.record("wamid.1")->catalog_version == "7");
  CHECK(bot.record("wamid.2")->catalog_version == "8");
}

TEST_CASE("the time a turn takes is recorded") {
  EngineFixture bot;
  const auto slow = [](const dialog::Conversation& conversation, const dialog::Message& message,
                       const dialog::Knowledge& knowledge, const dialog::Records& records,
                       Time now) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(2);
    while (std::chrono::steady_clock::now() < end) {
    }
    return test::echo(conversation, message, knowledge, records, now);
  };
  bot.start({.step = slow, .render = test::body_only});
  bot.receive({bot.text("wamid.1", "hola")});
  CHECK(bot.record("wamid.1")->took >= std::chrono::milliseconds(2));
}
