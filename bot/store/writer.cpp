#include "store/writer.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "core/log.hpp"
#include "store/checkpointer.hpp"
#include "store/meta.hpp"
#include "store/migrations.hpp"
#include "store/process_lock.hpp"
#include "store/transaction.hpp"

namespace catalina::store {
namespace {

struct Job {
  Writer::Work work;
  Writer::Done done;
};

}  // namespace

std::filesystem::path database_file(const std::filesystem::path& data_dir) {
  return data_dir / "catalina.db";
}

struct Writer::State {
  State(WriterOptions chosen, const Clock& time);

  void loop();
  void process(std::vector<Job>& group);
  void run_group(std::vector<Job>& group, std::vector<std::exception_ptr>& failures);
  void begin();
  void roll_back() noexcept;
  void set_broken(const StoreError& why);
  void probe();
  void after_commit();
  bool start_log_over() noexcept;
  void finish();

  const WriterOptions options;
  const Clock& clock;

  // Used by the constructing thread first, then by the writer thread alone.
  ProcessLock process_lock;
  Connection connection;
  const std::string store_id;
  int frames_at_last_request = 0;     // of a background checkpoint
  int frames_at_last_start_over = 0;  // that was tried
  bool log_is_held = false;           // the last try failed
  Checkpointer checkpointer;

  mutable std::mutex mutex;  // guards what follows
  std::condition_variable wake;
  std::deque<Job> queue;
  WriterStats stats;
  bool closing = false;

