#include "store/migrations.hpp"

#include <fstream>
#include <sstream>

#include "store/reader.hpp"
#include "support/catch.hpp"
#include "support/temp_dir.hpp"

using namespace catalina;
using namespace catalina::store;
using catalina::test::TempDir;

namespace {

struct Database {
  TempDir dir;
  std::filesystem::path file = dir / "test.db";
  Connection connection{file, Connection::Mode::read_write, Millis(0)};

  // One object a paragraph, as SQLite remembers it.
  std::string schema() {
    std::string text;
    Statement row = connection.prepare(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name");
    while (row.step()) text += row.get<std::string>(0) + ";\n\n";
    return text;
  }
  int version() {
    Statement row = connection.prepare("PRAGMA user_version");
    row.step();
    return row.get<int>(0);
  }
};

const std::vector<Migration> two{
    {1, "first", "CREATE TABLE a (x INTEGER) STRICT;"},
    {2, "second", "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO a (x) VALUES (7);"}};

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("an empty file becomes the schema that is checked in") {
  Database db;
  migrate(db.connection, embedded_migrations(), Time());
  const auto expected = std::filesystem::path(CATALINA_SOURCE_DIR) / "tests/unit/store/schema.sql";
  INFO("after a new migration, accept the schema by writing this to " << expected);
  CHECK(db.schema() == read_file(expected));
  CHECK(db.version() == static_cast<int>(embedded_migrations().size()));
}

TEST_CASE("migrating again changes nothing") {
  Database db;
  migrate(db.connection, two, Time());
  migrate(db.connection, two, Time());
  Statement row = db.connection.prepare("SELECT COUNT(*) FROM a");
  REQUIRE(row.step());
  CHECK(row.get<int>(0) == 1);
}

TEST_CASE("an older database is brought up to date with its data") {
  Database db;
  migrate(db.connection, {two[0]}, Time());
  db.connection.run("INSERT INTO a (x) VALUES ($1)", 1);
  migrate(db.connection, two, Time());
  CHECK(db.version() == 2);
  Statement row = db.connection.prepare("SELECT SUM(x) FROM a");
  REQUIRE(row.step());
  CHECK(row.get<int>(0) == 8);
}

TEST_CASE("a migration that is interrupted halfway leaves the version before it") {
  Database db;
  migrate(db.connection, {two[0]}, Time());
  const std::string before = db.schema();
  const Migration broken{2, "second",
                         "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO no VALUES (1);"};
  CHECK_THROWS_WITH(migrate(db.connection, {two[0], broken}, Time()),
                    Catch::StartsWith("migration 2 (second) failed: "));
  CHECK(db.schema() == before);
  CHECK(db.version() == 1);
  migrate(db.connection, two, Time());
  CHECK(db.version() == 2);
}

TEST_CASE("a database of a newer Catalina is refused and left alone") {
  Database db;
  migrate(db.connection, two, Time());
  const std::string line =
      db.file.string() + ": made by a newer Catalina (schema 2, this one knows up to 1)";
  CHECK_THROWS_WITH(migrate(db.connection, {two[0]}, Time()), line);
  CHECK_THROWS_WITH(require_current_schema(db.connection, {two[0]}), line);
  CHECK(db.version() == 2);
}

TEST_CASE("a migration whose text was changed after it ran is refused") {
  Database db;
  migrate(db.connection, two, Time());
  auto altered = two;
  altered[0].sql += " -- changed";
  CHECK_THROWS_WITH(
      migrate(db.connection, altered, Time()),
      db.file.string() + ": its migration 1 is not the one this Catalina carries (first)");
}

TEST_CASE("another program's database is refused") {
  Database db;
  db.connection.execute("CREATE TABLE theirs (x INTEGER)");
  CHECK_THROWS_WITH(migrate(db.connection, two, Time()),
                    db.file.string() + ": this is not a database of Catalina");
}

TEST_CASE("a reader asks for the current schema") {
  Database db;
  migrate(db.connection, two, Time());
  CHECK_THROWS_AS(Reader(db.file), StoreError);
  CHECK_THROWS_AS(Reader(db.dir / "missing.db"), StoreError);
}
