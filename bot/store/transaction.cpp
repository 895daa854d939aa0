#include "store/transaction.hpp"

namespace catalina::store {
namespace {

constexpr std::string_view savepoint = "SAVEPOINT work";
constexpr std::string_view release = "RELEASE work";
constexpr std::string_view rollback = "ROLLBACK TO work";

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
    refuse_if_lost();
    run(rollback);
    run(release);
    throw;
  }
  run(release);
}

}  // namespace catalina::store
