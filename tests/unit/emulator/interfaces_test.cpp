// The control interface and the phone page, over sockets.
#include "emulator/emulator.hpp"
#include "support/catch.hpp"
#include "unit/emulator/fixture.hpp"

using namespace catalina;
using namespace catalina::emulator;
using namespace catalina::emulator::test;

namespace {

json get(Bench& bench, const std::string& target) {
  return json::parse(bench.call("GET", target, "").response.body);
}

http::CallResult post(Bench& bench, const std::string& target, const json& body,
                      http::Headers headers = {}) {
  return bench.call("POST", target, body.dump(), std::move(headers));
}

}  // namespace

TEST_CASE("another program can play a citizen over HTTP") {
  Bench bench;
  const json phone = json::parse(
      post(bench, "/emulator/phones", {{"name", "Prueba"}, {"hides_number", true}}).response.body);
  CHECK(phone["id"] == "p4");
  const json message{{"type", "text"}, {"text", {{"body", "Hola"}}}};
  const auto sent =
      post(bench, "/emulator/messages", {{"phone", phone["bsuid"]}, {"message", message}});
  CHECK(sent.response.status == 200);
  REQUIRE(bench.emulator.wait_until_quiet(patience));
  const auto messages = bench.bot.items("messages");
  REQUIRE(messages.size() == 1);
  CHECK(messages[0]["from_user_id"] == phone["bsuid"]);
  CHECK_FALSE(messages[0].contains("from"));
}

TEST_CASE("a script over HTTP decides the next sends, and they can be listed") {
  Bench bench;
  bench.emulator.say("p1", "Hola");
  CHECK(post(bench, "/emulator/script", {{"sends", {{{"outcome", "refuse"}, {"code", 130429}}}}})
            .response.status == 200);
  CHECK(Bench::code_of(bench.send(bench.text_to("+573005550101"))) == "400/130429");
  CHECK(bench.send(bench.text_to("+573005550101")).response.status == 200);
  const json sends = get(bench, "/emulator/sends?after=1&wait=10")["sends"];
  REQUIRE(sends.size() == 1);
  CHECK(sends[0]["opaque"] == "out-1");
  CHECK(get(bench, "/emulator/state")["accepted"] == 1);
}

TEST_CASE("templates are registered and judged over HTTP") {
  Bench bench;
  const json aviso{{"name", "aviso"},
                   {"language", "es_CO"},
                   {"category", "UTILITY"},
                   {"components", {{{"type", "BODY"}, {"text", "Mañana no hay agua."}}}}};
  CHECK(post(bench, "/emulator/templates", aviso).response.status == 200);
  CHECK(post(bench, "/emulator/templates",
             {{"name", "aviso"}, {"language", "es_CO"}, {"status", "PAUSED"}})
            .response.status == 200);
  CHECK(get(bench, "/emulator/templates")["templates"][0]["status"] == "PAUSED");
  REQUIRE(bench.emulator.wait_until_quiet(patience));
  const json body = json::parse(bench.bot.webhooks().at(0).body);
  CHECK(body["entry"][0]["changes"][0]["field"] == "message_template_status_update");
}

TEST_CASE("raw bodies reach the bot as they are, signed rightly or as told") {
  Bench bench;
  bench.call("POST", "/emulator/raw", "{\"any\": [1,2");
  bench.call("POST", "/emulator/raw?signature=sha256%3Dfalse", "{}");
  REQUIRE(bench.emulator.wait_until_quiet(patience));
  const auto webhooks = bench.bot.webhooks();
  REQUIRE(webhooks.size() == 2);
  for (const auto& webhook : webhooks)
    CHECK((webhook.body == "{}") == (webhook.signature == "sha256=false"));
}

TEST_CASE("wrong calls of the control interface are explained and change nothing") {
  Bench bench;
  const auto sentence = [&](const char* target, const json& body) {
    const auto result = post(bench, target, body);
    CHECK(result.response.status == 400);
    return json::parse(result.response.body)["error"].get<std::string>();
  };
  CHECK(sentence("/emulator/knobs", {{"colour", "red"}}) == "colour: there is no such knob");
  CHECK(sentence("/emulator/messages", {{"phone", "p99"}}) == "there is no phone \"p99\"");
  CHECK(sentence("/emulator/phones", {{"number", "573005550101"}}).find("already") !=
        std::string::npos);
  CHECK(!sentence("/emulator/script", {{"sends", {1}}}).empty());
  const Time before = bench.clock.now();
  CHECK(!sentence("/emulator/clock", {{"advance_ms", -5}}).empty());
  CHECK(!sentence("/emulator/clock", {{"advance_ms", 366LL * 86'400'000 + 1}}).empty());
  CHECK(!sentence("/emulator/clock", {{"advance_ms", UINT64_MAX}}).empty());
  CHECK(bench.clock.now() - before < std::chrono::hours(1));
  CHECK(!sentence("/emulator/hold", {{"what", "time"}}).empty());
  CHECK(bench.call("POST", "/emulator/phones", "no json").response.status == 400);
}

