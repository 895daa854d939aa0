// What goes wrong with the database, as one plain sentence.
#pragma once

#include <stdexcept>
#include <string>

namespace catalina::store {

class StoreError : public std::runtime_error {
 public:
  // `environment`: disk full, I/O error, locked, out of memory, a damaged file; nothing is wrong
  // with the work, which may succeed later or after a repair. `work`: it will fail every time (a
  // constraint, a wrong statement).
  enum class Cause { environment, work };

  StoreError(Cause cause, const std::string& what) : std::runtime_error(what), cause_(cause) {}
  Cause cause() const { return cause_; }

 private:
  Cause cause_;
};

// Another connection holds the write lock; nothing was begun.
struct Busy : StoreError {
  explicit Busy(const std::string& what) : StoreError(Cause::environment, what) {}
};

// SQLite undid the whole transaction by itself (it does so after some disk errors): nothing that
// was written in it will be there, whoever wrote it.
struct TransactionLost : StoreError {
  explicit TransactionLost(const std::string& what) : StoreError(Cause::environment, what) {}
};

}  // namespace catalina::store
