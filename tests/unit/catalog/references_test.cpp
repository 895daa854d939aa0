#include "support/catch.hpp"
#include "unit/catalog/edited_catalog.hpp"

using namespace catalina;
using namespace catalina::test;

TEST_CASE("references between files must lead somewhere") {
  const auto only = [](const std::string& path, const std::function<void(ordered_json&)>& edit) {
    const auto problems = problems_after(path, edit);
    CAPTURE(told(problems));
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].file == path);
    CHECK(problems[0].line > 0);
    return problems[0].field + ": " + problems[0].expected;
  };

  CHECK(only(predial, [](auto& j) { j["dependencia"] = "impuesto"; }) ==
        "dependencia: se esperaba una dependencia que exista; «impuesto» no existe. ¿Quisiste "
        "decir «impuestos»?");
  CHECK(only(predial, [](auto& j) { j["id"] = "predial"; }) ==
        "id: se esperaba «predial-pagar», como el nombre del archivo");
  CHECK(only("preguntas.json", [](auto& j) { j["preguntas"][0]["tramite_relacionado"] = "zzz"; }) ==
        "preguntas[0].tramite_relacionado: se esperaba un trámite que exista; «zzz» no existe.");
  CHECK(only("preguntas.json", [](auto& j) { j["preguntas"][3]["dependencia"] = "zzz"; }) ==
        "preguntas[3].dependencia: se esperaba una dependencia que exista; «zzz» no existe.");
  CHECK(
      only("preguntas.json", [](auto& j) { j["preguntas"][1]["id"] = j["preguntas"][0]["id"]; }) ==
      "preguntas[1].id: se esperaba un valor distinto; «predial-descuento-2026» está repetido");
  CHECK(only("preguntas.json", [](auto& j) {
          j["preguntas"][1]["vigente_hasta"] = "2026-02-30";
        }) == "preguntas[1].vigente_hasta: se esperaba un día que exista en el calendario");
  CHECK(only(predial, [](auto& j) { j["costo"]["vigente_hasta"] = "2026-02-30"; }) ==
        "costo.vigente_hasta: se esperaba un día que exista en el calendario");
  CHECK(only(predial, [](auto& j) { j["faq"][1]["vigente_hasta"] = "2026-02-30"; }) ==
        "faq[1].vigente_hasta: se esperaba un día que exista en el calendario");
  CHECK(only("dependencias.json", [](auto& j) { j["dependencias"][0]["escala_a"] = "zzz"; }) ==
        "dependencias[0].escala_a: se esperaba una dependencia que exista; «zzz» no existe.");
  CHECK(only("dependencias.json", [](auto& j) { j["sedes"][0]["dependencia"] = "zzz"; }) ==
        "sedes[0].dependencia: se esperaba una dependencia que exista; «zzz» no existe.");
  CHECK(only("dependencias.json", [](auto& j) { j["sedes"][3]["barrio"] = "zzz"; }) ==
        "sedes[3].barrio: se esperaba un barrio o corregimiento que exista; «zzz» no existe.");
  CHECK(only("dependencias.json", [](auto& j) { j["sedes"][3]["atiende"]["barrios"] = {"zzz"}; }) ==
        "sedes[3].atiende.barrios[0]: se esperaba un barrio o corregimiento que exista; «zzz» no "
        "existe.");
  CHECK(only("dependencias.json", [](auto& j) { j["sedes"][1]["id"] = j["sedes"][0]["id"]; }) ==
        "sedes[1].id: se esperaba un valor distinto; «alcaldia-local-1» está repetido");
  CHECK(only("territorio.json",
             [](auto& j) {
               j["barrios"][1]["coordenadas"] = {{"latitud", 10.4},
                                                 {"longitud", -75.5},
                                                 {"confianza", "una_fuente"},
                                                 {"fuente", "zzz"}};
             }) ==
        "barrios[1].coordenadas.fuente: se esperaba una fuente de este archivo que exista; "
        "«zzz» no existe.");
  CHECK(only("territorio.json", [](auto& j) { j["localidades"][0]["alcaldia_local"] = "zzz"; }) ==
        "localidades[0].alcaldia_local: se esperaba una dependencia que exista; «zzz» no existe.");
  CHECK(only("territorio.json", [](auto& j) { j["barrios"][5]["fuentes"][0] = "zzz"; }) ==
        "barrios[5].fuentes[0]: se esperaba una fuente de este archivo que exista; «zzz» no "
        "existe.");
  CHECK(only("territorio.json", [](auto& j) {
          j["rural_insular"][0]["id"] = j["barrios"][0]["id"];
        }) == "rural_insular[0].id: se esperaba un valor distinto; «san-diego» está repetido");
  CHECK(only("territorio.json", [](auto& j) { j["ucg"][0]["barrios"].push_back("zzz"); }) ==
        "ucg[0].barrios[13]: se esperaba un barrio que exista; «zzz» no existe");
  CHECK(only("territorio.json", [](auto& j) { j["barrios"][0]["localidad"] = "L2"; }) ==
        "ucg[0].barrios[0]: se esperaba un barrio con la misma UCG y localidad que esta; "
        "«san-diego» tiene otras");
}

