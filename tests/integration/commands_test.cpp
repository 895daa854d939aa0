// The commands that people and other programs use beside `serve`, through the real binary.
#include <sqlite3.h>

#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "catalog/text.hpp"
#include "store/reader.hpp"
#include "store/writer.hpp"
#include "support/catalina.hpp"
#include "support/catch.hpp"
#include "support/log_pipe.hpp"
#include "support/process.hpp"
#include "unit/http/raw_socket.hpp"

using namespace catalina;
using Catch::Contains;
using nlohmann::json;
using test::Ended;

namespace {

const std::string config = std::string(CATALINA_SOURCE_DIR) + "/config";

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// An installation of one's own.
struct Desk {
  test::TempDir dir;

  Ended run(const std::vector<std::string>& arguments, const std::string& input = "") const {
    return test::run(
        arguments, {{"CATALINA_DATA_DIR", (dir / "data").string()}, {"CATALINA_LOG_LEVEL", "warn"}},
        dir, input);
  }
  std::string path(const std::string& name) const { return (dir / name).string(); }
};

}  // namespace

TEST_CASE("classify gives a line of JSON for every line, in order, whatever it is") {
  const Desk desk;
  const std::vector<std::string> messages{"ke nesesito pa sacar el sertificado de residensia",
                                          "",
                                          "radicado CTG-2026-\xff\xfe vivo en \xc3",
                                          std::string(1024 * 1024, 'a'),
                                          "hola",
                                          "xyzzy plugh"};
  std::string input;
  for (const std::string& message : messages) input += message + '\n';
  const Ended ended = desk.run({"classify"}, input);
  CHECK(ended.status == 0);
  CHECK(ended.errors.empty());
  const auto lines = lines_of(ended.output);
  REQUIRE(lines.size() == messages.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    INFO(i);
    const json line = json::parse(lines[i]);
    CHECK(messages[i].starts_with(line["text"].get<std::string>().substr(0, 10)));
    for (const char* member : {"decision", "aspect"}) CHECK(line[member].is_string());
    CHECK(line["candidates"].size() <= 5);
    CHECK(line["entities"].is_object());
  }
  const json first = json::parse(lines[0]);
  CHECK(first["decision"] == "answer");
  CHECK(first["candidates"][0]["target"] == "tramite:certificado-residencia");
  CHECK(first["candidates"][0]["confidence"].get<double>() > 0.5);
  CHECK(first["aspect"] == "requisitos");
  CHECK(json::parse(lines[4])["decision"] == "talk");
  CHECK(json::parse(lines[5])["decision"] == "fallback");
}

TEST_CASE("classify tells its times on standard error alone") {
  const Desk desk;
  const Ended ended = desk.run({"classify", "--timing"}, "hola\npico y placa");
  CHECK(ended.status == 0);
  CHECK(lines_of(ended.output).size() == 2);  // the last line needs no end
  CHECK_THAT(ended.errors,
             Contains("messages 2,") && Contains("p50 ") && Contains("p99 ") && Contains("max "));
  CHECK(desk.run({"classify"}).output.empty());
  CHECK(desk.run({"classify", "--speed"}).status == 2);
}

TEST_CASE("explain tells why, to people and to programs") {
  const Desk desk;
  const Ended people = desk.run({"explain", "ke nesesito pa sacar el sertificado de residensia"});
  CHECK(people.status == 0);
  CHECK(people.errors.empty());
  CHECK_THAT(people.output, Contains("que necesito para sacar el certificado de residencia") &&
                                Contains("tramite:certificado-residencia") &&
                                Contains("«residensia»") && Contains("Diría"));
  const Ended programs = desk.run({"explain", "--json", "mi papá no respira"});
  const json said = json::parse(programs.output);
  CHECK(said["decision"] == "talk");
  CHECK(said["candidates"][0]["target"] == "intent:emergencia");
  CHECK(said["evidence"] == "regla emergencia: no respira");
  CHECK(said["thresholds"]["answer"] > said["thresholds"]["clarify"]);
  CHECK(said["says"].size() == 1);
  CHECK(desk.run({"explain"}).status == 2);
  CHECK(desk.run({"explain", "hola", "--turn", "1"}).status == 2);
  CHECK_FALSE(std::filesystem::exists(desk.dir / "data"));  // it only looks
}

