#include "store/transaction.hpp"

#include <exception>

namespace catalina::store {
namespace {

constexpr std::string_view savepoint = "SAVEPOINT work";
constexpr std::string_view release = "RELEASE work";
constexpr std::string_view rollback = "ROLLBACK TO work";

// With the reason for which SQLite gave the transaction up.
[[noreturn]] void throw_lost(const std::exception_ptr& reason) {
  try {
    std::rethrow_exception(reason);
  } catch (const TransactionLost&) {
    throw;
  } catch (const std::exception& error) {
    throw TransactionLost(error.what());
  }
}

}  // namespace

void ReadTx::refuse_if_lost() const {
  if (!connection_.in_transaction())
    throw TransactionLost(connection_.file().string() + ": the transaction was undone by an error");
}

void WriteTx::nested(const std::function<void()>& work) {
  run(savepoint);
  try {
    work();
  } catch (...) {
    if (!connection_.in_transaction()) throw_lost(std::current_exception());
    run(rollback);
    run(release);
    throw;
  }
  run(release);
}

}  // namespace catalina::store
