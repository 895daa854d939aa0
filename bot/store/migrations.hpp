// The schema grows by numbered SQL files (bot/store/migrations/0001_name.sql, built into the
// binary), each run once, in a transaction of its own together with its version stamp.
#pragma once

#include <string>
#include <vector>

#include "store/connection.hpp"

namespace catalina::store {

struct Migration {
  int number = 0;  // 1, 2, 3 … without gaps
  std::string name;
  std::string sql;

  std::string checksum() const;
};

// In order. Throws std::logic_error when the files are not numbered 1, 2, 3 …
std::vector<Migration> embedded_migrations();

// Brings the database to the last of `migrations`. Throws StoreError, and leaves the database as it
// was, when it belongs to another program, is newer than `migrations`, or was made by a different
// text of one of them. When a migration fails the database stays at the version before it.
void migrate(Connection& connection, const std::vector<Migration>& migrations, Time now);

// Throws StoreError unless the database is exactly at the last of `migrations`.
void require_current_schema(Connection& connection, const std::vector<Migration>& migrations);

}  // namespace catalina::store
