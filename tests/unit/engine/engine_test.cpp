// The bridge between the webhook's coroutine and the writer thread.
#include "engine/engine.hpp"

#include <boost/asio/use_future.hpp>
#include <latch>
#include <thread>

#include "engine_fixture.hpp"
#include "store/connection.hpp"
#include "store/transaction.hpp"
#include "support/catch.hpp"

using namespace catalina;
using test::EngineFixture;
namespace asio = boost::asio;

namespace {

// What came of one `receive`, in the order things happened.
struct Log {
  std::vector<std::string> lines;
  std::vector<std::thread::id> threads;
};

asio::awaitable<void> receive(engine::Engine& engine, whatsapp::Envelope envelope, Log& log,
                              std::string name) {
  try {
    co_await engine.receive(std::move(envelope));
    log.lines.push_back("resumed " + name);
  } catch (const engine::Unavailable&) {
    log.lines.push_back("unavailable " + name);
  }
  log.threads.push_back(std::this_thread::get_id());
}

whatsapp::Envelope envelope_of(whatsapp::InboundMessage message) {
  whatsapp::Envelope envelope;
  envelope.messages.push_back(std::move(message));
  return envelope;
}

}  // namespace

TEST_CASE("receive resumes on the io thread, after the commit was told, in the order of commits") {
  EngineFixture bot;
  Log log;
  bot.engine.emplace(
      bot.io.get_executor(), *bot.writer, bot.knowledge, bot.clock,
      [&](engine::Committed committed) {
        log.lines.push_back("committed " + committed.outgoing.at(0).content);
        log.threads.push_back(std::this_thread::get_id());
      },
      engine::Thinking{.step = test::echo, .render = test::body_only});
  std::vector<std::string> expected;
  for (int i = 0; i < 50; ++i) {
    const std::string n = std::to_string(i);
    asio::co_spawn(bot.io,
                   receive(*bot.engine, envelope_of(bot.text("wamid." + n, n, "CO." + n)), log, n),
                   asio::detached);
    expected.push_back("committed eco: " + n);
    expected.push_back("resumed " + n);
  }
  bot.io.run();
  CHECK(log.lines == expected);
  for (const auto thread : log.threads) CHECK(thread == std::this_thread::get_id());
  CHECK(bot.number("SELECT COUNT(*) FROM inbound") == 50);
}

TEST_CASE("a store that is closed refuses at once") {
  EngineFixture bot;
  bot.writer->close();
  Log log;
  asio::co_spawn(bot.io, receive(*bot.engine, envelope_of(bot.text("wamid.1", "a")), log, "a"),
                 asio::detached);
  bot.io.run();
  CHECK(log.lines == std::vector<std::string>{"unavailable a"});
  CHECK(bot.commits.empty());
  CHECK_THROWS_AS(bot.engine->receive_now(envelope_of(bot.text("wamid.2", "b"))),
                  engine::Unavailable);
}

TEST_CASE("a queue that is full refuses the one too many, and the others are answered") {
  EngineFixture bot;
  bot.options.queue_limit = 1;
  bot.restart();
  std::latch entered(1);
  std::latch released(1);
  REQUIRE(bot.writer->submit(
      [&](store::WriteTx&) {
        entered.count_down();
        released.wait();
      },
      [](std::exception_ptr) {}));
  entered.wait();
  Log log;
  for (const char* name : {"a", "b"})
    asio::co_spawn(
        bot.io,
        receive(*bot.engine, envelope_of(bot.text(std::string("wamid.") + name, "x")), log, name),
        asio::detached);
  while (log.lines.empty()) bot.io.run_one();
  CHECK(log.lines == std::vector<std::string>{"unavailable b"});
  released.count_down();
  bot.io.run();
  CHECK(log.lines == std::vector<std::string>{"unavailable b", "resumed a"});
}

TEST_CASE("a commit that fails leaves nothing, and the delivery that follows is answered") {
  EngineFixture bot;
  store::Connection other(bot.options.file, store::Connection::Mode::read_write, Millis(0));
  other.run("BEGIN IMMEDIATE");
  Log log;
  asio::co_spawn(bot.io, receive(*bot.engine, envelope_of(bot.text("wamid.1", "a")), log, "a"),
                 asio::detached);
  bot.io.run();
  CHECK(log.lines == std::vector<std::string>{"unavailable a"});
  CHECK(bot.commits.empty());
  other.run("ROLLBACK");
  CHECK(bot.number("SELECT COUNT(*) FROM inbound") == 0);

  while (bot.writer->stats().broken) std::this_thread::yield();
  bot.io.restart();
  asio::co_spawn(bot.io, receive(*bot.engine, envelope_of(bot.text("wamid.1", "a")), log, "a"),
                 asio::detached);
  bot.io.run();
  CHECK(log.lines.back() == "resumed a");
  REQUIRE(bot.commits.size() == 1);
  CHECK(bot.commits[0].outgoing.size() == 1);
}

TEST_CASE("a full disk in the middle of a turn is no fault of the message") {
  EngineFixture bot;
  bot.writer->run([](store::WriteTx& tx) { tx.query("PRAGMA max_page_count = 1").step(); });
  const std::string large(300'000, 'x');
  CHECK_THROWS_AS(bot.receive({bot.text("wamid.1", large)}), engine::Unavailable);
  CHECK(bot.record("wamid.1") == std::nullopt);
  while (bot.writer->stats().broken) std::this_thread::yield();
  bot.writer->run([](store::WriteTx& tx) { tx.query("PRAGMA max_page_count = 1000000").step(); });
  CHECK(bot.receive({bot.text("wamid.1", large)}).outgoing.size() == 1);
}
