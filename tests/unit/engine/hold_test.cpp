// One thought in three bubbles: words that look unfinished wait for the rest of it.
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/use_future.hpp>

#include "engine_fixture.hpp"
#include "store/conversations.hpp"
#include "store/handoffs.hpp"
#include "store/held_words.hpp"
#include "store/transaction.hpp"
#include "support/catch.hpp"

using namespace catalina;
using store::InboundOutcome;
using store::ReadTx;
using test::EngineFixture;
using whatsapp::InboundMessage;
using Contents = std::vector<std::string>;
using std::chrono::seconds;

namespace {

struct Patient : EngineFixture {
  Patient() {
    patience = seconds(2);
    start();
  }
  Contents say(const std::string& wamid, const std::string& body,
               const std::string& bsuid = "CO.1") {
    return contents(receive({text(wamid, body, bsuid)}));
  }
  Contents after(Millis pause) {
    clock.advance(pause);
    return contents(engine->release_now());
  }
  std::int64_t held() { return number("SELECT COUNT(*) FROM held_words"); }
};

}  // namespace

TEST_CASE("three bubbles are answered once, and thought as one") {
  Patient bot;
  CHECK(bot.say("wamid.1", "hola...").empty());
  bot.clock.advance(seconds(1));
  CHECK(bot.say("wamid.2", "una pregunta...").empty());
  bot.clock.advance(seconds(1));
  CHECK(bot.say("wamid.3", "cuánto vale") ==
        Contents{"eco: hola...\nuna pregunta...\ncuánto vale"});
  CHECK(bot.after(seconds(60)).empty());
  CHECK(bot.held() == 0);

  // One turn, which is recorded with the last of them; the others are known when they come again.
  const auto last = bot.record("wamid.3");
  CHECK(last->outcome == InboundOutcome::answered);
  CHECK(last->text == "hola...\nuna pregunta...\ncuánto vale");
  CHECK(bot.record("wamid.1")->outcome == InboundOutcome::silent);
  CHECK(bot.record("wamid.1")->text == std::nullopt);
  CHECK(bot.say("wamid.1", "hola...").empty());
  const auto conversation =
      bot.read([&](ReadTx& tx) { return store::Conversations::load(tx, last->citizen.value()); });
  CHECK(conversation.misunderstood == 1);
}

TEST_CASE("three bubbles in one request too") {
  Patient bot;
  const auto committed =
      bot.receive({bot.text("wamid.1", "hola..."), bot.text("wamid.2", "quiero..."),
                   bot.text("wamid.3", "eso")});
  CHECK(EngineFixture::contents(committed) == Contents{"eco: hola...\nquiero...\neso"});
  CHECK(committed.outgoing[0].in_reply_to == "wamid.3");
}

TEST_CASE("when nothing follows in time, what there is is answered, once") {
  Patient bot;
  const auto committed = bot.receive({bot.text("wamid.1", "hola...")});
  CHECK(committed.held_until == bot.clock.now() + seconds(2));
  CHECK(committed.held == 1);
  CHECK(bot.after(seconds(1)).empty());
  CHECK(bot.after(seconds(1)) == Contents{"eco: hola..."});
  CHECK(bot.after(seconds(1)).empty());
  const auto record = bot.record("wamid.1");
  CHECK(record->outcome == InboundOutcome::answered);
  CHECK(record->text == "hola...");
  CHECK(record->why->target == "faq:eco");
  CHECK(record->context.has_value());
  CHECK(bot.number("SELECT COUNT(*) FROM outgoing WHERE in_reply_to = 'wamid.1'") == 1);
}

TEST_CASE("a process that dies while words are held answers them when it starts") {
  Patient bot;
  CHECK(bot.say("wamid.1", "hola...").empty());
  bot.restart();
  SECTION("nothing follows") {
    CHECK(bot.after(seconds(2)) == Contents{"eco: hola..."});
  }
  SECTION("the rest follows") {
    CHECK(bot.say("wamid.2", "eso") == Contents{"eco: hola...\neso"});
  }
  SECTION("and its successor has no patience at all") {
    bot.patience = Millis(0);
    bot.restart();
    CHECK(EngineFixture::contents(bot.engine->release_now()) == Contents{"eco: hola..."});
  }
  bot.restart();
  CHECK(bot.after(seconds(60)).empty());
}

TEST_CASE("a clock that is set back holds nothing up") {
  Patient bot;
  bot.say("wamid.1", "hola...");
  const Clock earlier = Clock::frozen_at(bot.clock.now() - std::chrono::hours(5));
  engine::Engine other(
      bot.io.get_executor(), *bot.writer, bot.knowledge, earlier, [](engine::Committed) {},
      {.step = test::echo, .render = test::body_only}, bot.patience);
  CHECK(EngineFixture::contents(other.release_now()) == Contents{"eco: hola..."});
}

