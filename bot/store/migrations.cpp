#include "store/migrations.hpp"

#include <charconv>
#include <stdexcept>

#include "core/crypto.hpp"
#include "core/log.hpp"
#include "core/resources.hpp"

namespace catalina::store {
namespace {

constexpr std::string_view folder = "bot/store/migrations/";
constexpr std::int64_t application_id = 0x43617461;  // "Cata", in the header of the file

constexpr std::string_view create_table =
    "CREATE TABLE IF NOT EXISTS migrations ("
    "number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, "
    "applied_at INTEGER NOT NULL) STRICT";
constexpr std::string_view add_row =
    "INSERT INTO migrations (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)";
constexpr std::string_view select_rows = "SELECT number, checksum FROM migrations ORDER BY number";

[[noreturn]] void refuse(const Connection& connection, const std::string& why) {
  throw StoreError(StoreError::Cause::work, connection.file().string() + ": " + why);
}

std::int64_t number_of(Connection& connection, std::string_view pragma_or_query) {
  Statement statement = connection.prepare(pragma_or_query);
  statement.step();
  return statement.get<std::int64_t>(0);
}

bool is_empty(Connection& connection) {
  return number_of(connection, "SELECT COUNT(*) FROM sqlite_schema") == 0;
}

// The version of the database, after making sure that it is one of ours and no newer than we are.
int checked_version(Connection& connection, const std::vector<Migration>& migrations) {
  const auto version = static_cast<int>(number_of(connection, "PRAGMA user_version"));
  if (number_of(connection, "PRAGMA application_id") != application_id) {
    if (is_empty(connection) && version == 0) return 0;
    refuse(connection, "this is not a database of Catalina");
  }
  const auto latest = static_cast<int>(migrations.size());
  if (version > latest)
    refuse(connection, "made by a newer Catalina (schema " + std::to_string(version) +
                           ", this one knows up to " + std::to_string(latest) + ")");
  Statement applied = connection.prepare(select_rows);
  for (int number = 1; number <= version; ++number) {
    const Migration& ours = migrations[static_cast<std::size_t>(number - 1)];
    if (!applied.step() || applied.get<int>(0) != number ||
        applied.get<std::string>(1) != ours.checksum())
      refuse(connection, "its migration " + std::to_string(number) +
                             " is not the one this Catalina carries (" + ours.name + ")");
  }
  return version;
}

void apply(Connection& connection, const Migration& migration, Time now) {
  connection.run("BEGIN IMMEDIATE");
  try {
    connection.run(create_table);
    connection.execute(migration.sql);
    connection.run(add_row, migration.number, migration.name, migration.checksum(), now);
    // Both live in the file's header and are undone with the transaction. They take no parameters.
    connection.execute("PRAGMA application_id = " + std::to_string(application_id) +
                       "; PRAGMA user_version = " + std::to_string(migration.number));
    connection.run("COMMIT");
  } catch (const StoreError& error) {
    if (connection.in_transaction()) connection.run("ROLLBACK");
    throw StoreError(error.cause(), "migration " + std::to_string(migration.number) + " (" +
                                        migration.name + ") failed: " + error.what());
  }
}

Migration read_migration(std::string_view path) {
  const std::string_view file = path.substr(folder.size());
  const std::size_t underscore = file.find('_');
  const std::size_t dot = file.rfind('.');
  Migration migration;
  if (underscore == std::string_view::npos || dot == std::string_view::npos || dot < underscore ||
      std::from_chars(file.data(), file.data() + underscore, migration.number).ptr !=
          file.data() + underscore)
    throw std::logic_error("not the name of a migration: " + std::string(file));
  migration.name = file.substr(underscore + 1, dot - underscore - 1);
  migration.sql = *resources::find(path);
  return migration;
}

}  // namespace

std::string Migration::checksum() const {
  return crypto::sha256_hex(sql);
}

std::vector<Migration> embedded_migrations() {
  std::vector<Migration> migrations;
  for (const std::string_view path : resources::list(folder)) {
    migrations.push_back(read_migration(path));
    if (migrations.back().number != static_cast<int>(migrations.size()))
      throw std::logic_error("migrations are not numbered without gaps: " + std::string(path));
  }
  return migrations;
}

void migrate(Connection& connection, const std::vector<Migration>& migrations, Time now) {
  const int version = checked_version(connection, migrations);
  for (const Migration& migration : migrations) {
    if (migration.number <= version) continue;
    apply(connection, migration, now);
    log::info("database migrated", {{"number", migration.number}, {"name", migration.name}});
  }
}

void require_current_schema(Connection& connection, const std::vector<Migration>& migrations) {
  if (checked_version(connection, migrations) != static_cast<int>(migrations.size()))
    refuse(connection, "made by an older Catalina; start this one once to bring it up to date");
}

}  // namespace catalina::store
