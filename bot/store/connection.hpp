// SQLite held properly: a connection with one policy for all, and statements as leases. One thread
// per connection. Nothing outside bot/store includes this.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>

#include "core/clock.hpp"
#include "store/error.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace catalina::store {

class Connection;

template <typename T>
inline constexpr bool is_optional = false;
template <typename T>
inline constexpr bool is_optional<std::optional<T>> = true;

// A prepared statement of the connection's cache, lent. Giving it back resets it and clears its
// bindings: one left in the middle of its rows would keep a snapshot open and hold up checkpoints.
// Must not outlive its connection.
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  // Binds the parameters $1, $2, … in order. The text is copied.
  template <typename... Args>
  Statement& bind(const Args&... args) {
    int index = 0;
    (bind_one(++index, args), ...);
    expect_parameters(index);
    return *this;
  }

  // Moves to the next row; false after the last.
  bool step();

  // Columns of the current row, counted from 0. A NULL is read as std::optional; read as anything
  // else it is an error.
  template <typename T>
  T get(int column) const {
    if constexpr (is_optional<T>) {
      if (is_null(column)) return std::nullopt;
      return get<typename T::value_type>(column);
    } else if constexpr (std::is_same_v<T, std::string>) {
      return std::string(text(column));
    } else if constexpr (std::is_same_v<T, double>) {
      return real(column);
    } else if constexpr (std::is_same_v<T, bool>) {
      return integer(column) != 0;
    } else if constexpr (std::is_same_v<T, Time>) {
      return Time(Millis(integer(column)));
    } else {
      static_assert(std::is_integral_v<T>);
      return static_cast<T>(integer(column));
    }
  }

 private:
  friend class Connection;
  // `lent`: the mark in the cache to take away at the end; nullptr for a statement of its own.
  Statement(const Connection& connection, sqlite3_stmt* statement, bool* lent)
      : connection_(&connection), statement_(statement), lent_(lent) {}

  void bind_one(int index, std::nullptr_t);
  void bind_one(int index, std::int64_t value);
  void bind_one(int index, double value);
  void bind_one(int index, std::string_view value);
  void bind_one(int index, const char* value) { bind_one(index, std::string_view(value)); }
  void bind_one(int index, const std::string& value) { bind_one(index, std::string_view(value)); }
  void bind_one(int index, Time value) {
    bind_one(index, static_cast<std::int64_t>(value.time_since_epoch().count()));
  }
  template <typename T>
  requires(std::is_integral_v<T> && !std::is_same_v<T, std::int64_t>)  //
      void bind_one(int index, T value) {
    bind_one(index, static_cast<std::int64_t>(value));
  }
  template <typename T>
  void bind_one(int index, const std::optional<T>& value) {
    if (value)
      bind_one(index, *value);
    else
      bind_one(index, nullptr);
  }
  void expect_parameters(int count) const;

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string_view text(int column) const;
  void refuse_null(int column) const;

  const Connection* connection_;
  sqlite3_stmt* statement_;
  bool* lent_;
};

struct WalSize {
  int frames = 0;         // in the write-ahead log; a frame is a page of 4,096 bytes and a bit
  int checkpointed = 0;   // of these, copied into the database
  bool complete = false;  // false: a reader or writer was in the way
};

class Connection {
 public:
  enum class Mode {
    read_write,  // creates the file
    read_only
  };
  // WAL, synchronous FULL, foreign keys, temporary data in memory, checkpoints only when asked for.
  // Throws StoreError when the file cannot be opened or is no database.
  Connection(const std::filesystem::path& file, Mode mode, Millis busy_timeout);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Statements are kept by their text, so `sql` is best a constant. Text with values in it would
  // defeat both the cache and its purpose.
  Statement prepare(std::string_view sql);

  // Prepares, binds and runs to the end; returns the number of rows changed.
  template <typename... Args>
  int run(std::string_view sql, const Args&... args) {
    Statement statement = prepare(sql);
    statement.bind(args...);
    while (statement.step()) {
    }
    return changes();
  }

  // Key of the row that was inserted last.
  std::int64_t last_insert_id() const;

  // Several statements without parameters: migrations, pragmas.
  void execute(const std::string& script);

  // False when SQLite has ended the transaction by itself after an error.
  bool in_transaction() const;

  // passive: copies what it can beside readers and the writer. truncate: copies all and starts the
  // log over; it must be the writer who asks. Neither waits for anybody.
  enum class Checkpoint { passive, truncate };
  WalSize checkpoint(Checkpoint mode);
  // Frames in the write-ahead log after this connection's last commit; -1 before the first.
  int wal_frames() const { return *wal_frames_; }

  const std::filesystem::path& file() const { return file_; }

 private:
  friend class Statement;
  struct Cached {
    sqlite3_stmt* statement = nullptr;
    bool lent = false;
    std::list<std::string>::iterator age;
  };

  void use_write_ahead_log();
  void close() noexcept;
  int changes() const;
  sqlite3_stmt* compile(std::string_view sql, bool persistent);
  void forget_oldest();
  [[noreturn]] void fail(int code) const;

  std::filesystem::path file_;
  Millis busy_timeout_;
  sqlite3* handle_ = nullptr;
  std::unique_ptr<int> wal_frames_;  // has an address of its own: SQLite's hook writes to it
  std::list<std::string> ages_;      // texts of the cached statements, last used first
  std::unordered_map<std::string_view, Cached> cache_;  // keys point into ages_
};

}  // namespace catalina::store
