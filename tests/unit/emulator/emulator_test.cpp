// The emulator over real sockets, against a bot that takes what comes.
#include "emulator/emulator.hpp"

#include "core/crypto.hpp"
#include "support/catch.hpp"
#include "unit/emulator/fixture.hpp"

using namespace catalina;
using namespace catalina::emulator;
using namespace catalina::emulator::test;

TEST_CASE("a citizen's message reaches the bot signed over its bytes") {
  Bench bench;
  const std::string wamid = bench.emulator.say("p1", "Hola, ¿cómo pago el predial?");
  REQUIRE(bench.emulator.wait_until_quiet(patience));

  const auto webhooks = bench.bot.webhooks();
  REQUIRE(webhooks.size() == 1);
  CHECK(webhooks[0].signature ==
        "sha256=" + crypto::hmac_sha256_hex("app-secret", webhooks[0].body));
  const auto messages = bench.bot.items("messages");
  REQUIRE(messages.size() == 1);
  CHECK(messages[0]["id"] == wamid);
  CHECK(messages[0]["from"] == "573005550101");
  CHECK(messages[0]["text"]["body"] == "Hola, ¿cómo pago el predial?");
}

TEST_CASE("an answer goes out, and its statuses come back with the price") {
  Bench bench;
  bench.emulator.say("p1", "Hola");
  const auto result = bench.send(bench.text_to("+573005550101"));
  REQUIRE(result.response.status == 200);
  const json body = json::parse(result.response.body);
  CHECK(body["contacts"][0] == json{{"input", "+573005550101"}, {"wa_id", "573005550101"}});
  REQUIRE(bench.emulator.wait_until_quiet(patience));

  const auto statuses = bench.bot.items("statuses");
  REQUIRE(statuses.size() == 2);
  for (const json& status : statuses) {
    CHECK(status["id"] == body["messages"][0]["id"]);
    CHECK(status["biz_opaque_callback_data"] == "out-1");
  }
  const json& delivered = statuses[0]["status"] == "delivered" ? statuses[0] : statuses[1];
  CHECK(delivered["pricing"]["type"] == "free_customer_service");
  CHECK(bench.emulator.act(
            [](World& world, Time now) { return world.ledger.month(now).delivered_service; }) == 1);
}

TEST_CASE("a webhook that was not answered 200 comes again") {
  Bench bench;
  bench.bot.answer_with({500, 204, 503});
  bench.emulator.say("p1", "Hola");
  REQUIRE(bench.emulator.wait_until(
      [](World& world) { return world.webhooks.totals().refused == 2; }, patience));
  // The third attempt is due in a second of the clock's, the fourth two seconds later.
  for (const int seconds : {1, 2}) {
    bench.clock.advance(std::chrono::seconds(seconds));
    REQUIRE(bench.emulator.wait_until(
        [&](World& world) { return world.webhooks.totals().posts >= 2 + seconds; }, patience));
  }
  REQUIRE(bench.emulator.wait_until_quiet(patience));
  const auto webhooks = bench.bot.webhooks();
  REQUIRE(webhooks.size() == 4);
  for (const auto& webhook : webhooks) CHECK(webhook.body == webhooks[0].body);
}

TEST_CASE("a connection that ends without an answer leaves the fate of the send open") {
  Bench bench;
  bench.emulator.say("p1", "Hola");
  bench.emulator.next_send({SendOutcome::Kind::drop});
  bench.emulator.next_send({SendOutcome::Kind::drop_after});
  CHECK(bench.send(bench.text_to("+573005550101")).kind == http::CallResult::Kind::unknown);
  CHECK(bench.send(bench.text_to("+573005550101")).kind == http::CallResult::Kind::unknown);
  const auto sends = bench.emulator.sends();
  REQUIRE(sends.size() == 2);
  CHECK(sends[0].wamid.empty());
  CHECK(!sends[1].wamid.empty());
  REQUIRE(bench.emulator.wait_until_quiet(patience));
  for (const json& status : bench.bot.items("statuses")) CHECK(status["id"] == sends[1].wamid);
}

TEST_CASE("a held answer comes after the statuses of its message") {
  Bench bench;
  bench.emulator.say("p1", "Hola");
  bench.emulator.next_send({SendOutcome::Kind::hold_after});
  auto answer = asio::co_spawn(bench.io,
                               bench.client.call("POST", "/v26.0/109876543210001/messages",
                                                 {{"Authorization", "Bearer access-token"},
                                                  {"Content-Type", "application/json"}},
                                                 bench.text_to("+573005550101").dump()),
                               asio::use_future);
  REQUIRE(bench.emulator.wait_for_sends(1, patience));
  REQUIRE(bench.emulator.wait_until_quiet(patience));
  CHECK(bench.bot.items("statuses").size() == 2);
  CHECK(answer.wait_for(std::chrono::seconds(0)) == std::future_status::timeout);
  bench.emulator.act([](World& world, Time) { world.release_sends(1); });
  CHECK(answer.get().response.status == 200);
}

