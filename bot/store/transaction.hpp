// Transactions by type: a function that reads takes a ReadTx, one that writes a WriteTx, and only
// Reader and Writer can make them. So nobody writes on another thread or outside a commit.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "store/connection.hpp"

namespace catalina::store {

class ReadTx {
 public:
  ReadTx(const ReadTx&) = delete;
  ReadTx& operator=(const ReadTx&) = delete;

  // A statement with its parameters bound, before its first row. For the aggregates of bot/store.
  template <typename... Args>
  Statement query(std::string_view sql, const Args&... args) {
    refuse_if_lost();
    Statement statement = connection_.prepare(sql);
    statement.bind(args...);
    return statement;
  }

 protected:
  explicit ReadTx(Connection& connection) : connection_(connection) {}
  ~ReadTx() = default;

  // Once SQLite has undone the transaction, each further statement would commit on its own.
  void refuse_if_lost() const;

  Connection& connection_;

 private:
  friend class Reader;
};

class WriteTx : public ReadTx {
 public:
  // Runs to the end; returns the number of rows changed.
  template <typename... Args>
  int run(std::string_view sql, const Args&... args) {
    refuse_if_lost();
    return connection_.run(sql, args...);
  }

  // Runs an INSERT of one row; returns its id, the INTEGER PRIMARY KEY. Not by RETURNING: for that
  // SQLite makes a table with every INSERT.
  template <typename... Args>
  std::int64_t insert(std::string_view sql, const Args&... args) {
    run(sql, args...);
    return connection_.last_insert_id();
  }

  // Runs `work` so that an exception undoes what it wrote, and only that; then rethrows it.
  void nested(const std::function<void()>& work);

  // See Writer::store_id.
  const std::string& store_id() const { return store_id_; }

 private:
  friend class Writer;
  WriteTx(Connection& connection, const std::string& store_id)
      : ReadTx(connection), store_id_(store_id) {}

  const std::string& store_id_;
};

}  // namespace catalina::store