TEST_CASE("what is clear by itself is not read together with what came before") {
  Patient bot;
  bot.say("wamid.1", "hola...");
  CHECK(bot.say("wamid.2", "help") == Contents{"eco: help"});
  CHECK(bot.record("wamid.2")->text == "help");
  CHECK(bot.after(seconds(60)).empty());
}

TEST_CASE("half a question that what follows does not belong to is answered before it") {
  Patient bot;
  CHECK(bot.say("wamid.1", "which...").empty());
  bot.clock.advance(seconds(1));
  CHECK(bot.say("wamid.2", "help") == Contents{"eco: which...", "eco: help"});
  CHECK(bot.held() == 0);
  CHECK(bot.after(seconds(60)).empty());

  // Two turns, in order: the second begins where the first ended.
  const auto half = bot.record("wamid.1");
  CHECK(half->outcome == InboundOutcome::answered);
  CHECK(half->text == "which...");
  const auto next = bot.record("wamid.2");
  CHECK(next->text == "help");
  CHECK_THAT(next->context.value(), Catch::Contains("which..."));
  CHECK(bot.number("SELECT COUNT(*) FROM outgoing WHERE in_reply_to = 'wamid.1'") == 1);
  // The other half does belong to it.
  CHECK(bot.say("wamid.3", "which...").empty());
  CHECK(bot.say("wamid.4", "one") == Contents{"eco: which...\none"});
}

TEST_CASE("of half a question and words that must not be kept nothing is") {
  Patient bot;
  bot.say("wamid.1", "which...");
  CHECK(bot.say("wamid.2", "secret help").size() == 1);
  CHECK(bot.number("SELECT COUNT(*) FROM inbound WHERE text IS NOT NULL") == 0);
}

TEST_CASE("a picture does not go on from words: both are answered, in order") {
  Patient bot;
  bot.say("wamid.1", "hola...");
  InboundMessage photo = bot.text("wamid.2", "mira");
  photo.content.kind = dialog::MessageKind::image;
  photo.media = whatsapp::Media{"1234567", "image/jpeg", "foto.jpg", "abc="};
  CHECK(EngineFixture::contents(bot.receive({photo})) == Contents{"eco: hola...", "eco: mira"});
  CHECK(bot.held() == 0);
}

TEST_CASE("words of two citizens are never joined") {
  Patient bot;
  bot.say("wamid.1", "hola...", "CO.1");
  CHECK(bot.say("wamid.2", "eso", "CO.2") == Contents{"eco: eso"});
  CHECK(bot.after(seconds(2)) == Contents{"eco: hola..."});
}

TEST_CASE("whoever goes on and on is answered all the same") {
  Patient bot;
  int bubbles = 0;
  Contents answers;
  while (answers.empty() && bubbles < 50) {
    answers = bot.say("wamid." + std::to_string(++bubbles), "y...");
    bot.clock.advance(seconds(1));
  }
  CHECK(answers.size() == 1);
  CHECK(bubbles == 11);
}

TEST_CASE("words too long for one message are not joined") {
  Patient bot;
  const std::string half = std::string(3000, 'a') + "...";
  CHECK(bot.say("wamid.1", half).empty());
  CHECK(bot.say("wamid.2", half) == Contents{"eco: " + half});
  CHECK(bot.after(seconds(2)) == Contents{"eco: " + half});
}

TEST_CASE("of words that must not be kept none is, in whichever bubble they came") {
  Patient bot;
  bot.say("wamid.1", "un guarda...");
  CHECK(bot.say("wamid.2", "secret").size() == 1);
  CHECK(bot.number("SELECT COUNT(*) FROM inbound WHERE text IS NOT NULL") == 0);
  CHECK(bot.held() == 0);
}

TEST_CASE("a turn of held words that throws is apologised for and never tried again") {
  Patient bot;
  bot.say("wamid.1", "hola...");
  const auto poison = [](const dialog::Conversation&, const dialog::Message&,
                         const dialog::Knowledge&, const dialog::Records&,
                         Time) -> dialog::Turn { throw std::runtime_error("poison"); };
  bot.start({.step = poison, .render = test::body_only});
  const Contents answers = bot.after(seconds(2));
  REQUIRE(answers.size() == 1);
  CHECK_THAT(answers[0], Catch::Contains("tuve un problema"));
  CHECK(bot.record("wamid.1")->outcome == InboundOutcome::failed);
  CHECK(bot.record("wamid.1")->text == std::nullopt);
  CHECK(bot.after(seconds(60)).empty());
}

