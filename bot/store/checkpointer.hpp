// Copies the write-ahead log into the database beside the writer, so that no commit waits for it: a
// checkpoint inside a commit was what made the slowest percent of turns slow.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "store/connection.hpp"

namespace catalina::store {

// A thread and a connection of its own. A checkpoint that fails is logged; the next one makes good.
class Checkpointer {
 public:
  explicit Checkpointer(const std::filesystem::path& file);
  ~Checkpointer();  // waits for a running checkpoint
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;

  // From any thread; returns at once. Requests during a checkpoint lead to one more.
  void request();

  // No checkpoint runs here while the lock is held; waits for one that does.
  std::unique_lock<std::mutex> pause() { return std::unique_lock(running_); }

 private:
  void loop();

  Connection connection_;  // used by the thread alone
  std::mutex running_;     // held during a checkpoint
  std::mutex mutex_;       // guards what follows
  std::condition_variable wake_;
  bool requested_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace catalina::store