TEST_CASE("the phone page may load nothing but itself") {
  Bench bench;
  const auto page = bench.call("GET", "/demo/", "");
  REQUIRE(page.response.status == 200);
  CHECK(page.response.content_type.find("text/html") == 0);
  const std::string policy(http::find_header(page.response.headers, "Content-Security-Policy"));
  CHECK(policy.find("default-src 'none'; script-src 'self'; style-src 'self'") == 0);
  CHECK(policy.find("unsafe") == std::string::npos);
  CHECK(bench.call("GET", "/demo/main.js", "").response.status == 200);
  CHECK(bench.call("GET", "/demo/../config/catalina.json", "").response.status == 404);
  CHECK(bench.call("GET", "/demo", "").response.status == 308);
}

TEST_CASE("what happens on the page reaches the bot, and comes back to the page") {
  Bench bench;
  const json before = get(bench, "/demo/api/updates?after=0");
  CHECK(before["phones"].size() == 3);
  CHECK(post(bench, "/demo/api/phones/p1", {{"text", "Hola"}}).response.status == 200);
  bench.send(bench.text_to("+573005550101", "¡Hola!"));
  REQUIRE(bench.emulator.wait_until_quiet(patience));
  const json after = get(bench, "/demo/api/updates?after=" + before["revision"].dump());
  REQUIRE(after["phones"].size() == 1);
  const json& bubbles = after["phones"][0]["bubbles"];
  REQUIRE(bubbles.size() == 2);
  CHECK(bubbles[0]["mine"] == true);
  CHECK(bubbles[0]["tick"] == "delivered");
  CHECK(bubbles[1]["content"]["text"]["body"] == "¡Hola!");
  CHECK(bubbles[1]["tick"] == "delivered");
  CHECK(after["ledger"]["delivered"] == 1);
  CHECK(bench.bot.items("messages").size() == 1);
}

TEST_CASE("the page waits for news without asking again and again") {
  Bench bench;
  const json before = get(bench, "/demo/api/updates?after=0");
  auto waiting = asio::co_spawn(
      bench.io,
      bench.client.call("GET", "/demo/api/updates?after=" + before["revision"].dump(),
                        http::Headers(), std::string()),
      asio::use_future);
  bench.emulator.say("p2", "Hola");
  const json update = json::parse(waiting.get().response.body);
  REQUIRE(update["phones"].size() == 1);
  CHECK(update["phones"][0]["id"] == "p2");
}

TEST_CASE("a picture from the page can be seen there and fetched by the bot") {
  Bench bench;
  const std::string picture = "\xFF\xD8\xFF and the rest";
  const auto sent = bench.call("POST", "/demo/api/phones/p1/image?caption=La%20calle", picture);
  REQUIRE(sent.response.status == 200);
  REQUIRE(bench.emulator.wait_until_quiet(patience));
  const json image = bench.bot.items("messages").at(0)["image"];
  CHECK(image["caption"] == "La calle");
  CHECK(image["mime_type"] == "image/jpeg");
  const std::string id = image["id"];
  CHECK(bench.call("GET", "/demo/api/media/" + id, "").response.body == picture);
  CHECK(bench.call("POST", "/demo/api/phones/p1/image", "<svg>").response.status == 400);
}

TEST_CASE("only the page itself acts as its citizens") {
  Bench bench;
  const auto status = [&](const char* header, const std::string& value) {
    return post(bench, "/demo/api/phones/p1", {{"text", "Hola"}}, {{header, value}})
        .response.status;
  };
  const std::string own = "http://127.0.0.1:" + std::to_string(bench.emulator.port());
  CHECK(status("Sec-Fetch-Site", "cross-site") == 403);
  CHECK(status("Sec-Fetch-Site", "same-site") == 403);
  CHECK(status("Sec-Fetch-Site", "same-origin") == 200);
  CHECK(status("Origin", "https://example.com") == 403);
  CHECK(status("Origin", "null") == 403);
  CHECK(status("Origin", own) == 200);
}

TEST_CASE("the page's wrong calls are refused") {
  Bench bench;
  const auto status = [&](const char* target, const json& body) {
    return post(bench, target, body).response.status;
  };
  CHECK(status("/demo/api/phones/p9", {{"text", "Hola"}}) == 404);
  CHECK(status("/demo/api/nothing", json::object()) == 404);
  CHECK(status("/demo/api/phones/p1", json::array()) == 400);
  CHECK(status("/demo/api/phones/p1", {{"text", ""}}) == 400);
  CHECK(status("/demo/api/phones/p1", {{"text", std::string(65'537, 'x')}}) == 400);
  CHECK(status("/demo/api/phones/p1", {{"tap", "x"}, {"context", "wamid.none"}}) == 400);
  CHECK(status("/demo/api/phones/p1", {{"location", {{"latitude", "x"}}}}) == 400);
  CHECK(status("/demo/api/phones", {{"name", ""}}) == 400);
}

TEST_CASE("the switch of the page sets the clock a day forward") {
  Bench bench;
  const Time before = bench.clock.now();
  CHECK(bench.call("POST", "/demo/api/clock", "{}").response.status == 200);
  CHECK(bench.clock.now() >= before + std::chrono::hours(24));
}
