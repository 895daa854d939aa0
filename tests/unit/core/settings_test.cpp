#include "core/settings.hpp"

#include <unistd.h>

#include <fstream>
#include <map>

#include "support/catch.hpp"
#include "support/temp_dir.hpp"

using namespace catalina;

namespace {

Environment environment(std::map<std::string, std::string> values) {
  return [values = std::move(values)](const std::string& name) -> std::optional<std::string> {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional(found->second);
  };
}

std::vector<std::string> problems_of(std::map<std::string, std::string> values) {
  try {
    load_settings(environment(std::move(values)));
  } catch (const SettingsError& error) {
    return error.problems();
  }
  return {};
}

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path) << text;
}

}  // namespace

TEST_CASE("without an environment the documented defaults hold") {
  const Settings s = load_settings(environment({}));
  CHECK(s.http.address == "127.0.0.1");
  CHECK(s.http.port == 8080);
  CHECK(s.data_dir == "data");
  CHECK(s.whatsapp.graph_url == "https://graph.facebook.com");
  CHECK(s.whatsapp.graph_version == "v26.0");
  CHECK(s.whatsapp.messages_per_second == 80);
  CHECK(s.whatsapp.pair_seconds == 6);
  CHECK(s.whatsapp.pair_burst == 45);
  CHECK(s.whatsapp.receipt_wait_seconds == 30);
  CHECK(s.whatsapp.read_marks);
  CHECK_FALSE(s.metrics.port);
  CHECK(s.whatsapp.app_secret.empty());
  CHECK(s.clock == "system");
}

TEST_CASE("the environment sets any key, each by its type") {
  const Settings s =
      load_settings(environment({{"CATALINA_HTTP_PORT", "0"},
                                 {"CATALINA_WHATSAPP_READ_MARKS", "false"},
                                 {"CATALINA_WHATSAPP_PAIR_SECONDS", "0.5"},
                                 {"CATALINA_WHATSAPP_PHONE_NUMBER_ID", "109876543210001"},
                                 {"CATALINA_METRICS_PORT", "9100"},
                                 {"CATALINA_LOG_FORMAT", "json"}}));
  CHECK(s.http.port == 0);
  CHECK_FALSE(s.whatsapp.read_marks);
  CHECK(s.whatsapp.pair_seconds == 0.5);
  CHECK(s.whatsapp.phone_number_id == "109876543210001");
  CHECK(s.metrics.port == 9100);
  CHECK(s.log_format == "json");
}

TEST_CASE("every wrong value is named at once, with what it should be") {
  const auto problems = problems_of({{"CATALINA_HTTP_PORT", "eighty"},
                                     {"CATALINA_WHATSAPP_PAIR_BURST", "0"},
                                     {"CATALINA_LOG_LEVEL", "loud"},
                                     {"CATALINA_WHATSAPP_GRAPH_URL", "graph.facebook.com"}});
  REQUIRE(problems.size() == 4);
  const auto has = [&](const std::string& part) {
    return std::any_of(problems.begin(), problems.end(),
                       [&](const std::string& p) { return p.find(part) != std::string::npos; });
  };
  CHECK(has("CATALINA_HTTP_PORT (http.port) must be a whole number from 0 to 65535"));
  CHECK(has(
      "CATALINA_WHATSAPP_PAIR_BURST (whatsapp.pair_burst) must be a whole number from 1 to 10000"));
  CHECK(has("CATALINA_LOG_LEVEL"));
  CHECK(has("CATALINA_WHATSAPP_GRAPH_URL"));
}

TEST_CASE("a clock that is no time is refused") {
  CHECK(problems_of({{"CATALINA_CLOCK", "at:mañana"}}).size() == 1);
  CHECK(problems_of({{"CATALINA_CLOCK", "at:2026-11-21T14:30:00Z"}}).empty());
}

TEST_CASE(
    "the operator's file lies between the defaults and the environment; unknown keys are errors") {
  const test::TempDir dir;
  write(dir / "catalina.json", R"({"http": {"port": 9000, "address": "0.0.0.0"}})");
  const Settings s = load_settings(
      environment({{"CATALINA_CONFIG_DIR", dir.path().string()}, {"CATALINA_HTTP_PORT", "9001"}}));
  CHECK(s.http.port == 9001);
  CHECK(s.http.address == "0.0.0.0");

  write(dir / "catalina.json", R"({"http": {"prot": 9000}, "whatsapp": {"app_secret": "x"}})");
  const auto problems = problems_of({{"CATALINA_CONFIG_DIR", dir.path().string()}});
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].find("http.prot is not a setting") != std::string::npos);
  CHECK(problems[1].find("whatsapp.app_secret is a secret") != std::string::npos);

  write(dir / "catalina.json", R"({"http": )");
  CHECK(problems_of({{"CATALINA_CONFIG_DIR", dir.path().string()}}).size() == 1);
  CHECK(problems_of({{"CATALINA_CONFIG_DIR", (dir / "nowhere").string()}}).size() == 1);
}

TEST_CASE("a secret can come from a file, without its line end") {
  const test::TempDir dir;
  write(dir / "secret", "s3cret\n");
  const Settings s = load_settings(
      environment({{"CATALINA_WHATSAPP_APP_SECRET_FILE", (dir / "secret").string()}}));
  CHECK(s.whatsapp.app_secret == "s3cret");
  CHECK(problems_of({{"CATALINA_WHATSAPP_APP_SECRET_FILE", (dir / "nowhere").string()}}).size() ==
        1);
}

TEST_CASE("serve names every missing secret and refuses an unsafe Graph URL or a set clock") {
  Settings s = load_settings(environment({}));
  CHECK(problems_for_serve(s).size() == 5);
  s.whatsapp.app_secret = s.whatsapp.verify_token = s.whatsapp.access_token = "x";
  s.whatsapp.phone_number_id = s.whatsapp.business_account_id = "12345";
  CHECK(problems_for_serve(s).empty());
  s.whatsapp.graph_url = "http://example.org";
  CHECK(problems_for_serve(s).size() == 1);
  s.whatsapp.graph_url = "http://127.0.0.1:9999";
  CHECK(problems_for_serve(s).empty());
  s.clock = "at:2026-11-21T14:30:00Z";
  CHECK(problems_for_serve(s).empty());
  s.whatsapp.graph_url = "https://graph.facebook.com";
  CHECK(problems_for_serve(s).size() == 1);
  s.clock = "system";
  s.http.tls_key = "key.pem";
  CHECK(problems_for_serve(s).size() == 1);
}