TEST_CASE("the values of a hoja de vida must agree with each other") {
  const auto only = [](const std::function<void(ordered_json&)>& edit) {
    const auto problems = problems_after(predial, edit);
    CAPTURE(told(problems));
    REQUIRE(problems.size() == 1);
    return problems[0].field + ": " + problems[0].expected;
  };
  CHECK(only([](auto& j) { j["pasos"][1]["orden"] = 3; }) == "pasos[1].orden: se esperaba 2");
  CHECK(only([](auto& j) { j["tiempo_respuesta"]["valor"] = 3; }) ==
        "tiempo_respuesta.valor: se esperaba null, porque la unidad es inmediato o el origen es "
        "sin_dato");
  CHECK(only([](auto& j) { j["tiempo_respuesta"]["unidad"] = "meses"; }) ==
        "tiempo_respuesta.valor: se esperaba un número; si nadie publicó el plazo, el origen es "
        "sin_dato");
  CHECK(only([](auto& j) { j["campos_por_validar"].push_back("costo"); }) ==
        "campos_por_validar[5]: se esperaba en una sola lista; «costo» también está en "
        "campos_confirmados");
  CHECK(only([](auto& j) { j["campos_solicitud"][1]["tipo"] = "opcion"; }) ==
        "campos_solicitud[1].opciones: se esperaba este campo, y falta: el tipo es opcion");
  CHECK(only([](auto& j) {
          j["campos_solicitud"][1]["opciones"] = {"a", "b"};
        }) ==
        "campos_solicitud[1].opciones: no se esperaba este campo: solo va con el tipo opcion");
  CHECK(only([](auto& j) { j["campos_solicitud"][1]["nombre"] = "correo"; }) ==
        "campos_solicitud[2].nombre: se esperaba un valor distinto; «correo» está repetido");
  CHECK(only([](auto& j) { j["nombres_populares"][4] = "el predial"; }) ==
        "nombres_populares[4]: se esperaba un texto distinto; este ya está en la lista");
}

TEST_CASE("a category is written the same in all its tramites") {
  const auto problems =
      problems_after(predial, [](auto& j) { j["categoria"] = "Hacienda e Impuestos"; });
  CHECK(told(problems) ==
        predial +
            ":12: categoria: se esperaba «Hacienda e impuestos», como en los demás trámites\n");
}

TEST_CASE("whoever is sure says from where") {
  CHECK(told(problems_after("dependencias.json", [](auto& j) {
          for (auto& office : j["dependencias"])
            if (office["id"] == "impuestos") {
              office["confianza"] = "verificado";
              office["fuentes"] = ordered_json::array();
            }
        })).find("se esperaba una fuente, porque la confianza es verificado") != std::string::npos);
  CHECK(told(problems_after("territorio.json", [](auto& j) {
          j["barrios"][0]["fuentes"] = ordered_json::array();
        })).find("barrios[0].fuentes: se esperaba una fuente") != std::string::npos);
}

TEST_CASE("offices that escalate in a circle are told") {
  const auto problems = problems_after("dependencias.json", [](auto& j) {
    for (auto& office : j["dependencias"])
      if (office["id"] == "hacienda") office["escala_a"] = "impuestos";
  });
  REQUIRE(problems.size() == 2);  // each of the two offices on the circle
  CHECK_THAT(problems[0].expected, Catch::Contains("se vuelve a «hacienda»"));
  CHECK_THAT(problems[1].expected, Catch::Contains("se vuelve a «impuestos»"));
}

TEST_CASE("a broken office file does not make every reference to it look broken") {
  CHECK(problems_with_text("dependencias.json", "{").size() == 1);
}
