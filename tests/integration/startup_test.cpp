// What stops the start, told in one plain line each, by the real binary.
#include <sqlite3.h>

#include <boost/asio/io_context.hpp>
#include <fstream>
#include <iterator>

#include "http/server.hpp"
#include "support/catch.hpp"
#include "support/process.hpp"
#include "support/temp_dir.hpp"

using namespace catalina;

namespace {

using Variables = std::map<std::string, std::string>;

Variables complete(const test::TempDir& dir) {
  return {{"CATALINA_HTTP_PORT", "0"},
          {"CATALINA_DATA_DIR", (dir / "data").string()},
          {"CATALINA_WHATSAPP_APP_SECRET", "s"},
          {"CATALINA_WHATSAPP_VERIFY_TOKEN", "v"},
          {"CATALINA_WHATSAPP_ACCESS_TOKEN", "a"},
          {"CATALINA_WHATSAPP_PHONE_NUMBER_ID", "109876543210001"},
          {"CATALINA_WHATSAPP_BUSINESS_ACCOUNT_ID", "108765432109001"},
          {"CATALINA_WHATSAPP_GRAPH_URL", "http://127.0.0.1:9"}};
}

struct Ended {
  int status = 0;
  std::string output;
};

Ended run(const std::vector<std::string>& arguments, const Variables& variables,
          const test::TempDir& dir) {
  const auto log = dir / "log";
  std::filesystem::remove(log);
  test::Process process(CATALINA_BINARY, arguments, variables, log);
  const int status = process.wait(std::chrono::seconds(60));
  std::ifstream in(log);
  return {status, std::string(std::istreambuf_iterator<char>(in), {})};
}

}  // namespace

TEST_CASE("serve names every missing secret and does not start") {
  const test::TempDir dir;
  const Ended ended = run({"serve"}, {{"CATALINA_DATA_DIR", (dir / "data").string()}}, dir);
  CHECK(ended.status == 1);
  for (const char* name :
       {"APP_SECRET", "VERIFY_TOKEN", "ACCESS_TOKEN", "PHONE_NUMBER_ID", "BUSINESS_ACCOUNT_ID"})
    CHECK_THAT(ended.output,
               Catch::Contains("CATALINA_WHATSAPP_" + std::string(name) + " is missing"));
  CHECK(std::count(ended.output.begin(), ended.output.end(), '\n') == 5);
  CHECK_FALSE(std::filesystem::exists(dir / "data"));
}

TEST_CASE("a data folder that cannot be used stops the start") {
  const test::TempDir dir;
  std::ofstream(dir / "data") << "a file where the folder should be";
  const Ended ended = run({"serve"}, complete(dir), dir);
  CHECK(ended.status == 1);
  CHECK_THAT(ended.output, Catch::StartsWith("catalina: the data folder"));
}

TEST_CASE("a database of a newer Catalina stops the start and is left as it is") {
  const test::TempDir dir;
  const std::string config = std::string(CATALINA_SOURCE_DIR) + "/config";
  REQUIRE(run({"catalog", "import", config}, complete(dir), dir).status == 0);
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open((dir / "data/catalina.db").c_str(), &db) == SQLITE_OK);
  REQUIRE(sqlite3_exec(db, "PRAGMA user_version = 9999", nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(db);
  const Ended ended = run({"serve"}, complete(dir), dir);
  CHECK(ended.status == 1);
  CHECK_THAT(ended.output, Catch::Contains("newer"));
}

TEST_CASE("a broken hoja de vida stops the start with file, line and field") {
  const test::TempDir dir;
  const std::filesystem::path config = dir / "config";
  std::filesystem::copy(std::filesystem::path(CATALINA_SOURCE_DIR) / "config", config,
                        std::filesystem::copy_options::recursive);
  const auto hoja = config / "tramites/predial-pagar.json";
  std::ifstream in(hoja);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  const auto at = text.find("\"formula\"");
  REQUIRE(at != std::string::npos);
  text.replace(at, 9, "\"regalado\"");
  std::ofstream(hoja) << text;
  Variables variables = complete(dir);
  variables["CATALINA_CONFIG_DIR"] = config.string();
  const Ended ended = run({"serve"}, variables, dir);
  CHECK(ended.status == 1);
  CHECK_THAT(ended.output,
             Catch::Contains("tramites/predial-pagar.json:") && Catch::Contains("costo.tipo"));
}

TEST_CASE("a port in use stops the start") {
  const test::TempDir dir;
  boost::asio::io_context io;
  const http::Server holder(io, http::Router(), http::ServerOptions());
  Variables variables = complete(dir);
  variables["CATALINA_HTTP_PORT"] = std::to_string(holder.port());
  const Ended ended = run({"serve"}, variables, dir);
  CHECK(ended.status == 1);
  CHECK_THAT(ended.output,
             Catch::Contains(std::to_string(holder.port())) && Catch::Contains("in use"));
}

TEST_CASE("wrong usage exits 2, help exits 0") {
  const test::TempDir dir;
  CHECK(run({}, {}, dir).status == 2);
  CHECK(run({"dance"}, {}, dir).status == 2);
  CHECK(run({"serve", "--port"}, {}, dir).status == 2);
  const Ended help = run({"help"}, {}, dir);
  CHECK(help.status == 0);
  CHECK_THAT(help.output, Catch::Contains("serve") && Catch::Contains("classify"));
  for (const char* command : {"serve", "demo", "emulator", "chat", "classify", "catalog"})
    CHECK(run({command, "--help"}, {}, dir).status == 0);
}
