#include "picking.hpp"

#include "support/catch.hpp"

using namespace catalina::dialog;

namespace {

Conversation counted() {
  Conversation conversation;
  conversation.offers = {{"faq:uno", "Dónde queda"},
                         {"faq:dos", "Cuánto cuesta"},
                         {"persona", "Hablar con alguien"},
                         {"menu", "Menú"}};
  conversation.numbered = true;
  return conversation;
}

std::string pick(const Conversation& conversation, std::string_view text) {
  const Offer* offer = picked(conversation, text);
  return offer == nullptr ? "" : offer->choice;
}

}  // namespace

TEST_CASE("a number picks, however people write it") {
  const std::string text =
      GENERATE(as<std::string>{}, "2", "2.", " 2) ", "la 2", "el dos", "la segunda", "Segundo",
               "opción 2", "quiero la opcion numero dos, por favor", "numeral 2", "2️⃣", "la b",
               "opción B", "el primero no, el segundo", "no, el segundo", "no el uno sino el dos");
  CAPTURE(text);
  CHECK(pick(counted(), text) == "faq:dos");
}

TEST_CASE("a title picks, with or without its accents, counted or not") {
  Conversation conversation = counted();
  conversation.numbered = GENERATE(true, false);
  CHECK(pick(conversation, " cuanto CUESTA?") == "faq:dos");
  CHECK(pick(conversation, "hablar con alguien") == "persona");
}

TEST_CASE("what picks nothing") {
  const std::string text =
      GENERATE(as<std::string>{}, "", "0", "5", "99999999999999999999999999", "1 2", "dos hijos",
               "la", "👍", "quiero el certificado 2", "segunda instancia", "3", "la tercera", "b",
               "a la", "el primero no", "no", "uno dos", "no uno dos tres");
  CAPTURE(text);
  CHECK(pick(counted(), text).empty());
}

TEST_CASE("where nothing was counted a number means something else") {
  Conversation conversation = counted();
  conversation.numbered = false;
  CHECK(pick(conversation, "1").empty());
  CHECK(pick(conversation, "la primera").empty());
}

TEST_CASE("after a pick, what was offered can be counted again, by who says no to it") {
  Conversation conversation;
  conversation.alternatives = {"faq:uno", "faq:dos", "faq:tres"};
  CHECK(picked_instead(conversation, "no, el tercero") == "faq:tres");
  CHECK(picked_instead(conversation, "el segundo no, el primero") == "faq:uno");
  CHECK(picked_instead(conversation, "el primero").empty());
  CHECK(picked_instead(conversation, "no, el cuarto").empty());
  CHECK(picked_instead(conversation, "no").empty());
  conversation.numbered = true;
  CHECK(picked_instead(conversation, "no, el tercero").empty());
}
