#include "catalog/catalog.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "support/catch.hpp"
#include "support/config_files.hpp"

using namespace catalina;
using catalog::Catalog;
using catalog::Field;

namespace {

const Catalog& shipped() {
  static const auto catalog = Catalog::build(test::config_files());
  return *catalog;
}

catalog::File& file(catalog::Files& files, std::string_view path) {
  for (auto& candidate : files)
    if (candidate.path == path) return candidate;
  throw std::logic_error("no such file");
}

}  // namespace

TEST_CASE("the shipped catalog holds all the city's facts") {
  CHECK(shipped().tramites().size() == 110);
  CHECK(shipped().dependencias().size() == 51);
  CHECK(shipped().faqs().size() == 66);
  CHECK(shipped().territory().checked_on == "2026-03");
  CHECK(shipped().territory().localidades.size() == 3);
  CHECK(shipped().territory().places.size() == 289 + 26);
  CHECK(shipped().territory().units.size() == 3 + 15);
  CHECK(shipped().sisben_points().size() == 3);
}

TEST_CASE("a localidad and a UCG are places, too") {
  const catalog::Place* localidad = shipped().place("L2");
  REQUIRE(localidad != nullptr);
  CHECK(localidad->name == "Localidad 2 De la Virgen y Turística");
  CHECK(localidad->localidad == "L2");
  CHECK_FALSE(localidad->ucg);
  const catalog::Place* ucg = shipped().place("UCG6");
  REQUIRE(ucg != nullptr);
  CHECK(ucg->name == "UCG 6");
  CHECK(ucg->localidad == "L2");
  CHECK(ucg->ucg == 6);
  // No UCG: a number of the map for places of several localidades.
  CHECK(shipped().place("UCG20") == nullptr);
}

TEST_CASE("a branch of an office is read whole") {
  const auto& branches = shipped().branches();
  const auto bocagrande = std::find_if(branches.begin(), branches.end(), [](const auto& branch) {
    return branch.id == "inspeccion-bocagrande";
  });
  REQUIRE(bocagrande != branches.end());
  CHECK(bocagrande->dependencia == "inspecciones");
  CHECK(bocagrande->name == "Inspección de Policía de Bocagrande");
  CHECK(bocagrande->place == "bocagrande");
  CHECK(bocagrande->address.empty());
  CHECK(bocagrande->places ==
        std::vector<std::string>{"bocagrande", "castillogrande", "el-laguito"});
  CHECK(bocagrande->localidades.empty());
  CHECK_FALSE(bocagrande->whole_city);
  CHECK(bocagrande->confidence == catalog::Confidence::una_fuente);
  CHECK(bocagrande->sources.size() == 1);
  CHECK(bocagrande->checked_on == "2026-11");
}

TEST_CASE("places may have a landmark, and the district a box") {
  const catalog::Territory& territory = shipped().territory();
  REQUIRE(territory.bounds);
  CHECK(territory.bounds->south_west.latitude == 9.3);
  CHECK(territory.bounds->north_east.longitude == -75.2);
  const auto manga = std::find_if(territory.places.begin(), territory.places.end(),
                                  [](const auto& place) { return place.id == "manga"; });
  REQUIRE(manga != territory.places.end());
  REQUIRE(manga->landmark);
  CHECK(manga->landmark->latitude == 10.41359);
}

TEST_CASE("a catalog from before there were branches and landmarks is read without them") {
  catalog::Files files = test::config_files();
  auto offices = nlohmann::ordered_json::parse(file(files, "dependencias.json").text);
  offices.erase("sedes");
  file(files, "dependencias.json").text = offices.dump();
  auto territory = nlohmann::ordered_json::parse(file(files, "territorio.json").text);
  territory.erase("limites");
  for (auto& barrio : territory["barrios"]) barrio.erase("coordenadas");
  file(files, "territorio.json").text = territory.dump();
  const auto before = Catalog::build(files);
  CHECK(before->branches().empty());
  CHECK_FALSE(before->territory().bounds);
  CHECK_FALSE(before->territory().places.front().landmark);
}