  std::thread thread;
};

namespace {

// Brings the file up to date before anything else opens it.
Connection& with_schema(Connection& connection, Time now) {
  migrate(connection, embedded_migrations(), now);
  return connection;
}

}  // namespace

Writer::State::State(WriterOptions chosen, const Clock& time)
    : options(std::move(chosen)),
      clock(time),
      process_lock(options.file),
      connection(options.file, Connection::Mode::read_write, options.busy_timeout),
      store_id(Meta::open(with_schema(connection, clock.now()))),
      checkpointer(options.file) {}

// ---- the writer thread

void Writer::State::loop() {
  std::unique_lock lock(mutex);
  const auto has_work = [this] { return !queue.empty() || closing; };
  for (;;) {
    if (stats.broken) {
      if (!wake.wait_for(lock, options.probe_interval, has_work)) {
        lock.unlock();
        probe();
        lock.lock();
        continue;
      }
    } else if (stats.wal_frames > 0) {
      if (!wake.wait_for(lock, options.idle_after, has_work)) {
        lock.unlock();
        start_log_over();
        lock.lock();
        continue;
      }
    } else {
      wake.wait(lock, has_work);
    }
    if (queue.empty()) return;  // closing, and all is done

    std::vector<Job> group;
    while (!queue.empty() && static_cast<int>(group.size()) < options.group_limit) {
      group.push_back(std::move(queue.front()));
      queue.pop_front();
    }
    stats.queue_depth = static_cast<int>(queue.size());
    lock.unlock();
    process(group);
    after_commit();
    lock.lock();
  }
}

void Writer::State::process(std::vector<Job>& group) {
  std::vector<std::exception_ptr> failures(group.size());
  try {
    run_group(group, failures);
    const std::lock_guard lock(mutex);
    stats.jobs += static_cast<std::int64_t>(group.size());
    ++stats.commits;
    stats.last_commit = clock.now();
    stats.wal_frames = connection.wal_frames();
  } catch (const StoreError& error) {
    roll_back();
    set_broken(error);
    failures.assign(group.size(), std::current_exception());
  }
  for (std::size_t i = 0; i < group.size(); ++i) group[i].done(failures[i]);
}

void Writer::State::run_group(std::vector<Job>& group, std::vector<std::exception_ptr>& failures) {
  begin();
  WriteTx tx(connection, store_id);
  for (std::size_t i = 0; i < group.size(); ++i) {
    try {
      tx.nested([&] { group[i].work(tx); });
    } catch (const TransactionLost&) {
      throw;
    } catch (...) {
      failures[i] = std::current_exception();
    }
  }
  connection.run("COMMIT");
}

void Writer::State::begin() {
  for (int attempt = 1;; ++attempt) {
    try {
      connection.run("BEGIN IMMEDIATE");
      return;
    } catch (const Busy&) {
      if (attempt >= options.begin_attempts) throw;
    }
  }
}

void Writer::State::roll_back() noexcept {
  try {
    if (connection.in_transaction()) connection.run("ROLLBACK");
  } catch (const StoreError& error) {
    log::error("rollback failed", {{"reason", error.what()}});
  }
}

// Refuses new work, and what was waiting: the webhook answers 503 at once and Meta delivers again.
void Writer::State::set_broken(const StoreError& why) {
  std::deque<Job> waiting;
  {
    const std::lock_guard lock(mutex);
    stats.broken = true;
    waiting.swap(queue);
    stats.queue_depth = 0;
  }
  log::error("the store does not take writes", {{"reason", why.what()}});
  const auto failure = std::make_exception_ptr(why);
  for (Job& job : waiting) job.done(failure);
}

void Writer::State::probe() {
  start_log_over();  // on a full disk the log itself may hold the room that is missing
  try {
    connection.run("BEGIN IMMEDIATE");
    Meta::probe(connection);
    connection.run("COMMIT");
  } catch (const StoreError&) {
    roll_back();
    return;
  }
  log::info("the store takes writes again");
  const std::lock_guard lock(mutex);
  stats.broken = false;
}

void Writer::State::after_commit() {
  const int frames = connection.wal_frames();
  // The log starts over by itself when a checkpoint happened to copy all of it.
  frames_at_last_request = std::min(frames_at_last_request, frames);
  frames_at_last_start_over = std::min(frames_at_last_start_over, frames);
  if (frames >= options.wal_limit_frames &&
      frames >= frames_at_last_start_over + options.checkpoint_frames) {
    const bool done = start_log_over();
    if (!done && !log_is_held)
      log::warn("the write-ahead log cannot start over, a long read may be open",
                {{"frames", frames}});
    log_is_held = !done;
    frames_at_last_start_over = connection.wal_frames();
  } else if (frames >= frames_at_last_request + options.checkpoint_frames) {
    frames_at_last_request = frames;
    checkpointer.request();
  }
}

bool Writer::State::start_log_over() noexcept {
  try {
    const auto alone = checkpointer.pause();
    connection.checkpoint(Connection::Checkpoint::truncate);
  } catch (const StoreError& error) {
    log::warn("checkpoint failed", {{"reason", error.what()}});
  }
  const std::lock_guard lock(mutex);
  stats.wal_frames = connection.wal_frames();
  return stats.wal_frames == 0;
}

void Writer::State::finish() {
  try {
    Meta::mark_closed(connection);
    start_log_over();
  } catch (const StoreError& error) {
    log::error("the database could not be closed cleanly", {{"reason", error.what()}});
  }
}

// ---- Writer

Writer::Writer(WriterOptions options, const Clock& clock)
    : state_(std::make_unique<State>(std::move(options), clock)) {
  state_->thread = std::thread([this] {
    state_->loop();
    state_->finish();
  });
}

Writer::~Writer() {
  close();
}

bool Writer::submit(Work work, Done done) {
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->closing || state_->stats.broken ||
        static_cast<int>(state_->queue.size()) >= state_->options.queue_limit)
      return false;
    state_->queue.push_back({std::move(work), std::move(done)});
    state_->stats.queue_depth = static_cast<int>(state_->queue.size());
  }
  state_->wake.notify_one();
  return true;
}

void Writer::run(Work work) {
  // Shared, because the writer may still be inside set_value when the waiting thread goes on.
  const auto finished = std::make_shared<std::promise<void>>();
  const bool taken = submit(std::move(work), [finished](std::exception_ptr failure) {
    if (failure)
      finished->set_exception(failure);
    else
      finished->set_value();
  });
  if (!taken)
    throw StoreError(StoreError::Cause::environment, "the store takes no work at the moment");
  finished->get_future().get();
}

void Writer::close() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->closing = true;
  }
  state_->wake.notify_one();
  if (state_->thread.joinable()) state_->thread.join();
}

WriterStats Writer::stats() const {
  const std::lock_guard lock(state_->mutex);
  return state_->stats;
}

const std::string& Writer::store_id() const {
  return state_->store_id;
}

}  // namespace catalina::store
