#include "understanding/places.hpp"

#include "fixture.hpp"
#include "flows/city_facts.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::dialog;
using Catch::Matchers::Contains;

namespace {

const catalog::Place& place_called(const std::string& id) {
  const catalog::Place* place = real_knowledge().catalog->place(id);
  REQUIRE(place != nullptr);
  return *place;
}

std::string branches(const std::string& office, const std::string& place) {
  const CityFacts facts(*real_knowledge().words, *real_knowledge().catalog, "2026-11-21");
  return facts.branches(office, place_called(place));
}

}  // namespace

TEST_CASE("every name of every place is understood as it, and asked about when it is several") {
  for (const catalog::Place& place : real_knowledge().catalog->territory().places) {
    std::vector<std::string> names = place.variants;
    names.push_back(place.name);
    for (const std::string& name : names) {
      CAPTURE(place.id, name);
      const auto entities =
          real_knowledge().recognizer->understand("vivo en " + name, test_time()).entities;
      const bool one = entities.count("barrio") == 1 && entities.at("barrio") == place.id;
      const bool several = entities.count("barrio_ambiguo") == 1 &&
                           (' ' + entities.at("barrio_ambiguo") + ' ').find(' ' + place.id + ' ') !=
                               std::string::npos;
      CHECK((one || several));
      if (!several) continue;
      Chat chat;
      chat.met().say("vivo en " + name);
      CHECK(chat.turn.why.decision == "clarify");
      CHECK(chat.says(real_knowledge().words->say(Text::place_choose)));
    }
  }
}

TEST_CASE("what only holds the name of a place is none") {
  const std::string text = GENERATE(as<std::string>{}, "soy de Venezuela", "me voy para España",
                                    "el centro de salud no abre", "centro de vida inscripción",
                                    "hay un centro comercial", "vengo de El Carmen de Bolívar",
                                    "soy contadora de una empresa");
  CAPTURE(text);
  CHECK(real_knowledge().recognizer->understand(text, test_time()).entities.count("barrio") == 0);
}

TEST_CASE("the place itself is still found") {
  const auto [text, id] = GENERATE(table<std::string, std::string>({
      {"vivo en el centro", "centro"},
      {"soy del centro de cartagena", "centro"},
      {"barrio república de venezuela", "republica-de-venezuela"},
      {"vivo en Venezuela", "republica-de-venezuela"},
      {"en el barrio españa", "espana"},
  }));
  CAPTURE(text);
  CHECK(real_knowledge().recognizer->understand(text, test_time()).entities.at("barrio") == id);
}

TEST_CASE("the branch that serves a barrio is told, if that is published") {
  const std::string own = branches("inspecciones", "villas-de-aranjuez");
  CHECK_THAT(own, Contains("A *Villas de Aranjuez* le corresponde:") &&
                      Contains("Inspección de Policía de El Pozón") &&
                      !Contains("No encontré publicado") && !Contains("Nuevo Paraíso"));
  CHECK_THAT(branches("alcaldias-locales", "manga"), Contains("Alcaldía Local 1"));
}

TEST_CASE("where it is not published, those of the localidad are told, and that it is not") {
  const std::string near = branches("comisarias", "manga");
  CHECK_THAT(near, Contains("Comisarías de Familia en la *Localidad 1") && Contains("Canapote") &&
                       Contains("El Country") && Contains("No encontré publicado") &&
                       !Contains("El Pozón"));
  // That of the whole city is told whatever the barrio.
  CHECK_THAT(near, Contains("Comisaría Permanente de Familia") && Contains("24 horas"));
  CHECK_THAT(near, Contains("una sola fuente") && Contains("Fuente: Comisarías de Familia"));
}

TEST_CASE("a localidad without a branch is told of all of them") {
  CHECK_THAT(branches("casas-justicia", "ternera"), Contains("Casas de Justicia en Cartagena:") &&
                                                        Contains("Santa Rita") &&
                                                        Contains("Chiquinquirá"));
  // So is a place whose localidad nobody knows.
  CHECK_THAT(branches("casas-justicia", "villa-corelca"),
             Contains("Casas de Justicia en Cartagena:"));
}

TEST_CASE("an office with one place has no branches") {
  CHECK(branches("datt", "manga").empty());
  CHECK(branches("no-existe", "manga").empty());
}
