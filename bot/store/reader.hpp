// Reading beside the writer: a connection of one's own that cannot write. One thread per Reader.
#pragma once

#include <filesystem>
#include <utility>

#include "store/transaction.hpp"

namespace catalina::store {

class Reader {
 public:
  // The database must exist with the schema of this binary; throws StoreError otherwise.
  explicit Reader(const std::filesystem::path& file);

  // Calls `work(ReadTx&)` on one consistent state of the database and returns its result. Keep it
  // short: while it runs, the write-ahead log cannot start over.
  template <typename F>
  auto read(F&& work) {
    const Snapshot snapshot(connection_);
    ReadTx tx(connection_);
    return std::forward<F>(work)(tx);
  }

 private:
  struct Snapshot {
    explicit Snapshot(Connection& opened);
    ~Snapshot();
    Connection& connection;
  };

  Connection connection_;
};

}  // namespace catalina::store