TEST_CASE("a turn of the past is explained, and made again with the catalog of then and of today") {
  const Desk desk;
  CHECK(desk.run({"explain", "--turn", "1"}).status == 1);  // nobody has written yet
  REQUIRE(desk.run({"chat", "--as", "573005550177"},
                   "gracias\nun guarda me pidió plata para no ponerme el comparendo\n")
              .status == 0);
  const json turns =
      json::parse(desk.run({"explain", "--citizen", "573005550177", "--json"}).output);
  REQUIRE(turns.size() == 2);
  const std::string report = turns[0]["wamid"];
  const std::string thanks = turns[1]["wamid"];
  CHECK(turns[0]["text"].is_null());

  std::filesystem::copy(config, desk.dir / "edited", std::filesystem::copy_options::recursive);
  std::string words = test::read_file(desk.dir / "edited/words.json");
  const std::string before = "\"de_nada\": \"";
  words.insert(words.find(before) + before.size(), "¡Siempre! ");
  std::ofstream(desk.dir / "edited/words.json") << words;
  REQUIRE(desk.run({"catalog", "import", desk.path("edited")}).status == 0);

  const json told = json::parse(desk.run({"explain", "--json", "--turn", thanks}).output);
  CHECK(told["catalog_version"] == "1");
  CHECK(told["why"]["target"] == "intent:agradecimiento");
  CHECK(told["why"]["evidence"] == "regla gracias");
  REQUIRE(told["again"].size() == 2);
  CHECK(told["again"][0]["catalog_version"] == "1");
  CHECK(told["again"][0]["likeness"] == "same");
  CHECK(told["again"][1]["catalog_version"] == "2");
  CHECK(told["again"][1]["likeness"] == "other_words");
  CHECK_THAT(desk.run({"explain", "--turn", thanks}).output,
             Contains("lo mismo, palabra por palabra") && Contains("¡Siempre!"));

  const Ended sealed = desk.run({"explain", "--turn", report});
  CHECK(sealed.status == 0);
  CHECK_THAT(sealed.output, Contains("corrupción") && !Contains("comparendo"));
}

TEST_CASE("classify ends when nobody reads it any more") {
  const test::TempDir dir;
  test::Process process("/bin/sh",
                        {"-c", "yes hola | \"$0\" classify | head -n 1", CATALINA_BINARY},
                        {{"PATH", "/usr/bin:/bin"}}, {dir / "output"});
  CHECK(process.wait(std::chrono::seconds(60)) == 0);
  CHECK(lines_of(test::read_file(dir / "output")).size() == 1);
}

