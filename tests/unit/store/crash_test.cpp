// A process that is killed in the middle of its work, again and again, on the same database.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <set>
#include <string>
#include <thread>

#include "store/events.hpp"
#include "store/reader.hpp"
#include "store/transaction.hpp"
#include "store/writer.hpp"
#include "support/catch.hpp"
#include "support/temp_dir.hpp"

using namespace catalina;
using namespace catalina::store;

namespace {

// Writes numbered rows from `first` on and tells the pipe each number once it is committed, until
// it is killed.
[[noreturn]] void write_for_ever(const WriterOptions& options, std::int64_t first, int pipe) {
  const Clock clock = Clock::system();
  Writer writer(options, clock);
  for (std::int64_t number = first;;) {
    const bool taken = writer.submit(
        [number](WriteTx& tx) {
          Events::add(tx, {.citizen = {},
                           .kind = std::to_string(number),
                           .body = std::string(200, 'x'),
                           .at = Time()});
        },
        [number, pipe](std::exception_ptr failure) {
          if (failure) _exit(1);
          if (::write(pipe, &number, sizeof number) != sizeof number) _exit(1);
        });
    if (taken)
      ++number;
    else
      std::this_thread::yield();
  }
}

}  // namespace

TEST_CASE("what was acknowledged before a kill is there after it") {
  test::TempDir dir;
  WriterOptions options;
  options.file = database_file(dir.path());
  options.checkpoint_frames = 32;  // so that kills hit checkpoints too
  options.wal_limit_frames = 128;
  std::set<std::string> acknowledged;
  std::int64_t next = 1;
  for (int round = 0; round < 10; ++round) {
    int pipe[2];
    REQUIRE(::pipe(pipe) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      ::close(pipe[0]);
      write_for_ever(options, next, pipe[1]);
    }
    ::close(pipe[1]);
    std::int64_t number = 0;
    for (int read_so_far = 0; ::read(pipe[0], &number, sizeof number) == sizeof number;) {
      acknowledged.insert(std::to_string(number));
      next = number + 1;
      if (++read_so_far == 200 + 37 * round) ::kill(child, SIGKILL);
    }
    ::close(pipe[0]);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    // Numbers in flight at the kill may be there without having been told.
    next += options.queue_limit + options.group_limit;
  }

  const Clock clock = Clock::system();
  Writer(options, clock).close();
  std::set<std::string> stored;
  Reader(options.file).read([&](ReadTx& tx) {
    Statement row = tx.query("SELECT kind FROM events");
    while (row.step()) CHECK(stored.insert(row.get<std::string>(0)).second);
    Statement check = tx.query("PRAGMA integrity_check");
    REQUIRE(check.step());
    CHECK(check.get<std::string>(0) == "ok");
  });
  CHECK(acknowledged.size() > 2000);
  for (const std::string& number : acknowledged) CHECK(stored.contains(number));
}
