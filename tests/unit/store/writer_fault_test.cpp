// The writer on a bad day: full disk, failing disk, a locked database, a log that cannot start
// over.
#include <sqlite3.h>

#include <future>
#include <latch>
#include <memory>
#include <thread>

#include "faulty_vfs.hpp"
#include "store/citizens.hpp"
#include "store/outbox.hpp"
#include "store_fixture.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::store;
using test::FaultyVfs;
using test::TempDir;

namespace {

constexpr std::string_view insert_event = "INSERT INTO events (kind, body, at) VALUES ($1, $2, 0)";

void add_event(WriteTx& tx, const std::string& kind, const std::string& body = "{}") {
  tx.run(insert_event, kind, body);
}

struct BadDay {
  FaultyVfs disk;  // outlives the connections
  TempDir dir;
  Clock clock = Clock::frozen_at(Time());
  WriterOptions options;
  std::unique_ptr<Writer> writer;

  explicit BadDay(WriterOptions chosen = {}) : options(std::move(chosen)) {
    options.file = database_file(dir.path());
    options.busy_timeout = Millis(0);
    options.begin_attempts = 2;
    options.probe_interval = Millis(1);
    writer = std::make_unique<Writer>(options, clock);
  }
  ~BadDay() {
    FaultyVfs::write_error = 0;
    FaultyVfs::sync_error = 0;
  }

  std::future<std::exception_ptr> submit(Writer::Work work) {
    auto promise = std::make_shared<std::promise<std::exception_ptr>>();
    auto future = promise->get_future();
    REQUIRE(writer->submit(std::move(work),
                           [promise](std::exception_ptr failure) { promise->set_value(failure); }));
    return future;
  }
  void wait_until_it_works() {
    while (writer->stats().broken) std::this_thread::yield();
  }
  int count(const std::string& kind) {
    return Reader(options.file).read([&](ReadTx& tx) {
      Statement row = tx.query("SELECT COUNT(*) FROM events WHERE kind = $1", kind);
      row.step();
      return row.get<int>(0);
    });
  }
};

bool is_environment(const std::exception_ptr& failure) {
  try {
    if (failure) std::rethrow_exception(failure);
  } catch (const StoreError& error) {
    return error.cause() == StoreError::Cause::environment;
  } catch (...) {
  }
  return false;
}

}  // namespace

TEST_CASE("a disk that cannot sync fails the whole group, refuses more, and comes back") {
  const auto [set, code] = GENERATE(std::pair(&FaultyVfs::sync_error, SQLITE_IOERR_FSYNC),
                                    std::pair(&FaultyVfs::write_error, SQLITE_FULL),
                                    std::pair(&FaultyVfs::write_error, SQLITE_IOERR_WRITE));
  BadDay day;
  day.writer->run([](WriteTx& tx) { add_event(tx, "before"); });

  std::latch entered(1);
  std::latch released(1);
  auto held = day.submit([&](WriteTx& tx) {
    add_event(tx, "lost");
    entered.count_down();
    released.wait();
  });
  entered.wait();
  *set = code;
  auto waiting = day.submit([](WriteTx& tx) { add_event(tx, "lost"); });
  released.count_down();

  CHECK(is_environment(held.get()));
  CHECK(is_environment(waiting.get()));
  CHECK(day.writer->stats().broken);
  CHECK_FALSE(day.writer->submit([](WriteTx&) {}, [](std::exception_ptr) {}));
  CHECK_THROWS_AS(day.writer->run([](WriteTx&) {}), StoreError);

  *set = 0;
  day.wait_until_it_works();
  day.writer->run([](WriteTx& tx) { add_event(tx, "after"); });
  CHECK(day.count("before") == 1);
  CHECK(day.count("lost") == 0);
  CHECK(day.count("after") == 1);
}

