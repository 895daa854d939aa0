// What becomes of messages, without sockets: time goes in as a value.
#include "emulator/world.hpp"

#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::emulator;
using nlohmann::json;

namespace {

const Time start = parse_utc("2026-11-21T14:30:00Z");

struct City {
  City() : world(Identity{}, "token") {
    phone = &world.account.phones.add({.name = "Yarlenis"});
    json aviso{
        {"name", "aviso"},
        {"language", "es_CO"},
        {"category", "UTILITY"},
        {"components",
         {{{"type", "BODY"}, {"text", "Mañana no hay agua."}},
          {{"type", "BUTTONS"}, {"buttons", {{{"type", "QUICK_REPLY"}, {"text", "Entendido"}}}}}}}};
    world.account.templates.put(read_template(aviso));
    aviso["name"] = "promo";
    aviso["category"] = "MARKETING";
    world.account.templates.put(read_template(aviso));
  }

  Answer post(const json& body) {
    return world.post_message(
        {"v26.0", world.account.identity.phone_number_id, "Bearer token", body.dump()}, now);
  }
  Answer text(const std::string& to = "+573005550101") {
    return post({{"messaging_product", "whatsapp"},
                 {"to", to},
                 {"type", "text"},
                 {"text", {{"body", "Hola"}}}});
  }
  Answer filled(const std::string& name, const std::string& to = "+573005550101") {
    return post({{"messaging_product", "whatsapp"},
                 {"to", to},
                 {"type", "template"},
                 {"template", {{"name", name}, {"language", {{"code", "es_CO"}}}}}});
  }
  void say_hello() {
    world.citizen_sends(*phone, {{"type", "text"}, {"text", {{"body", "Hola"}}}}, now);
  }

  // Lets all that is due happen and gives the statuses the bot is told of, as "delivered" or
  // "failed 131047"; every POST is answered 200.
  std::vector<std::string> statuses() {
    std::vector<std::string> told;
    world.run_until(now);
    while (true) {
      const auto posts = world.webhooks.take_due(world.knobs, world.account.identity, now);
      if (posts.empty()) return told;
      for (const auto& post : posts) {
        const json body = json::parse(post.body);
        for (const json& change : body["entry"][0]["changes"])
          if (change["value"].contains("statuses"))
            for (const json& status : change["value"]["statuses"]) {
              last = status;
              told.push_back(
                  status["status"].get<std::string>() +
                  (status.contains("errors") ? " " + status["errors"][0]["code"].dump() : ""));
            }
        world.webhook_answered(post.id, true, now);
      }
    }
  }

  World world;
  Phone* phone = nullptr;
  Time now = start;
  json last;  // status told last
};

int code_of(const Answer& answer) {
  const json body = json::parse(answer.body);
  return body.contains("error") ? body["error"]["code"].get<int>() : 0;
}

using Told = std::vector<std::string>;

}  // namespace

TEST_CASE("inside the window a text is sent and delivered; the screen decides on reading") {
  City city;
  city.say_hello();
  CHECK(code_of(city.text()) == 0);
  CHECK(city.statuses() == Told{"sent", "delivered"});
  city.world.look_at(*city.phone, true, city.now);
  CHECK(city.statuses() == Told{"read"});
  city.text();
  CHECK(city.statuses() == Told{"sent", "delivered", "read"});
  city.phone->read_receipts = false;
  city.text();
  CHECK(city.statuses() == Told{"sent", "delivered"});
}

TEST_CASE("statuses come after their delays") {
  City city;
  city.world.knobs = Knobs::lifelike();
  city.say_hello();
  city.text();
  CHECK(city.statuses().empty());
  city.now += city.world.knobs.sent_delay;
  CHECK(city.statuses() == Told{"sent"});
  city.now += city.world.knobs.delivered_delay - Millis(1);
  CHECK(city.statuses().empty());
  city.now += Millis(1);
  CHECK(city.statuses() == Told{"delivered"});
}