TEST_CASE("in the terminal a citizen asks, taps by number and types what they like") {
  const Desk desk;
  const Ended ended = desk.run({"chat", "--as", "573005550177"},
                               "hola\nmenú\n1\n\xff\xfe?\n" + std::string(10'000, 'x') + "\n");
  CHECK(ended.status == 0);
  CHECK(ended.errors.empty());
  CHECK(text::is_valid_utf8(ended.output));
  CHECK_THAT(ended.output, Contains("Ley 1581") && Contains("  1) "));
  store::Reader(store::database_file(desk.dir / "data")).read([](store::ReadTx& tx) {
    store::Statement inbound = tx.query(
        "SELECT COUNT(*), MAX(LENGTH(text)), MAX(text LIKE '%' || char(0xFFFD) || '%'), "
        "SUM(type = 'interactive') FROM inbound");
    REQUIRE(inbound.step());
    CHECK(inbound.get<int>(0) == 5);
    CHECK(inbound.get<int>(1) == 4096);
    CHECK(inbound.get<bool>(2));
    CHECK(inbound.get<int>(3) == 1);
    store::Statement unsent = tx.query("SELECT COUNT(*) FROM outgoing WHERE state <= 1");
    REQUIRE(unsent.step());
    CHECK(unsent.get<int>(0) == 0);  // nothing for a sender that starts on this store
  });
  CHECK(desk.run({"chat", "--as", "yo"}).status == 2);
}

TEST_CASE("the demo shows its phones on this machine, whatever the environment says, and stops") {
  const test::TempDir dir;
  test::LogPipe log(dir);
  test::Process process(CATALINA_BINARY, {"demo", "--port", "0"},
                        {{"CATALINA_DATA_DIR", (dir / "data").string()},
                         {"CATALINA_HTTP_ADDRESS", "0.0.0.0"},
                         {"CATALINA_WHATSAPP_GRAPH_URL", "https://graph.facebook.com"}},
                        {log.path()});
  const std::string said = log.read_until("Write to her at http://127.0.0.1:");
  const std::string prefix = "http://127.0.0.1:";
  const auto port = std::stoi(said.substr(said.find(prefix) + prefix.size()));
  test::RawSocket page(static_cast<std::uint16_t>(port));
  page.send("GET /demo/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
  CHECK_THAT(page.read_all(), Catch::StartsWith("HTTP/1.1 200 ") && Contains("main.js"));
  process.signal(SIGTERM);
  CHECK(process.wait(std::chrono::seconds(60)) == 0);
}

TEST_CASE("the catalog goes out in each format and comes back unchanged") {
  const Desk desk;
  CHECK(desk.run({"catalog", "export", desk.path("early.json")}).status == 1);  // nothing there yet
  REQUIRE(desk.run({"catalog", "import", config, "--note", "la primera"}).status == 0);

  REQUIRE(desk.run({"catalog", "export", desk.path("catalog.json")}).status == 0);
  REQUIRE(desk.run({"catalog", "export", desk.path("folder"), "--format", "folder"}).status == 0);
  for (const char* source : {"catalog.json", "folder"}) {
    INFO(source);
    CHECK_THAT(desk.run({"catalog", "validate", desk.path(source)}).output,
               Contains("archivos sin errores"));
    CHECK(desk.run({"catalog", "diff", desk.path(source)}).output == "0 cambios\n");
  }
  REQUIRE(desk.run({"catalog", "export", desk.path("hojas.csv"), "--format", "csv"}).status == 0);
  CHECK(lines_of(test::read_file(desk.dir / "hojas.csv")).size() > 10);
  CHECK(desk.run({"catalog", "export", desk.path("x"), "--format", "pdf"}).status == 2);
  CHECK(desk.run({"catalog", "diff", desk.path("missing")}).status == 1);
}

TEST_CASE("an edited hoja de vida is told apart, a broken one is named by file, line and field") {
  const Desk desk;
  std::filesystem::copy(config, desk.dir / "edited", std::filesystem::copy_options::recursive);
  REQUIRE(desk.run({"catalog", "import", config}).status == 0);
  const auto replace = [&](const std::string& before, const std::string& after) {
    const auto file = desk.dir / "edited/tramites/predial-pagar.json";
    std::string text = test::read_file(file);
    const auto at = text.find(before);
    REQUIRE(at != std::string::npos);
    std::ofstream(file) << text.replace(at, before.size(), after);
  };

  replace("pagar el predial", "pagar el predial de hoy");
  const Ended changed = desk.run({"catalog", "diff", desk.path("edited")});
  CHECK(changed.status == 0);
  CHECK_THAT(changed.output,
             Catch::StartsWith("~ ") && Contains("predial") && Catch::EndsWith("\n1 cambios\n"));

  replace("\"formula\"", "\"regalado\"");
  for (const char* command : {"validate", "diff", "import"}) {
    INFO(command);
    const Ended broken = desk.run({"catalog", command, desk.path("edited")});
    CHECK(broken.status == 1);
    CHECK(broken.output.empty());
    CHECK_THAT(broken.errors, Contains("tramites/predial-pagar.json:") && Contains("costo.tipo"));
  }
  CHECK(desk.run({"catalog", "diff", config}).output == "0 cambios\n");  // all or nothing
}

TEST_CASE("a catalog that Catalina could not start with is refused by every command") {
  const Desk desk;
  std::filesystem::copy(config, desk.dir / "edited", std::filesystem::copy_options::recursive);
  std::filesystem::remove(desk.dir / "edited/tramites/club-deportivo.json");
  for (const char* command : {"validate", "import"}) {
    INFO(command);
    const Ended broken = desk.run({"catalog", command, desk.path("edited")});
    CHECK(broken.status == 1);
    CHECK_THAT(broken.errors, Contains("frases/tramite-club-deportivo.json") &&
                                  Contains("«tramite:club-deportivo»"));
  }
}
