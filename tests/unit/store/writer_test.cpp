#include "store/writer.hpp"

#include <atomic>
#include <future>
#include <latch>
#include <thread>
#include <vector>

#include "store/citizens.hpp"
#include "store/outbox.hpp"
#include "store_fixture.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::store;
using catalina::test::StoreFixture;
using catalina::test::TempDir;

namespace {

constexpr std::string_view insert_event = "INSERT INTO events (kind, body, at) VALUES ($1, $2, $3)";

void add_event(WriteTx& tx, const std::string& kind) {
  tx.run(insert_event, kind, "{}", Time());
}

// What a job ended with, readable from the test's thread.
struct Outcome {
  std::promise<std::exception_ptr> promise;
  Writer::Done done() {
    return [this](std::exception_ptr failure) { promise.set_value(failure); };
  }
  // Rethrows the failure, if any.
  void get() {
    if (const auto failure = promise.get_future().get()) std::rethrow_exception(failure);
  }
};

// Holds the writer thread inside a job until released, so that a test can fill the queue behind it.
struct Hold {
  std::latch entered{1};
  std::latch released{1};
  Writer::Work work() {
    return [this](WriteTx&) {
      entered.count_down();
      released.wait();
    };
  }
};

}  // namespace

TEST_CASE("a job is durable and visible to readers once its Done was called") {
  StoreFixture store;
  store.writer.run([](WriteTx& tx) { add_event(tx, "one"); });
  CHECK(store.number("SELECT COUNT(*) FROM events") == 1);
  CHECK(store.writer.stats().commits == 1);
  CHECK(store.writer.stats().last_commit == store.now());
}

TEST_CASE("a job that throws is undone alone, in the middle of its group") {
  StoreFixture store;
  Hold hold;
  Outcome held;
  REQUIRE(store.writer.submit(hold.work(), held.done()));
  hold.entered.wait();

  Outcome before;
  Outcome failing;
  Outcome after;
  REQUIRE(store.writer.submit([](WriteTx& tx) { add_event(tx, "before"); }, before.done()));
  REQUIRE(store.writer.submit(
      [](WriteTx& tx) {
        add_event(tx, "undone");
        throw std::runtime_error("poison");
      },
      failing.done()));
  REQUIRE(store.writer.submit([](WriteTx& tx) { add_event(tx, "after"); }, after.done()));
  hold.released.count_down();

  held.get();
  before.get();
  CHECK_THROWS_WITH(failing.get(), "poison");
  after.get();
  CHECK(store.writer.stats().commits == 2);  // the held job, then the three as one group
  CHECK(store.number("SELECT COUNT(*) FROM events WHERE kind IN ('before', 'after')") == 2);
  CHECK(store.number("SELECT COUNT(*) FROM events") == 2);
}

TEST_CASE("a nested part that throws is undone alone, and its job goes on") {
  StoreFixture store;
  store.writer.run([](WriteTx& tx) {
    add_event(tx, "kept");
    CHECK_THROWS_WITH(tx.nested([&] {
      add_event(tx, "undone");
      throw std::runtime_error("inner");
    }),
                      "inner");
    tx.nested([&] { add_event(tx, "kept too"); });
  });
  CHECK(store.number("SELECT COUNT(*) FROM events WHERE kind LIKE 'kept%'") == 2);
  CHECK(store.number("SELECT COUNT(*) FROM events") == 2);
}

TEST_CASE("a full queue refuses, and takes work again when it has drained") {
  TempDir dir;
  Clock clock = Clock::frozen_at(Time());
  Writer writer({.file = database_file(dir.path()), .queue_limit = 2}, clock);
  Hold hold;
  Outcome held;
  REQUIRE(writer.submit(hold.work(), held.done()));
  hold.entered.wait();

  std::atomic<int> called = 0;
  std::latch both(2);
  const auto count = [&](std::exception_ptr) {
    if (++called <= 2) both.count_down();
  };
  REQUIRE(writer.submit([](WriteTx&) {}, count));
  REQUIRE(writer.submit([](WriteTx&) {}, count));
  CHECK(writer.stats().queue_depth == 2);
  CHECK_FALSE(writer.submit([](WriteTx&) {}, count));
  CHECK_THROWS_AS(writer.run([](WriteTx&) {}), StoreError);
  hold.released.count_down();
  held.get();
  both.wait();
  writer.run([](WriteTx&) {});
  CHECK(called == 2);
}

