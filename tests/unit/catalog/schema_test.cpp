#include "support/catch.hpp"
#include "unit/catalog/edited_catalog.hpp"

using namespace catalina;
using namespace catalina::test;

namespace {

std::string predial_text() {
  Files files = shipped();
  return text_of(files, predial);
}

}  // namespace

TEST_CASE("the rules of the schemas are told in Spanish") {
  const auto edit_told = [](const std::function<void(ordered_json&)>& edit) {
    const auto problems = problems_after(predial, edit);
    REQUIRE(problems.size() == 1);
    return problems[0].field + ": " + problems[0].expected;
  };
  CHECK(edit_told([](auto& j) { j["pasos"][2]["texto"] = ""; }) ==
        "pasos[2].texto: se esperaba un texto, y está vacío");
  CHECK(edit_told([](auto& j) { j["pasos"][2]["texto"] = 7; }) ==
        "pasos[2].texto: se esperaba un texto, y hay un número");
  CHECK(edit_told([](auto& j) { j["vigencia"] = ordered_json::array(); }) ==
        "vigencia: se esperaba un texto o null, y hay una lista entre corchetes");
  CHECK(edit_told([](auto& j) { j["documentos"][0]["obligatorio"] = "sí"; }) ==
        "documentos[0].obligatorio: se esperaba true o false, y hay un texto");
  CHECK(edit_told([](auto& j) { j["nombre"] = std::string(121, 'x'); }) ==
        "nombre: se esperaban como máximo 120 letras; hay 121");
  CHECK(edit_told([](auto& j) { j["puntaje_priorizacion"] = 99; }) ==
        "puntaje_priorizacion: se esperaba un número hasta 20; hay 99");
  CHECK(edit_told([](auto& j) { j["puntaje_priorizacion"] = -1; }) ==
        "puntaje_priorizacion: se esperaba un número desde 0; hay -1");
  CHECK(edit_told([](auto& j) { j["puntaje_priorizacion"] = 7.5; }) ==
        "puntaje_priorizacion: se esperaba un número entero, y hay un número");
  CHECK(edit_told([](auto& j) { j["pasos"] = ordered_json::array(); }) ==
        "pasos: se esperaba una lista de 1 o más; hay 0");
  CHECK(edit_told([](auto& j) { j.erase("resultado"); }) ==
        "resultado: se esperaba este campo, y falta");
  CHECK(edit_told([](auto& j) { j["costo"].erase("nota"); }) ==
        "costo.nota: se esperaba este campo, y falta");
  CHECK(edit_told([](auto& j) { j["fuentes"][1]["enlace"] = "x"; }) ==
        "fuentes[1].enlace: no se esperaba un campo con este nombre.");
  CHECK(edit_told([](auto& j) { j["revisado"] = "marzo"; }) ==
        "revisado: se esperaba otra forma de escribirlo; hay «marzo». Año y mes en que alguien "
        "comprobó estos datos, por ejemplo 2026-03. Catalina lo muestra en cada respuesta.");
  CHECK(edit_told([](auto& j) { j["fuentes"][0]["url"] = "javascript:alert(1)"; }) ==
        "fuentes[0].url: se esperaba otra forma de escribirlo; hay «javascript:alert(1)». Enlace "
        "completo a la fuente; empieza por http:// o https://.");
}

TEST_CASE("a misspelled field name is told with what was probably meant") {
  const auto problems =
      problems_with_text(predial, replaced(predial_text(), "\"resultado\"", "\"resultados\""));
  REQUIRE(problems.size() == 2);
  CHECK(told(problems) ==
        predial + ":1: resultado: se esperaba este campo, y falta\n" + predial +
            ":96: resultados: no se esperaba un campo con este nombre. ¿Quisiste decir "
            "«resultado»?\n");
}

TEST_CASE("the longest text that is let in does not exhaust the patterns of the schema") {
  const auto problems =
      problems_after(predial, [](auto& j) { j["id"] = std::string(8'000, 'a') + "!"; });
  CHECK_THAT(told(problems), Catch::Contains("se esperaba un texto más corto"));
  CHECK_THAT(told(problems_after(predial, [](auto& j) { j["id"] = std::string(8'000, 'a'); })),
             Catch::Contains("id: se esperaban como máximo 60 letras; hay 8000"));
}
