#include "dialog/conversation.hpp"

#include "support/catch.hpp"

using namespace catalina::dialog;

TEST_CASE("a conversation comes back from its JSON as it was") {
  Conversation before;
  before.notice_version = "1";
  before.topic = "tramite:predial-pagar";
  before.offers = {{"menu", "Menú"}, {"faq:sisben-donde", "¿Dónde \"queda\"?"}};
  before.numbered = true;
  before.asked = "persona";
  before.aspect = "costo";
  before.alternatives = {"tramite:predial-pagar", "faq:sisben-donde"};
  before.tried = {"tramite:predial-pagar"};
  before.corrections = 1;
  before.earlier = {"faq:sisben-donde", "tramite:a tramite:b"};
  before.misunderstood = 2;
  before.tapped = "menu";
  before.tapped_at = Time(std::chrono::milliseconds(1773172800000));
  before.waiting_for_person = true;
  before.requested = {"persona", "borrar-datos"};
  before.last_turn_at = Time(std::chrono::milliseconds(1773172800123));

  const Conversation after = Conversation::from_json(before.to_json());
  CHECK(after.notice_version == before.notice_version);
  CHECK(after.topic == before.topic);
  REQUIRE(after.offers.size() == 2);
  CHECK(after.offers[1].choice == "faq:sisben-donde");
  CHECK(after.offers[1].title == "¿Dónde \"queda\"?");
  CHECK(after.numbered);
  CHECK(after.asked == "persona");
  CHECK(after.aspect == "costo");
  CHECK(after.alternatives == before.alternatives);
  CHECK(after.tried == before.tried);
  CHECK(after.corrections == 1);
  CHECK(after.earlier == before.earlier);
  CHECK(after.misunderstood == 2);
  CHECK(after.tapped == "menu");
  CHECK(after.tapped_at == before.tapped_at);
  CHECK(after.waiting_for_person);
  CHECK(after.requested == before.requested);
  CHECK(after.last_turn_at == before.last_turn_at);
}

TEST_CASE("what is no conversation loads as a new one") {
  const std::string text = GENERATE(as<std::string>{}, "", "null", "[]", "7", "{", "\xff\xfe",
                                    "{\"topic\":", "[[[[[[[[[[", "\"texto\"");
  const Conversation loaded = Conversation::from_json(text);
  CHECK(loaded.notice_version.empty());
  CHECK(loaded.topic.empty());
  CHECK(loaded.offers.empty());
  CHECK_FALSE(loaded.waiting_for_person);
}

TEST_CASE("one damaged field does not cost the others") {
  const Conversation loaded = Conversation::from_json(
      R"({"topic":"faq:sisben-donde","misunderstood":"muchas","offers":[7,{"choice":"menu"}],
          "waiting_for_person":1,"requested":{},"last_turn_at":"ayer","new_field":true})");
  CHECK(loaded.topic == "faq:sisben-donde");
  CHECK(loaded.misunderstood == 0);
  REQUIRE(loaded.offers.size() == 1);
  CHECK(loaded.offers[0].choice == "menu");
  CHECK(loaded.requested.empty());
}

TEST_CASE("a conversation of the first version, which knew fewer fields, loads") {
  const Conversation loaded =
      Conversation::from_json(R"({"notice_version":"1","waiting_for_person":true})");
  CHECK(loaded.notice_version == "1");
  CHECK(loaded.waiting_for_person);
  CHECK(loaded.requested.empty());
}