TEST_CASE("when the database may not grow, the group that needs room is undone as a whole") {
  BadDay day;
  day.writer->run([](WriteTx& tx) {
    add_event(tx, "before");
    Statement limit = tx.query("PRAGMA max_page_count = 1");  // SQLite takes the present size
    limit.step();
  });
  auto too_large =
      day.submit([](WriteTx& tx) { add_event(tx, "large", std::string(500'000, 'x')); });
  CHECK(is_environment(too_large.get()));
  day.wait_until_it_works();
  day.writer->run([](WriteTx& tx) { add_event(tx, "small"); });
  CHECK(day.count("large") == 0);
  CHECK(day.count("small") == 1);
}

TEST_CASE("a job that ignores the loss of its transaction cannot write outside it") {
  BadDay day;
  day.writer->run([](WriteTx& tx) { tx.query("PRAGMA max_page_count = 1").step(); });
  auto stubborn = day.submit([](WriteTx& tx) {
    try {
      add_event(tx, "large", std::string(500'000, 'x'));
    } catch (const StoreError&) {
    }
    add_event(tx, "outside");
  });
  CHECK(is_environment(stubborn.get()));
  CHECK(day.count("outside") == 0);
}

TEST_CASE("a database that somebody else locks fails the group after bounded attempts") {
  BadDay day;
  Connection other(day.options.file, Connection::Mode::read_write, Millis(0));
  other.run("BEGIN IMMEDIATE");
  CHECK(is_environment(day.submit([](WriteTx& tx) { add_event(tx, "locked out"); }).get()));
  CHECK(day.writer->stats().broken);
  other.run("ROLLBACK");
  day.wait_until_it_works();
  day.writer->run([](WriteTx& tx) { add_event(tx, "after"); });
  CHECK(day.count("locked out") == 0);
  CHECK(day.count("after") == 1);
}

TEST_CASE("closing while the disk fails ends, and is not a clean stop") {
  BadDay day;
  day.writer->run([](WriteTx& tx) {
    const Citizen citizen = Citizens::meet(tx, {.bsuid = "CO.1", .phone = ""}, "Ana", "", Time());
    Outbox::add(tx, {.citizen = citizen.id, .content = "{}", .in_reply_to = "wamid.in"});
  });
  FaultyVfs::sync_error = SQLITE_IOERR_FSYNC;
  CHECK(is_environment(day.submit([](WriteTx& tx) { add_event(tx, "x"); }).get()));
  day.writer->close();
  FaultyVfs::sync_error = 0;
  day.writer.reset();
  Writer(day.options, day.clock).close();
  const auto left =
      Reader(day.options.file).read([](ReadTx& tx) { return Outbox::unfinished(tx); });
  REQUIRE(left.size() == 1);
  CHECK(left[0].state == OutgoingState::unknown);
}

TEST_CASE("the log starts over when nothing is written for a while") {
  WriterOptions options;
  options.idle_after = Millis(1);
  BadDay day(options);
  day.writer->run([](WriteTx& tx) { add_event(tx, "x"); });
  while (day.writer->stats().wal_frames > 0) std::this_thread::yield();
  CHECK(std::filesystem::file_size(day.options.file.string() + "-wal") == 0);
  CHECK(day.count("x") == 1);
}

TEST_CASE("the log has an upper bound under load, which only a long read can lift") {
  WriterOptions options;
  options.idle_after = std::chrono::hours(1);
  options.checkpoint_frames = 16;
  options.wal_limit_frames = 64;
  BadDay day(options);
  constexpr int margin = 32;  // what one commit adds, and the attempts in between
  const auto write = [&] {
    int most = 0;
    for (int i = 0; i < 200; ++i) {
      day.writer->run([](WriteTx& tx) { add_event(tx, "x", std::string(5000, 'x')); });
      most = std::max(most, day.writer->stats().wal_frames);
    }
    return most;
  };
  CHECK(write() <= options.wal_limit_frames + margin);
  Reader(day.options.file).read([&](ReadTx& tx) {
    Statement row = tx.query("SELECT COUNT(*) FROM events");
    REQUIRE(row.step());
    CHECK(write() > options.wal_limit_frames + margin);
    CHECK(row.get<int>(0) == 200);
  });
  write();
  CHECK(day.writer->stats().wal_frames <= options.wal_limit_frames + margin);
  CHECK(day.count("x") == 600);
}