TEST_CASE("held words that cannot even be apologised for are let go, and hold up nobody else") {
  Patient bot;
  bot.say("wamid.1", "hola...", "CO.1");
  bot.say("wamid.2", "buenas...", "CO.2");
  const auto mute = [](const dialog::Reply& reply) -> std::string {
    if (reply.body == "eco: buenas...") return reply.body;
    throw std::runtime_error("unrenderable");
  };
  bot.start({.step = test::echo, .render = mute});
  bot.clock.advance(seconds(2));
  const engine::Committed committed = bot.engine->release_now();
  CHECK(EngineFixture::contents(committed) == Contents{"eco: buenas..."});
  CHECK(committed.held_until == std::nullopt);  // else the next release would follow at once
  CHECK(bot.held() == 0);
}

TEST_CASE("a citizen who changes number takes the held words along") {
  Patient bot;
  bot.say("wamid.1", "hola...", "CO.1");
  bot.receive({bot.identity_change("wamid.2", "CO.1", "CO.9")});
  CHECK(bot.say("wamid.3", "eso", "CO.9") == Contents{"eco: hola...\neso"});
}

TEST_CASE("two citizens who turn out to be one are answered once") {
  Patient bot;
  bot.say("wamid.1", "uno...", "CO.1");
  bot.say("wamid.2", "dos...", "CO.2");
  bot.receive({bot.identity_change("wamid.3", "CO.1", "CO.2")});
  CHECK(bot.after(seconds(2)) == Contents{"eco: uno...\ndos..."});
}

TEST_CASE("without patience nothing is held") {
  EngineFixture bot;
  CHECK(EngineFixture::contents(bot.receive({bot.text("wamid.1", "hola...")})) ==
        Contents{"eco: hola..."});
}

TEST_CASE("held words are answered by themselves when their time comes") {
  EngineFixture bot;
  bot.patience = Millis(1);
  Clock ticking = Clock::starting_at(bot.clock.now());
  bot.engine.emplace(
      bot.io.get_executor(), *bot.writer, bot.knowledge, ticking,
      [&](engine::Committed committed) { bot.commits.push_back(std::move(committed)); },
      engine::Thinking{.step = test::echo, .render = test::body_only}, bot.patience);
  whatsapp::Envelope envelope;
  envelope.messages.push_back(bot.text("wamid.1", "hola..."));
  boost::asio::co_spawn(bot.io, bot.engine->receive(std::move(envelope)), boost::asio::detached);
  bot.io.run();  // ends when nothing is left to wait for
  REQUIRE(bot.commits.size() >= 2);
  CHECK(EngineFixture::contents(bot.commits.back()) == Contents{"eco: hola..."});
}

TEST_CASE("how many wait is known without counting them at every turn, and after a restart") {
  Patient bot;
  // On the io loop, where the engine learns of its commits; it stays open between them.
  const auto work = boost::asio::make_work_guard(bot.io);
  const auto post = [&](InboundMessage message) {
    whatsapp::Envelope envelope;
    envelope.messages.push_back(std::move(message));
    const std::size_t done = bot.commits.size();
    boost::asio::co_spawn(bot.io, bot.engine->receive(std::move(envelope)), boost::asio::detached);
    while (bot.commits.size() == done) bot.io.run_one();
  };
  const auto start = [&] {
    const std::size_t done = bot.commits.size();
    bot.engine->start();
    while (bot.commits.size() == done) bot.io.run_one();
  };
  start();
  CHECK(bot.engine->held() == 0);
  post(bot.text("wamid.1", "hola...", "CO.1"));
  post(bot.text("wamid.2", "hola...", "CO.2"));
  post(bot.text("wamid.3", "hola...", "CO.3"));
  CHECK(bot.engine->held() == 3);
  post(bot.text("wamid.4", "more...", "CO.1"));
  CHECK(bot.engine->held() == 3);
  post(bot.text("wamid.5", "throw", "CO.3"));  // undone, and apologised for
  CHECK(bot.engine->held() == bot.held());
  post(bot.text("wamid.6", "eso", "CO.1"));
  CHECK(bot.engine->held() == bot.held());
  post(bot.identity_change("wamid.7", "CO.2", "CO.3"));
  CHECK(bot.engine->held() == 2);

  bot.restart();
  CHECK(bot.engine->held() == 0);
  start();
  CHECK(bot.engine->held() == 2);
  post(bot.text("wamid.8", "eso", "CO.3"));  // goes on from both rows
  CHECK(bot.engine->held() == 0);
  CHECK(bot.held() == 0);
}

TEST_CASE("a start takes up what was held, and a stop leaves it to the next") {
  Patient bot;
  bot.say("wamid.1", "hola...");
  bot.clock.advance(seconds(2));
  SECTION("start") {
    bot.engine->start();
    bot.io.run();
    REQUIRE(bot.commits.size() == 1);
    CHECK(EngineFixture::contents(bot.commits[0]) == Contents{"eco: hola..."});
  }
  SECTION("stop") {
    bot.engine->stop();
    bot.io.run();
    CHECK(bot.held() == 1);
  }
}