TEST_CASE("what Meta accepts and does not deliver") {
  City city;
  SECTION("outside the window") {
    city.text();
    CHECK(city.statuses() == Told{"failed 131047"});
    city.say_hello();
    city.now += std::chrono::hours(24) - Millis(1);
    city.text();
    CHECK(city.statuses() == Told{"sent", "delivered"});
    city.now += Millis(1);
    city.text();
    CHECK(city.statuses() == Told{"failed 131047"});
  }
  SECTION("a reaction does not open the window") {
    city.world.citizen_sends(
        *city.phone,
        {{"type", "reaction"}, {"reaction", {{"message_id", "wamid.1"}, {"emoji", "👍"}}}},
        city.now);
    city.text();
    CHECK(city.statuses() == Told{"failed 131047"});
  }
  SECTION("refused in the answer when told so") {
    city.world.knobs.window = Window::refused;
    CHECK(code_of(city.text()) == 131047);
    CHECK(code_of(city.filled("aviso")) == 0);
  }
  SECTION("not on WhatsApp") {
    city.text("+573009990000");
    CHECK(city.statuses() == Told{"failed 131026"});
    city.say_hello();
    city.phone->registered = false;
    city.text();
    CHECK(city.statuses() == Told{"failed 131026"});
    city.world.knobs.any_recipient = true;
    city.text("+573009990000");
    CHECK(city.statuses() == Told{"sent", "delivered"});
  }
  SECTION("marketing that was stopped") {
    city.phone->stopped_marketing = true;
    city.filled("promo");
    CHECK(city.statuses() == Told{"failed 131050"});
    city.filled("aviso");
    CHECK(city.statuses() == Told{"sent", "delivered"});
  }
  SECTION("more people than the messaging limit allows, until a day has passed") {
    city.world.knobs.messaging_limit = 1;
    city.world.account.phones.add({.name = "Rafael"});
    city.filled("aviso");
    CHECK(city.statuses() == Told{"sent", "delivered"});
    city.filled("aviso");  // the same person again
    CHECK(city.statuses() == Told{"sent", "delivered"});
    city.filled("aviso", "+573005550102");
    CHECK(city.statuses() == Told{"failed 131048"});
    city.now += std::chrono::hours(24);
    city.filled("aviso", "+573005550102");
    CHECK(city.statuses() == Told{"sent", "delivered"});
  }
}

TEST_CASE("the free tier is used up by delivered messages of the month") {
  City city;
  city.world.knobs.messages_per_second = 0;
  city.world.knobs.pair_limit = false;
  city.say_hello();
  for (int i = 0; i < 1000; ++i) city.text();
  city.statuses();
  CHECK(city.last["pricing"]["type"] == "free_customer_service");
  CHECK(city.world.ledger.month(city.now).micros == 0);
  city.text();
  city.statuses();
  CHECK(city.last["pricing"]["type"] == "regular");
  CHECK(city.last["pricing"]["billable"] == true);
  CHECK(city.world.ledger.month(city.now).micros == 800);
  SECTION("without a payment method delivery stops") {
    city.world.knobs.payment_method = false;
    city.text();
    CHECK(city.statuses() == Told{"failed 131042"});
  }
  SECTION("a new month, in the account's zone, is free again") {
    city.now = parse_utc("2026-12-01T04:59:00Z");
    city.say_hello();
    city.text();
    city.statuses();
    CHECK(city.last["pricing"]["type"] == "regular");
    city.now = parse_utc("2026-12-01T05:00:00Z");
    city.text();
    city.statuses();
    CHECK(city.last["pricing"]["type"] == "free_customer_service");
  }
}

TEST_CASE("statuses misbehave as told") {
  City city;
  city.say_hello();
  Knobs& knobs = city.world.knobs;
  SECTION("doubled") {
    knobs.statuses_doubled = true;
    city.text();
    CHECK(city.statuses() == Told{"sent", "sent", "delivered", "delivered"});
    CHECK(city.world.ledger.month(city.now).delivered == 1);
  }
  SECTION("delivered skipped, and still paid for once") {
    knobs.delivered_skipped = true;
    city.text();
    CHECK(city.statuses() == Told{"sent", "read"});
    CHECK(city.last.contains("pricing"));
    CHECK(city.world.ledger.month(city.now).delivered == 1);
  }
  SECTION("failed after sent") {
    knobs.fail_after_sent = 131049;
    city.text();
    CHECK(city.statuses() == Told{"sent", "failed 131049"});
  }
  SECTION("held, then told in reverse") {
    city.world.hold_statuses();
    city.text();
    CHECK(city.statuses().empty());
    city.world.release_statuses(Order::reversed, 2, city.now);
    CHECK(city.statuses() == Told{"delivered", "sent"});
    city.text();
    CHECK(city.statuses() == Told{"sent", "delivered"});
  }
  SECTION("templates held for quality") {
    knobs.templates_held = true;
    const json body = json::parse(city.filled("aviso").body);
    CHECK(body["messages"][0]["message_status"] == "held_for_quality_assessment");
    CHECK(city.statuses().empty());
  }
}

TEST_CASE("speed limits") {
  City city;
  city.say_hello();
  SECTION("45 to one person back to back, then one every 6 seconds") {
    for (int i = 0; i < 45; ++i) REQUIRE(code_of(city.text()) == 0);
    CHECK(code_of(city.text()) == 131056);
    city.now += std::chrono::seconds(6);
    CHECK(code_of(city.text()) == 0);
    CHECK(code_of(city.text()) == 131056);
    city.world.account.phones.add({.name = "Rafael"});
    CHECK(code_of(city.text("+573005550102")) == 0);  // others are not affected
  }
  SECTION("strict: a burst is paid back in full") {
    city.world.knobs.pair_strict = true;
    for (int i = 0; i < 20; ++i) REQUIRE(code_of(city.text()) == 0);
    city.now += std::chrono::seconds(6);
    CHECK(code_of(city.text()) == 131056);
    city.now += std::chrono::seconds(114);
    CHECK(code_of(city.text()) == 0);
  }
  SECTION("80 a second, in and out together") {
    city.world.knobs.pair_limit = false;
    for (int i = 0; i < 40; ++i) city.say_hello();
    int accepted = 0;
    while (code_of(city.text()) == 0) ++accepted;
    CHECK(accepted == 39);  // one citizen's message was there before
    CHECK(code_of(city.text()) == 130429);
    city.now += std::chrono::seconds(1);
    CHECK(code_of(city.text()) == 0);
  }
}