TEST_CASE("what the platform refuses it refuses in this order") {
  Bench bench;
  const auto post = [&](const std::string& target, const std::string& body) {
    return Bench::code_of(bench.call("POST", target, body));
  };
  const std::string valid = bench.text_to("+573005550101").dump();
  CHECK(post("/v26.0/999/messages", "no json") == "400/33");
  CHECK(post("/v12.0/109876543210001/messages", "no json") == "400/2635");
  CHECK(post("/v26.0/109876543210001/messages", "no json") == "400/100");
  CHECK(Bench::code_of(bench.call("POST", "/v26.0/109876543210001/messages", valid,
                                  {{"Content-Type", "text/plain"}})) == "400/100");
  bench.emulator.act([](World& world, Time now) { world.knobs.token_expires = now; });
  CHECK(post("/v26.0/109876543210001/messages", valid) == "401/190");
  bench.emulator.act([](World& world, Time) {
    world.knobs.token_expires.reset();
    world.knobs.token_scope = "business_management";
  });
  CHECK(post("/v26.0/109876543210001/messages", valid) == "403/10");
  CHECK(bench.emulator.sends().size() == 2);  // the two that came as far as being read
}

TEST_CASE("the bot fetches what a citizen sent, while it may") {
  Bench bench;
  const std::string picture = "\x89PNG\r\n\x1A\n and then some";
  bench.emulator.act([&](World& world, Time now) {
    world.citizen_sends_medium(*world.account.phones.find("p1"), "image", "image/png", picture, "",
                               "La calle", now);
  });
  REQUIRE(bench.emulator.wait_until_quiet(patience));
  const json image = bench.bot.items("messages").at(0)["image"];
  const std::string id = image["id"];
  const auto info = bench.call("GET", "/v26.0/" + id + "?phone_number_id=109876543210001", "");
  REQUIRE(info.response.status == 200);
  const json medium = json::parse(info.response.body);
  CHECK(medium["sha256"] == image["sha256"]);
  const std::string url = medium["url"];
  const std::string target = url.substr(url.find("/media/"));
  CHECK(bench.call("GET", target, "").response.body == picture);
  bench.clock.advance(std::chrono::minutes(5));
  CHECK(bench.call("GET", target, "").response.status == 404);
  bench.clock.advance(std::chrono::days(7));
  CHECK(Bench::code_of(bench.call("GET", "/v26.0/" + id, "")) == "400/100");
}

TEST_CASE("an upload becomes an id that can be sent") {
  Bench bench;
  bench.emulator.say("p1", "Hola");
  const std::string body =
      "--frontera\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp"
      "\r\n--frontera\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n"
      "Content-Type: application/pdf\r\n\r\n%PDF-1.7 hola\r\n--frontera--\r\n";
  const auto uploaded = bench.call("POST", "/v26.0/109876543210001/media", body,
                                   {{"Content-Type", "multipart/form-data; boundary=frontera"}});
  REQUIRE(uploaded.response.status == 200);
  json message = bench.text_to("+573005550101");
  message.erase("text");
  message["type"] = "document";
  message["document"] = json::parse(uploaded.response.body);
  CHECK(bench.send(message).response.status == 200);
  message["type"] = "image";
  message["image"] = message["document"];
  message.erase("document");
  CHECK(Bench::code_of(bench.send(message)) == "400/131053");
}

TEST_CASE("the handshake passes with a bot that knows the token") {
  Bench bench;
  CHECK(asio::co_spawn(bench.io, bench.emulator.verify_webhook(), asio::use_future).get());
}

TEST_CASE("setting the clock forward closes the window of every citizen") {
  Bench bench;
  bench.emulator.say("p1", "Hola");
  bench.clock.advance(std::chrono::hours(24));
  CHECK(bench.send(bench.text_to("+573005550101")).response.status == 200);
  REQUIRE(bench.emulator.wait_until_quiet(patience));
  const auto statuses = bench.bot.items("statuses");
  REQUIRE(statuses.size() == 1);
  CHECK(statuses[0]["status"] == "failed");
  CHECK(statuses[0]["errors"][0]["code"] == 131047);
}
