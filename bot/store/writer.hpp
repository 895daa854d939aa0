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

namespace catalina::store {

class WriteTx;

struct WriterOptions {
  std::filesystem::path
      file;  // created with its schema when missing, migrated when older, refused when newer
  int queue_limit = 4096;  // jobs
  int group_limit = 256;   // jobs in one commit
};

struct WriterStats {
  int queue_depth = 0;
  std::int64_t jobs = 0;
  std::int64_t commits = 0;
  Time last_commit{};
  bool broken = false;  // a commit failed for good (disk full, I/O error); submits are refused
                        // until it works again
};

class Writer {
 public:
  // Runs inside a savepoint of its own: an exception undoes this job alone and reaches its `Done`.
  using Work = std::function<void(WriteTx&)>;
  // Called on the writer thread after the commit (nullptr) or after the failure. Must be quick and
  // must not throw.
  using Done = std::function<void(std::exception_ptr)>;

  // Opens or creates the database; throws StoreError with one plain sentence.
  Writer(WriterOptions options, const Clock& clock);
  ~Writer();  // close()
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // From any thread. False when the queue is full, the store is broken or closing: then neither is
  // ever called.
  [[nodiscard]] bool submit(Work work, Done done);
  // The same and waits: for start-up, commands and tests. Rethrows the job's exception.
  void run(Work work);

  // Finishes what is queued, marks the stop as clean, checkpoints and joins. Idempotent.
  void close();

  WriterStats stats() const;
  // Random, made with the database: tells our own receipts from those of another store.
  const std::string& store_id() const;
  // False when the last process ended without close(): what was queued may have been sent.
  bool was_closed_cleanly() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace catalina::store
