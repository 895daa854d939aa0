// The only writer of the database: one thread that takes jobs from a bounded queue and commits them
// in groups. While one group is being made durable the next one forms, so durability costs one
// fdatasync per group and no waiting.
#pragma once

#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "core/clock.hpp"
#include "store/error.hpp"

namespace catalina::store {

class WriteTx;

// The database in a data folder.
std::filesystem::path database_file(const std::filesystem::path& data_dir);

struct WriterOptions {
  std::filesystem::path
      file;  // created with its schema when missing, migrated when older, refused when newer
  int queue_limit = 4096;  // jobs
  int group_limit = 256;   // jobs in one commit

  // How long another program (a backup, a shell) may hold the write lock: each attempt waits
  // `busy_timeout`, and after `begin_attempts` of them the group fails.
  Millis busy_timeout{1000};
  int begin_attempts = 5;
  // While the store is broken, how often it looks whether it works again.
  Millis probe_interval{500};
  // The write-ahead log is copied into the database in the background each time it has grown by
  // `checkpoint_frames` (64 MiB), and started over when nothing was written for `idle_after`. Only
  // when it grows to `wal_limit_frames` (256 MiB) do commits wait for that. Seldom is better than
  // little: the disk makes a commit wait for the copy's fsync, and pages written again and again in
  // between are copied once.
  int checkpoint_frames = 16384;
  int wal_limit_frames = 65536;
  Millis idle_after{1000};
};

struct WriterStats {
  int queue_depth = 0;
  std::int64_t jobs = 0;  // done or failed
  std::int64_t commits = 0;
  int wal_frames = 0;  // of 4 KiB
  Time last_commit{};
  bool broken = false;  // a commit failed for good (disk full, I/O error); submits are refused
                        // until it works again
};

class Writer {
 public:
  // Runs inside a savepoint of its own: an exception undoes this job alone and reaches its `Done`.
  using Work = std::function<void(WriteTx&)>;
  // Called on the writer thread after the commit (nullptr) or after the failure. Must be quick and
  // must not throw. A StoreError whose cause is `environment` means that nothing was wrong with the
  // job: the same may succeed later.
  using Done = std::function<void(std::exception_ptr)>;

  // Opens or creates the database; throws StoreError with one plain sentence, also when another
  // process is its writer.
  Writer(WriterOptions options, const Clock& clock);
  ~Writer();  // close()
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // From any thread. False when the queue is full, the store is broken or closing: then neither is
  // ever called.
  [[nodiscard]] bool submit(Work work, Done done);
  // The same and waits: for start-up, commands and tests, never on the writer thread. Rethrows the
  // job's exception; throws StoreError when the job is refused.
  void run(Work work);

  // Finishes what is queued, marks the stop as clean, checkpoints and joins. Idempotent.
  void close();

  WriterStats stats() const;
  // Random, made with the database: tells our own receipts from those of another store.
  const std::string& store_id() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace catalina::store