TEST_CASE("work from many threads is all there, each job once") {
  StoreFixture store;
  constexpr int threads = 8;
  constexpr int jobs = 200;
  std::vector<std::thread> workers;
  for (int t = 0; t < threads; ++t)
    workers.emplace_back([&] {
      for (int j = 0; j < jobs; ++j) store.writer.run([](WriteTx& tx) { add_event(tx, "x"); });
    });
  for (auto& worker : workers) worker.join();
  CHECK(store.number("SELECT COUNT(*) FROM events") == threads * jobs);
  CHECK(store.writer.stats().jobs == threads * jobs);
  CHECK(store.writer.stats().commits <= threads * jobs);
}

TEST_CASE("closing finishes what is queued and refuses what comes after") {
  TempDir dir;
  Clock clock = Clock::frozen_at(Time());
  const auto file = database_file(dir.path());
  Writer writer({.file = file}, clock);
  for (int i = 0; i < 100; ++i)
    REQUIRE(writer.submit([](WriteTx& tx) { add_event(tx, "x"); }, [](std::exception_ptr) {}));
  writer.close();
  writer.close();
  CHECK_FALSE(writer.submit([](WriteTx&) {}, [](std::exception_ptr) {}));
  const auto count = Reader(file).read([](ReadTx& tx) {
    Statement row = tx.query("SELECT COUNT(*) FROM events");
    row.step();
    return row.get<int>(0);
  });
  CHECK(count == 100);
  CHECK(std::filesystem::file_size(file.string() + "-wal") == 0);
}

namespace {

std::vector<OutgoingState> unfinished_states(const std::filesystem::path& file) {
  std::vector<OutgoingState> states;
  for (const Outgoing& row : Reader(file).read([](ReadTx& tx) { return Outbox::unfinished(tx); }))
    states.push_back(row.state);
  return states;
}

}  // namespace

TEST_CASE("what was queued when the process died has an unknown fate, however often it is opened") {
  using States = std::vector<OutgoingState>;
  TempDir dir;
  Clock clock = Clock::frozen_at(Time());
  const auto file = database_file(dir.path());
  const auto killed = dir.path() / "killed.db";
  std::string id;
  {
    Writer writer({.file = file}, clock);
    id = writer.store_id();
    CHECK(id.size() == 16);
    writer.run([&](WriteTx& tx) {
      const Citizen citizen = Citizens::meet(tx, {.bsuid = "CO.1", .phone = ""}, "Ana", "", Time());
      Outbox::add(tx, {.citizen = citizen.id, .content = "{}", .in_reply_to = "wamid.in"});
    });
    // What a killed process leaves behind: the files as they are while it runs.
    std::filesystem::copy(file, killed);
    std::filesystem::copy(file.string() + "-wal", killed.string() + "-wal");
  }
  Writer({.file = file}, clock).close();
  CHECK(unfinished_states(file) == States{OutgoingState::queued});

  CHECK(Writer({.file = killed}, clock).store_id() == id);
  CHECK(unfinished_states(killed) == States{OutgoingState::unknown});
  // A clean close in between (a start that failed, another command) does not make it look unsent.
  Writer({.file = killed}, clock).close();
  CHECK(unfinished_states(killed) == States{OutgoingState::unknown});
}

TEST_CASE("a second writer of the same database is refused with one plain line") {
  StoreFixture store;
  CHECK_THROWS_WITH(Writer(store.options, store.clock),
                    store.options.file.string() + ": another Catalina is using this database");
}

TEST_CASE("a folder that cannot be written is refused with one plain line") {
  Clock clock = Clock::frozen_at(Time());
  CHECK_THROWS_WITH(Writer({.file = "/nowhere/catalina.db"}, clock),
                    "/nowhere/catalina.db.lock: No such file or directory");
}
