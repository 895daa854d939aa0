// Only one process may be the writer of a database: a second one would send the same messages again
// and call a stop clean that was not.
#pragma once

#include <filesystem>

namespace catalina::store {

// An advisory lock on "<file>.lock", held until destruction; the system drops it when the process
// dies, however it dies.
class ProcessLock {
 public:
  // Throws StoreError when somebody holds it or the file cannot be made.
  explicit ProcessLock(const std::filesystem::path& file);
  ~ProcessLock();
  ProcessLock(const ProcessLock&) = delete;
  ProcessLock& operator=(const ProcessLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace catalina::store
