// A disk that fails on demand: stands between SQLite and the real files, and answers writes and
// syncs of the write-ahead log with the error a test has set.
#pragma once

#include <atomic>

namespace catalina::test {

// While it lives, every connection that is opened goes through it. One at a time.
class FaultyVfs {
 public:
  FaultyVfs();
  ~FaultyVfs();
  FaultyVfs(const FaultyVfs&) = delete;
  FaultyVfs& operator=(const FaultyVfs&) = delete;

  // SQLite result codes; 0: works.
  static std::atomic<int> write_error;
  static std::atomic<int> sync_error;
};

}  // namespace catalina::test