TEST_CASE("a citizen's ticks: handed over, taken, read") {
  City city;
  city.say_hello();
  city.say_hello();
  const auto tick = [&](std::size_t i) { return city.phone->thread.at(i).tick; };
  CHECK(tick(0) == Tick::accepted);
  city.statuses();  // the bot takes both
  CHECK(tick(0) == Tick::delivered);
  const json mark{{"messaging_product", "whatsapp"},
                  {"status", "read"},
                  {"message_id", city.phone->thread.at(0).wamid},
                  {"typing_indicator", {{"type", "text"}}}};
  CHECK(city.post(mark).body == R"({"success":true})");
  CHECK(tick(0) == Tick::read);
  CHECK(tick(1) == Tick::delivered);  // later ones are not
  CHECK(city.phone->typing_until == city.now + std::chrono::seconds(25));
  city.text();
  CHECK(city.phone->typing_until < city.now);
}

TEST_CASE("taps answer with the id that was sent, and only with one of those") {
  City city;
  city.say_hello();
  city.post(
      {{"messaging_product", "whatsapp"},
       {"to", "+573005550101"},
       {"type", "interactive"},
       {"interactive",
        {{"type", "button"},
         {"body", {{"text", "¿Sí?"}}},
         {"action",
          {{"buttons", {{{"type", "reply"}, {"reply", {{"id", "si"}, {"title", "Sí"}}}}}}}}}}});
  city.filled("aviso");
  const std::string buttons = city.phone->thread.at(1).wamid;
  const std::string aviso = city.phone->thread.at(2).wamid;
  city.world.citizen_taps(*city.phone, buttons, "si", city.now);
  const Bubble& answer = city.phone->thread.back();
  CHECK(answer.content["interactive"]["button_reply"] == json{{"id", "si"}, {"title", "Sí"}});
  CHECK(answer.quoted == buttons);
  city.world.citizen_taps(*city.phone, aviso, "Entendido", city.now);
  CHECK(city.phone->thread.back().content["button"]["payload"] == "Entendido");
  CHECK_THROWS_AS(city.world.citizen_taps(*city.phone, buttons, "no", city.now),
                  std::invalid_argument);
  CHECK_THROWS_AS(city.world.citizen_taps(*city.phone, "wamid.x", "si", city.now),
                  std::invalid_argument);
}

TEST_CASE("a script decides send by send, after the checks") {
  City city;
  city.say_hello();
  city.world.script.push(SendOutcome::refusal(131016));
  city.world.script.push({SendOutcome::Kind::server_error_after});
  CHECK(code_of(city.post({{"messaging_product", "whatsapp"}, {"to", "+57"}})) == 131009);
  CHECK(code_of(city.text()) == 131016);
  CHECK(city.text().status == 500);
  CHECK(city.statuses() == Told{"sent", "delivered"});
  city.world.script.set_rule([](const SendRecord& send) -> std::optional<SendOutcome> {
    if (send.number % 2 == 0) return SendOutcome::refusal(2);
    return std::nullopt;
  });
  CHECK(code_of(city.text()) == 2);
  CHECK(code_of(city.text()) == 0);
  city.world.script.clear();
  CHECK(code_of(city.text()) == 0);
  const auto records = city.world.sends_after(1, 10);
  REQUIRE(records.size() == 5);
  CHECK(records[0].code == 131016);
  CHECK(records[1].http_status == 500);
  CHECK(!records[1].wamid.empty());
}

TEST_CASE("a held send is decided when it is released") {
  City city;
  city.say_hello();
  city.world.script.push({SendOutcome::Kind::hold});
  const Answer held = city.text();
  REQUIRE(held.then == Answer::Then::hold);
  CHECK_FALSE(city.world.take_released(held.held, city.now));
  CHECK(city.world.accepted_count() == 0);
  city.world.release_sends(1);
  const auto answer = city.world.take_released(held.held, city.now);
  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK(city.world.accepted_count() == 1);
  CHECK_FALSE(city.world.take_released(held.held, city.now));
}

TEST_CASE("a new number brings a new BSUID, and the bot is told") {
  City city;
  const std::string old = city.phone->bsuid;
  city.world.change_number(*city.phone, "573005550777", city.now);
  CHECK(city.phone->bsuid != old);
  CHECK(city.world.account.phones.find_bsuid(old) == nullptr);
  CHECK(city.world.account.phones.find_number("573005550777") == city.phone);
  CHECK(city.world.webhooks.waiting() == 1);
  CHECK_THROWS_AS(city.world.change_number(*city.phone, "573005550777", city.now),
                  std::invalid_argument);
}
