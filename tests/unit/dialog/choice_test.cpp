#include "dialog/choice.hpp"

#include "support/catch.hpp"

using namespace catalina::dialog;
using Kind = Choice::Kind;

TEST_CASE("every choice survives the way through its id") {
  const std::vector<Choice> choices = {
      {.kind = Kind::menu},
      {.kind = Kind::menu, .page = 3},
      {.kind = Kind::category, .id = "predios-y-ciudad"},
      {.kind = Kind::category, .id = "predios-y-ciudad", .page = 2},
      {.kind = Kind::tramite, .id = "predial-pagar"},
      {.kind = Kind::aspect, .id = "predial-pagar", .aspect = Aspect::costo},
      {.kind = Kind::questions, .id = "predial-pagar"},
      {.kind = Kind::question, .id = "predial-pagar", .key = "0f3a"},
      {.kind = Kind::faq, .id = "sisben-donde"},
      {.kind = Kind::place, .id = "ternera"},
      {.kind = Kind::person},
      {.kind = Kind::none},
  };
  for (const Choice& choice : choices) {
    CAPTURE(to_id(choice));
    CHECK(parse_choice(to_id(choice)) == choice);
  }
}

TEST_CASE("ids are the documented ones, because old rows stay on phones for years") {
  CHECK(to_id({.kind = Kind::aspect, .id = "ica-declarar", .aspect = Aspect::requisitos}) ==
        "tramite:ica-declarar:requisitos");
  CHECK(to_id({.kind = Kind::menu, .page = 2}) == "menu:2");
  CHECK(menu_choice() == "menu");
  CHECK(person_choice() == "persona");
}

TEST_CASE("ids that we never made are refused") {
  const std::string id = GENERATE(
      as<std::string>{}, "", ":", "::", "tramite", "tramite:", "tramite::", "tramite:X",
      "tramite:a:b", "tramite:a:costo:1", "tramite:../../etc", "menu:0", "menu:-1", "menu:1e9",
      "menu:2:3", "menu:", "menu:99999999999999999999", "categoria", "categoria:a:x",
      "categoria:a:1:1", "faq:a:b", "faq:á", "persona:x", "ninguna:", "barrio:a:b", "pregunta:a",
      "pregunta:a:", "TRAMITE:a", " menu", "menu ", "tramite:a\n");
  CAPTURE(id);
  CHECK_FALSE(parse_choice(id));
  CHECK_FALSE(parse_choice("tramite:" + std::string(300, 'a')));
}

TEST_CASE("slugs name categories in ASCII") {
  CHECK(slug("Atención y transparencia") == "atencion-y-transparencia");
  CHECK(slug("  Niñez, 2026  ") == "ninez-2026");
  CHECK(slug("¡!").empty());
}

TEST_CASE("the key of a question depends on its text alone") {
  CHECK(question_key("¿Es gratis?") == question_key("¿Es gratis?"));
  CHECK(question_key("¿Es gratis?") != question_key("¿Es gratis hoy?"));
  CHECK(question_key("").size() == 8);
}
