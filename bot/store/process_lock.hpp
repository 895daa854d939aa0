// Only one process may be the writer of a database: a second one would send the same messages again
// and call a stop clean that was not.
#pragma once

#include <filesystem>

#include "store/error.hpp"

namespace catalina::store {

// Another process holds the lock.
struct InUse : StoreError {
  explicit InUse(const std::string& what) : StoreError(Cause::environment, what) {}
};

// An advisory lock on "<file>.lock", held until destruction; the system drops it when the process
// dies, however it dies.
class ProcessLock {
 public:
  // Throws InUse when somebody holds it, StoreError when the file cannot be made.
  explicit ProcessLock(const std::filesystem::path& file);
  ~ProcessLock();
  ProcessLock(const ProcessLock&) = delete;
  ProcessLock& operator=(const ProcessLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace catalina::store
