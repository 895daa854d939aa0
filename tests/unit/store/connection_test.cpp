#include "store/connection.hpp"

#include <fstream>

#include "support/catch.hpp"
#include "support/temp_dir.hpp"

using namespace catalina;
using namespace catalina::store;
using catalina::test::TempDir;

namespace {

struct Opened {
  TempDir dir;
  std::filesystem::path file = dir / "test.db";
  Connection connection{file, Connection::Mode::read_write, Millis(0)};

  Opened() {
    connection.execute("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT, size REAL) STRICT");
  }
  std::string pragma(const std::string& name) {
    Statement row = connection.prepare("PRAGMA " + name);
    row.step();
    return row.get<std::string>(0);
  }
};

constexpr std::string_view insert_thing = "INSERT INTO things (id, name, size) VALUES ($1, $2, $3)";
constexpr std::string_view select_thing = "SELECT name, size FROM things WHERE id = $1";

}  // namespace

TEST_CASE("every connection keeps the one policy") {
  Opened db;
  CHECK(db.pragma("journal_mode") == "wal");
  CHECK(db.pragma("synchronous") == "2");  // FULL
  CHECK(db.pragma("foreign_keys") == "1");
  CHECK(db.pragma("wal_autocheckpoint") == "0");
}

TEST_CASE("values come back as they went in, zero bytes and NULL included") {
  Opened db;
  const std::string odd("a\0ñ", 4);
  CHECK(db.connection.run(insert_thing, 1, odd, 0.25) == 1);
  CHECK(db.connection.run(insert_thing, 2, std::optional<std::string>(), nullptr) == 1);
  CHECK(db.connection.run(insert_thing, 3, std::string_view(), 1.0) == 1);
  {
    Statement row = db.connection.prepare(select_thing);
    REQUIRE(row.bind(1).step());
    CHECK(row.get<std::string>(0) == odd);
    CHECK(row.get<double>(1) == 0.25);
    CHECK_FALSE(row.step());
  }
  {
    Statement row = db.connection.prepare(select_thing);
    REQUIRE(row.bind(2).step());
    CHECK(row.get<std::optional<std::string>>(0) == std::nullopt);
    CHECK_THROWS_AS(row.get<std::string>(0), StoreError);
  }
  Statement row = db.connection.prepare(select_thing);
  REQUIRE(row.bind(3).step());
  CHECK(row.get<std::string>(0).empty());  // empty text is not NULL
}

TEST_CASE("a statement comes back clean, and one in use is not disturbed by a second use") {
  Opened db;
  db.connection.run(insert_thing, 1, "one", 1.0);
  db.connection.run(insert_thing, 2, "two", 2.0);
  {
    Statement first = db.connection.prepare(select_thing);
    REQUIRE(first.bind(1).step());
    Statement second = db.connection.prepare(select_thing);
    REQUIRE(second.bind(2).step());
    CHECK(first.get<std::string>(0) == "one");
    CHECK(second.get<std::string>(0) == "two");
  }
  // Without its binding the parameter is NULL and finds nothing.
  Statement again = db.connection.prepare(select_thing);
  CHECK_FALSE(again.step());
}

TEST_CASE("more different statements than the cache holds are no trouble") {
  Opened db;
  Statement kept = db.connection.prepare("SELECT 'kept'");
  REQUIRE(kept.step());
  for (int i = 0; i < 1000; ++i) {
    Statement row = db.connection.prepare("SELECT " + std::to_string(i));
    REQUIRE(row.step());
    REQUIRE(row.get<int>(0) == i);
  }
  CHECK(kept.get<std::string>(0) == "kept");
}

TEST_CASE("wrong SQL is an error of the work, told with the file's name") {
  Opened db;
  const auto cause_of = [&](const auto& action) {
    try {
      action();
    } catch (const StoreError& error) {
      CHECK(std::string(error.what()).size() > 10);
      return error.cause();
    }
    FAIL("no error");
    return StoreError::Cause::environment;
  };
  CHECK(cause_of([&] { db.connection.run("SELEC 1"); }) == StoreError::Cause::work);
  CHECK(cause_of([&] { db.connection.run("SELECT 1; SELECT 2"); }) == StoreError::Cause::work);
  CHECK(cause_of([&] { db.connection.run(insert_thing, 1); }) == StoreError::Cause::work);
  CHECK(cause_of([&] { db.connection.run("SELECT $2, $1", 1, 2); }) == StoreError::Cause::work);
  CHECK(cause_of([&] { db.connection.run(insert_thing, "text", "x", 1.0); }) ==
        StoreError::Cause::work);
  db.connection.run(insert_thing, 1, "x", 1.0);
  CHECK(cause_of([&] { db.connection.run(insert_thing, 1, "x", 1.0); }) == StoreError::Cause::work);
}

TEST_CASE("a damaged file is an error of the environment: the work may be done again elsewhere") {
  TempDir dir;
  const std::filesystem::path file = dir / "test.db";
  {
    Connection connection(file, Connection::Mode::read_write, Millis(0));
    connection.execute("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT, size REAL) STRICT");
    connection.run(insert_thing, 1, "one", 1.0);
  }
  const std::string garbage(4096, '\x7F');
  std::fstream(file, std::ios::in | std::ios::out | std::ios::binary)
      .seekp(4096)
      .write(garbage.data(), 4096);
  Connection connection(file, Connection::Mode::read_write, Millis(0));
  try {
    connection.run(insert_thing, 2, "two", 1.0);
    FAIL("no error");
  } catch (const StoreError& error) {
    CHECK(error.cause() == StoreError::Cause::environment);
  }
}

TEST_CASE("a lock held by somebody else is Busy, an error of the environment") {
  Opened db;
  Connection other(db.file, Connection::Mode::read_write, Millis(0));
  other.run("BEGIN IMMEDIATE");
  CHECK_THROWS_AS(db.connection.run("BEGIN IMMEDIATE"), Busy);
  other.run("ROLLBACK");
  db.connection.run("BEGIN IMMEDIATE");
}

TEST_CASE("a read-only connection reads and cannot write") {
  Opened db;
  db.connection.run(insert_thing, 1, "one", 1.0);
  Connection reader(db.file, Connection::Mode::read_only, Millis(0));
  Statement row = reader.prepare(select_thing);
  REQUIRE(row.bind(1).step());
  CHECK_THROWS_AS(reader.run(insert_thing, 2, "two", 2.0), StoreError);
}

TEST_CASE("a file that is no database is refused") {
  TempDir dir;
  std::ofstream(dir / "not.db") << std::string(5000, 'x');
  CHECK_THROWS_WITH(Connection(dir / "not.db", Connection::Mode::read_write, Millis(0)),
                    (dir / "not.db").string() + ": file is not a database");
}
