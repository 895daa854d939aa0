#include "understanding/units.hpp"

#include "fixture.hpp"
#include "flows/city_facts.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::dialog;
using Catch::Matchers::Contains;

namespace {

using Entities = std::map<std::string, std::string>;

// Of where it is; what else is written exactly is not looked at.
Entities place_of(const std::string& text) {
  Entities entities = real_knowledge().recognizer->understand(text, test_time()).entities;
  std::erase_if(entities, [](const auto& entity) {
    return entity.first != "unidad" && entity.first != "barrio" &&
           entity.first != "barrio_ambiguo" && entity.first != "localidad" && entity.first != "ucg";
  });
  return entities;
}

std::string branches(const std::string& office, const std::string& unit) {
  const CityFacts facts(*real_knowledge().words, *real_knowledge().catalog, "2026-11-21");
  return facts.branches(office, *real_knowledge().catalog->place(unit));
}

}  // namespace

TEST_CASE("a localidad is known by its number and by its names") {
  const auto [text, id] = GENERATE(table<std::string, std::string>({
      {"localidad 2", "L2"},
      {"vivo en la localidad dos", "L2"},
      {"soy de la localidad número 3", "L3"},
      {"LOCALIDAD LA UNO", "L1"},
      {"la localidad de la Virgen", "L2"},
      {"Localidad de la Virgen y Turística", "L2"},
      {"Localidad 2 De la Virgen y Turística", "L2"},
      {"en la lokalidad industrial y de la bahía", "L3"},
      {"localidad histórica y del caribe norte", "L1"},
      {"la alcaldía local 3", "L3"},
      {"alcaldía local de la virgen", "L2"},
      {"residentes en la Localidad 1, Histórica", "L1"},
  }));
  CAPTURE(text);
  CHECK(place_of(text) == Entities{{"unidad", id}, {"localidad", id}});
}

TEST_CASE("a UCG is known by its number") {
  const auto [text, number, localidad] = GENERATE(table<std::string, std::string, std::string>({
      {"UCG 6", "6", "L2"},
      {"ucg6", "6", "L2"},
      {"vivo en la unidad comunera 6", "6", "L2"},
      {"unidad comunera de gobierno número quince", "15", "L3"},
      {"la UCG No. 10", "10", "L1"},
      {"localidad 2, unidad comunera cuatro", "4", "L2"},
  }));
  CAPTURE(text);
  CHECK(place_of(text) ==
        Entities{{"unidad", "UCG" + number}, {"localidad", localidad}, {"ucg", number}});
}

TEST_CASE("what leaves open which unit, or names none, is none") {
  const std::string text = GENERATE(
      as<std::string>{}, "es la localidad 2 o 3", "localidad uno, dos o tres",
      "la localidad 2 y la 3", "me toca la UCG 4 o la 5", "no sé si localidad 1 o localidad 2",
      "localidad industrial o de la virgen", "localidad 7", "UCG 20", "UCG 99",
      "en la localidad un poste se cayó", "la localidad", "la virgen del carmen", "tengo 2 hijos");
  CAPTURE(text);
  CHECK(place_of(text).empty());
}

TEST_CASE("a barrio says more than the unit it is in") {
  CHECK(place_of("vivo en manga, localidad 1") ==
        Entities{{"barrio", "manga"}, {"localidad", "L1"}, {"ucg", "1"}});
  CHECK(place_of("localidad 2, barrio el pozón") ==
        Entities{{"barrio", "el-pozon"}, {"localidad", "L2"}, {"ucg", "6"}});
}

TEST_CASE("the unit tells barrios of one name apart") {
  REQUIRE(place_of("vivo en el 11 de noviembre").count("barrio_ambiguo") == 1);
  const Entities of_ucg = place_of("vivo en el 11 de noviembre, UCG 14");
  CHECK(of_ucg.count("barrio_ambiguo") == 0);
  CHECK(of_ucg.at("ucg") == "14");
  // It helps with nothing where all of them, or none, are in it.
  CHECK(place_of("vivo en olaya, localidad 2").count("barrio_ambiguo") == 1);
  CHECK(place_of("vivo en olaya, localidad 3").count("barrio_ambiguo") == 1);
}

TEST_CASE("whoever only names a unit is told its Alcaldía Local") {
  Chat chat;
  chat.met().say("vivo en la localidad de la virgen");
  CHECK(chat.turn.why.decision == "answer");
  CHECK_THAT(chat.body(), Contains("En la *Localidad 2 De la Virgen y Turística*") &&
                              Contains("te corresponde la Alcaldía Local 2"));
  chat.say("UCG 13");
  CHECK_THAT(chat.body(), Contains("*UCG 13* queda en la *Localidad 3") &&
                              Contains("Te corresponde la Alcaldía Local 3") &&
                              !Contains("Es la Unidad Comunera"));
}

TEST_CASE("the localidad is enough where its people all go to the same place") {
  CHECK_THAT(branches("alcaldias-locales", "L2"),
             Contains("A la *Localidad 2 De la Virgen y Turística* le corresponde:") &&
                 Contains("Alcaldía Local 2") && !Contains("Escríbeme tu barrio"));
  CHECK_THAT(branches("sisben", "UCG6"), Contains("Salón Comunal de Bayunca"));
}

TEST_CASE("the barrio is asked for where the answer depends on it, and only there") {
  // Which inspección serves El Pozón is published; of the barrios of the Localidad 3, of none.
  CHECK_THAT(branches("inspecciones", "L2"), Contains("Inspección de Policía de Nuevo Paraíso") &&
                                                 Contains("Escríbeme tu barrio") &&
                                                 !Contains("No encontré publicado"));
  CHECK_THAT(branches("inspecciones", "L3"), Contains("Inspección de Policía de El Recreo") &&
                                                 Contains("No encontré publicado qué barrios") &&
                                                 !Contains("Escríbeme tu barrio"));
  CHECK_THAT(branches("inspecciones", "UCG6"), Contains("Escríbeme tu barrio"));
  CHECK_THAT(branches("inspecciones", "UCG4"), !Contains("Escríbeme tu barrio"));
}