TEST_CASE("a hoja de vida is read whole") {
  const auto* predial = shipped().tramite("predial-pagar");
  REQUIRE(predial);
  CHECK(predial->name == "Pago del impuesto predial unificado");
  CHECK(predial->popular_names.size() == 5);
  CHECK(predial->documents.at(0).note == "Se baja del portal tributario");
  CHECK_FALSE(predial->documents.at(0).required);
  CHECK(predial->steps.at(3).text == "Guarda el comprobante y consulta que el pago aparezca");
  CHECK(predial->response_time.unit == catalog::TermUnit::inmediato);
  CHECK_FALSE(predial->response_time.value);
  CHECK(predial->cost.kind == catalog::CostKind::formula);
  CHECK(predial->channels.size() == 4);
  CHECK(predial->legal_basis.at(0).name == "Decreto Distrital 2289 de 2025");
  CHECK(predial->form.at(0).kind == "referencia_catastral");
  CHECK(predial->cost.valid_until == "2026-04-01");
  REQUIRE(predial->faq.size() == 4);
  CHECK(predial->faq[0].field == Field::costo);
  CHECK(predial->faq[0].valid_until == "2026-04-01");
  CHECK_FALSE(predial->faq[1].field);
  CHECK(predial->confidence == catalog::Confidence::verificado);
  CHECK(predial->priority_score == 11);
  CHECK(predial->checked_on == "2026-03");
  CHECK(predial->is_confirmed(Field::costo));
  CHECK_FALSE(predial->is_confirmed(Field::vigencia));
}

TEST_CASE("offices and questions are found by id, unknown ids are not") {
  REQUIRE(shipped().dependencia("impuestos"));
  CHECK(shipped().dependencia("impuestos")->escalates_to == "hacienda");
  REQUIRE(shipped().faq("predial-descuento-2026"));
  CHECK(shipped().faq("predial-descuento-2026")->valid_until == "2026-04-01");
  CHECK_FALSE(shipped().tramite("no-existe"));
  CHECK_FALSE(shipped().dependencia(""));
  CHECK_FALSE(shipped().faq("predial-pagar"));
}

TEST_CASE("categories come in the order of what people ask for most") {
  const auto& categories = shipped().categories();
  CHECK(std::set<std::string>(categories.begin(), categories.end()).size() == 16);
  std::vector<int> totals;
  for (const auto& category : categories) {
    int total = 0;
    for (const auto& tramite : shipped().tramites())
      if (tramite.category == category) total += tramite.priority_score;
    totals.push_back(total);
  }
  CHECK(std::is_sorted(totals.rbegin(), totals.rend()));
}

TEST_CASE("a placeholder is not confirmed even when an editor listed it so") {
  catalog::HojaDeVida tramite;
  tramite.confirmed = {Field::tiempo_respuesta, Field::costo, Field::pasos, Field::canales};
  tramite.unconfirmed = {Field::canales};
  tramite.response_time = {15, catalog::TermUnit::dias_habiles, catalog::TermOrigin::general, ""};
  CHECK_FALSE(tramite.is_confirmed(Field::tiempo_respuesta));
  CHECK_FALSE(tramite.is_confirmed(Field::costo));
  CHECK(tramite.is_confirmed(Field::pasos));
  CHECK_FALSE(tramite.is_confirmed(Field::canales));   // listed both ways
  CHECK_FALSE(tramite.is_confirmed(Field::vigencia));  // listed nowhere

  tramite.response_time.origin = catalog::TermOrigin::propio;
  tramite.cost.kind = catalog::CostKind::gratuito;
  CHECK(tramite.is_confirmed(Field::tiempo_respuesta));
  CHECK(tramite.is_confirmed(Field::costo));
}

TEST_CASE("building from a broken file throws and names the file") {
  auto files = test::config_files();
  SECTION("not JSON") {
    file(files, "tramites/ica-declarar.json").text = "{";
  }
  SECTION("a field is missing") {
    file(files, "tramites/ica-declarar.json").text = "{}";
  }
  SECTION("a word no list knows") {
    auto& text = file(files, "tramites/ica-declarar.json").text;
    auto json = nlohmann::json::parse(text);
    json["confianza"] = "quizás";
    text = json.dump();
  }
  CHECK_THROWS_WITH(Catalog::build(files), Catch::StartsWith("tramites/ica-declarar.json: "));
}

TEST_CASE("building without one of the single files throws and names it") {
  for (const std::string path :
       {"dependencias.json", "plazos.json", "preguntas.json", "territorio.json"}) {
    auto files = test::config_files();
    std::erase_if(files, [&](const auto& candidate) { return candidate.path == path; });
    CHECK_THROWS_WITH(Catalog::build(files), path + ": the file is missing");
  }
}

TEST_CASE("two hojas de vida of the same id cannot be built") {
  auto files = test::config_files();
  files.push_back({"tramites/zz.json", file(files, "tramites/predial-pagar.json").text});
  CHECK_THROWS_WITH(Catalog::build(files), Catch::Contains("\"predial-pagar\" stands twice"));
}
