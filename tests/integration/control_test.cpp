// Commands beside a Catalina that runs: what they do holds at once, and after a crash.
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/clock.hpp"
#include "store/process_lock.hpp"
#include "store/writer.hpp"
#include "support/catalina.hpp"
#include "support/catch.hpp"
#include "support/log_pipe.hpp"
#include "support/process.hpp"
#include "support/rig.hpp"
#include "unit/http/raw_socket.hpp"

using namespace catalina;
using Catch::Contains;
using nlohmann::json;
using test::Ended;

namespace {

const std::string config = std::string(CATALINA_SOURCE_DIR) + "/config";
const std::string text = "Hoy no hay agua en Bocagrande.";

std::string hours_from_now(int hours) {
  return format_local(Clock::system().now() + std::chrono::hours(hours));
}

// `serve` as an operator runs it.
struct Serving {
  test::TempDir dir;
  test::Variables variables = [this] {
    test::Variables all = test::complete(dir);
    all["CATALINA_LOG_LEVEL"] = "info";
    return all;
  }();
  test::LogPipe log{dir};
  test::Process process{CATALINA_BINARY, {"serve"}, variables, {log.path()}};
  std::uint16_t port = [this] {
    const std::string lines = log.read_until("Catalina is listening");
    return static_cast<std::uint16_t>(std::stoi(lines.substr(lines.rfind("port=") + 5)));
  }();

