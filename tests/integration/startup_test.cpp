// What stops the start, told in one plain line each, by the real binary.
#include <sqlite3.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <fstream>

#include "core/crypto.hpp"
#include "http/server.hpp"
#include "support/catalina.hpp"
#include "support/catch.hpp"
#include "support/temp_dir.hpp"

using namespace catalina;
using test::complete;
using test::Ended;
using test::run;
using test::Variables;

namespace {

// Not started, and the reason told on one plain line that holds all of `parts`.
void check_refused(const Ended& ended, const std::vector<std::string>& parts) {
  INFO(ended.errors);
  CHECK(ended.status == 1);
  CHECK_THAT(ended.errors, Catch::StartsWith("catalina: "));
  CHECK(std::count(ended.errors.begin(), ended.errors.end(), '\n') == 1);
  for (const std::string& part : parts) CHECK_THAT(ended.errors, Catch::Contains(part));
}

}  // namespace

TEST_CASE("serve names every missing secret and does not start") {
  const test::TempDir dir;
  const Ended ended = run({"serve"}, {{"CATALINA_DATA_DIR", (dir / "data").string()}}, dir);
  CHECK(ended.status == 1);
  for (const char* name :
       {"APP_SECRET", "VERIFY_TOKEN", "ACCESS_TOKEN", "PHONE_NUMBER_ID", "BUSINESS_ACCOUNT_ID"})
    CHECK_THAT(ended.errors,
               Catch::Contains("CATALINA_WHATSAPP_" + std::string(name) + " is missing"));
  CHECK(std::count(ended.errors.begin(), ended.errors.end(), '\n') == 5);
  CHECK_FALSE(std::filesystem::exists(dir / "data"));
}

TEST_CASE("a data folder that cannot be used stops the start") {
  const test::TempDir dir;
  std::ofstream(dir / "data") << "a file where the folder should be";
  check_refused(run({"serve"}, complete(dir), dir), {"the data folder"});
}

TEST_CASE("a database of a newer Catalina stops the start and is left as it is") {
  const test::TempDir dir;
  const std::string config = std::string(CATALINA_SOURCE_DIR) + "/config";
  REQUIRE(run({"catalog", "import", config}, complete(dir), dir).status == 0);
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open((dir / "data/catalina.db").c_str(), &db) == SQLITE_OK);
  REQUIRE(sqlite3_exec(db, "PRAGMA user_version = 9999", nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(db);
  const auto digest = [&] { return crypto::sha256_hex(test::read_file(dir / "data/catalina.db")); };
  const std::string before = digest();
  check_refused(run({"serve"}, complete(dir), dir), {"newer"});
  CHECK(digest() == before);
}

TEST_CASE("a broken hoja de vida stops the start with file, line and field") {
  const test::TempDir dir;
  const std::filesystem::path config = dir / "config";
  std::filesystem::copy(std::filesystem::path(CATALINA_SOURCE_DIR) / "config", config,
                        std::filesystem::copy_options::recursive);
  const auto hoja = config / "tramites/predial-pagar.json";
  std::string text = test::read_file(hoja);
  const auto at = text.find("\"formula\"");
  REQUIRE(at != std::string::npos);
  text.replace(at, 9, "\"regalado\"");
  std::ofstream(hoja) << text;
  Variables variables = complete(dir);
  variables["CATALINA_CONFIG_DIR"] = config.string();
  check_refused(run({"serve"}, variables, dir), {"tramites/predial-pagar.json:", "costo.tipo"});
}

TEST_CASE("a port in use stops the start") {
  const test::TempDir dir;
  boost::asio::io_context io;
  const http::Server holder(io, http::Router(), http::ServerOptions());
  Variables variables = complete(dir);
  variables["CATALINA_HTTP_PORT"] = std::to_string(holder.port());
  check_refused(run({"serve"}, variables, dir), {std::to_string(holder.port()), "in use"});
}

TEST_CASE("wrong usage exits 2, help exits 0") {
  const test::TempDir dir;
  CHECK(run({}, {}, dir).status == 2);
  CHECK(run({"dance"}, {}, dir).status == 2);
  CHECK(run({"serve", "--port"}, {}, dir).status == 2);
  for (const char* command : {"serve", "demo", "emulator"})
    for (const char* port : {"abc", "-1", "65536"})
      CHECK(run({command, "--port", port}, {}, dir).status == 2);
  const Ended help = run({"help"}, {}, dir);
  CHECK(help.status == 0);
  CHECK_THAT(help.output, Catch::Contains("serve") && Catch::Contains("classify"));
  for (const char* command : {"serve", "demo", "emulator", "chat", "classify", "catalog"})
    CHECK(run({command, "--help"}, {}, dir).status == 0);
}