  Ended run(const std::vector<std::string>& arguments) const {
    return test::run(arguments, test::complete(dir), dir);
  }
  std::string catalog_version() const {
    test::RawSocket socket(port);
    socket.send("GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const std::string answer = socket.read_all();
    return json::parse(answer.substr(answer.find("\r\n\r\n")))["catalog_version"];
  }
};

}  // namespace

TEST_CASE("a message pinned beside a running Catalina is in her next answer") {
  test::Rig rig;
  const test::TempDir dir;
  const auto run = [&](const std::vector<std::string>& arguments) {
    test::Variables variables = test::complete(dir);
    variables["CATALINA_DATA_DIR"] = rig.settings().data_dir.string();
    return test::run(arguments, variables, dir);
  };
  const auto answer_to = [&](const std::string& wamid, std::size_t count) {
    REQUIRE(rig.post_webhook(test::text_webhook(wamid, "573005550101", "gracias")) == 200);
    return rig.graph().wait_for(count).at(count - 1).dump();
  };
  CHECK_THAT(answer_to("wamid.1", 1), !Contains("Bocagrande"));
  const Ended pinned = run({"pin", "set", "--text", text, "--until", "2026-11-23 18:00"});
  CHECK(pinned.errors.empty());
  CHECK(pinned.status == 0);
  CHECK_THAT(answer_to("wamid.2", 2), Contains("Bocagrande"));
  CHECK_THAT(answer_to("wamid.3", 3), !Contains("Bocagrande"));
  CHECK(run({"pin", "set", "--text", "Ya hay agua.", "--until", "2026-11-23 18:00"}).status == 0);
  CHECK_THAT(answer_to("wamid.4", 4), Contains("Ya hay agua"));
  rig.restart();
  CHECK(run({"pin", "clear"}).status == 0);
  REQUIRE(rig.post_webhook(test::text_webhook("wamid.5", "573005550102", "gracias")) == 200);
  CHECK_THAT(rig.graph().wait_for(5).at(4).dump(), !Contains("agua"));
}

TEST_CASE("what is pinned outlives a crash, and the door of the dead keeps nobody out") {
  Serving first;
  REQUIRE(first.run({"pin", "set", "--text", text, "--until", hours_from_now(5), "--by", "Ana"})
              .status == 0);
  first.process.signal(SIGKILL);
  first.process.wait();
  const Ended shown = first.run({"pin", "show"});
  CHECK(shown.status == 0);
  CHECK_THAT(shown.output, Contains(text) && Contains("Ana"));
  // Nobody runs, and the dead one's socket is still there: straight to the store.
  CHECK(first.run({"pin", "clear"}).status == 0);
  CHECK_THAT(first.run({"pin", "show"}).output, Contains("ningún aviso") && Contains("quitó"));
}

TEST_CASE("a pin that cannot be is refused in one sentence, and the one before stays") {
  const test::TempDir dir;
  const auto run = [&](const std::vector<std::string>& arguments) {
    std::vector<std::string> all{"pin", "set"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return test::run(all, test::complete(dir), dir);
  };
  REQUIRE(run({"--text", text, "--until", hours_from_now(5)}).status == 0);
  const auto refused = [&](const std::vector<std::string>& arguments) {
    const Ended ended = run(arguments);
    CHECK(ended.status == 1);
    CHECK(ended.output.empty());
    return ended.errors;
  };
  CHECK_THAT(refused({"--text", "", "--until", hours_from_now(5)}), Contains("falta el texto"));
  CHECK_THAT(refused({"--text", std::string(601, 'a'), "--until", hours_from_now(5)}),
             Contains("caben 600"));
  CHECK_THAT(refused({"--text", "a\u202Eb", "--until", hours_from_now(5)}), Contains("no se ven"));
  CHECK_THAT(refused({"--text", "a\xff", "--until", hours_from_now(5)}), Contains("UTF-8"));
  CHECK_THAT(refused({"--text", text, "--until", hours_from_now(-1)}), Contains("ya pasó"));
  CHECK_THAT(refused({"--text", text, "--until", "mañana"}), Contains("2026-11-21 14:30"));
  CHECK_THAT(refused({"--text", text, "--from", hours_from_now(3), "--until", hours_from_now(2)}),
             Contains("antes de empezar"));
  CHECK(run({"--until", hours_from_now(5)}).status == 2);
  const Ended shown = test::run({"pin", "show"}, test::complete(dir), dir);
  CHECK_THAT(shown.output, Contains("Ahora           " + text));
}

TEST_CASE("a catalog is published beside a running Catalina, all or nothing, without a restart") {
  const Serving catalina;
  REQUIRE(catalina.catalog_version() == "1");
  const auto edited = catalina.dir / "edited";
  std::filesystem::copy(config, edited, std::filesystem::copy_options::recursive);
  const auto replace = [&](const std::string& before, const std::string& after) {
    std::string content = test::read_file(edited / "words.json");
    const auto at = content.find(before);
    REQUIRE(at != std::string::npos);
    std::ofstream(edited / "words.json") << content.replace(at, before.size(), after);
  };
  replace("\"de_nada\": \"", "\"de_nada\": \"{nadie} ");
  const Ended refused = catalina.run({"catalog", "import", edited.string()});
  CHECK(refused.status == 1);
  CHECK_THAT(refused.errors, Contains("{nadie}"));
  CHECK(catalina.catalog_version() == "1");
  replace("{nadie} ", "Claro. ");
  const Ended published = catalina.run({"catalog", "import", edited.string()});
  CHECK(published.errors.empty());
  CHECK(published.status == 0);
  CHECK_THAT(published.output, Contains("publicado como versión 2"));
  CHECK(catalina.catalog_version() == "2");
}

TEST_CASE("a catalog whose rule takes messages from others is refused, with what it would take") {
  const test::TempDir dir;
  std::filesystem::copy(config, dir / "edited", std::filesystem::copy_options::recursive);
  json intents = json::parse(test::read_file(dir / "edited/intents.json"));
  intents["reglas"].push_back(
      {{"nombre", "agua"}, {"objetivo", "faq:linea-155"}, {"patron", "\\bsin agua\\b"}});
  std::ofstream(dir / "edited/intents.json") << intents.dump();
  const Ended refused =
      test::run({"catalog", "import", (dir / "edited").string()}, test::complete(dir), dir);
  CHECK(refused.status == 1);
  CHECK(refused.output.empty());
  CHECK_THAT(refused.errors, Contains("intents.json: la regla agua se lleva a faq:linea-155") &&
                                 Contains("sin agua"));
  CHECK_FALSE(std::filesystem::exists(dir / "data/catalina.db"));
}

TEST_CASE("a command that finds the database taken and nobody to ask says what to do") {
  const test::TempDir dir;
  std::filesystem::create_directory(dir / "data");
  const store::ProcessLock chatting(store::database_file(dir / "data"));
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"catalog", "import", config},
        std::vector<std::string>{"pin", "clear"}}) {
    const Ended refused = test::run(command, test::complete(dir), dir);
    CHECK(refused.status == 1);
    CHECK_THAT(refused.errors, Contains("inténtalo de nuevo"));
  }
}
