#include <algorithm>

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

TEST_CASE("a file that is no JSON is told with the line where it stops making sense") {
  const std::string text = predial_text();
  const auto only = [](const std::vector<Problem>& problems) {
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].file == predial);
    return std::to_string(problems[0].line) + " " + problems[0].expected;
  };

  SECTION("a comma is missing") {
    CHECK_THAT(only(problems_with_text(predial,
                                       replaced(text, "\"predial-pagar\",", "\"predial-pagar\""))),
               Catch::StartsWith("3 se esperaba JSON bien escrito: revisa la coma"));
  }
  SECTION("a quote is missing") {
    CHECK_THAT(only(problems_with_text(predial, replaced(text, "\"tramite\",", "\"tramite,"))),
               Catch::StartsWith("11 se esperaba JSON bien escrito"));
  }
  SECTION("the file is cut") {
    const auto lines = std::count(text.begin(), text.begin() + 500, '\n') + 1;
    CHECK(only(problems_with_text(predial, text.substr(0, 500))) ==
          std::to_string(lines) +
              " se esperaba el resto del archivo: está cortado o le falta cerrar algo");
  }
  SECTION("the file is empty") {
    CHECK(only(problems_with_text(predial, "")) ==
          "1 se esperaba el resto del archivo: está cortado o le falta cerrar algo");
  }
  SECTION("something follows the end") {
    CHECK_THAT(only(problems_with_text(predial, text + "}")),
               Catch::Contains("se esperaba JSON bien escrito"));
  }
  SECTION("saved as Latin-1") {
    CHECK(
        only(problems_with_text(predial, replaced(text, "¿Hasta cuándo", "\xBFHasta cu\xE1ndo"))) ==
        "124 se esperaba texto en UTF-8; guarda el archivo con esa codificación");
  }
  SECTION("a field stands twice") {
    const auto problems = problems_with_text(
        predial, replaced(text, "\"tipo\": \"formula\",",
                          "\"tipo\": \"formula\",\n    \"tipo\": \"gratuito\","));
    CHECK(only(problems) == "60 se esperaba una sola vez, y este campo está repetido");
    CHECK(problems[0].field == "costo.tipo");
  }
  SECTION("a control character hides in a text") {
    const auto problems =
        problems_with_text(predial, replaced(text, "Oficina de", "Oficina\\u0000 de"));
    CHECK(only(problems) == "70 se esperaba un texto sin caracteres de control ni invisibles");
    CHECK(problems[0].field == "canales[1].detalle");
  }
  SECTION("a number no computer can hold") {
    CHECK_THAT(only(problems_with_text(predial, replaced(text, ": 11,", ": 1e999,"))),
               Catch::Contains("se esperaba JSON bien escrito"));
  }
  SECTION("a list where the object should be") {
    CHECK(only(problems_with_text(predial, "[]")) ==
          "1 se esperaba un grupo de campos entre llaves, y hay una lista entre corchetes");
  }
}

TEST_CASE("a byte order mark, as Windows editors write it, is no problem") {
  CHECK(problems_with_text(predial, "\xEF\xBB\xBF" + predial_text()).empty());
}

TEST_CASE("absurd files are refused at once") {
  const auto first = [](const std::string& text) {
    const auto problems = problems_with_text(predial, text);
    REQUIRE(problems.size() == 1);
    return problems[0].expected;
  };
  CHECK(first(std::string(100'000, '[')) ==
        "se esperaban menos niveles de corchetes y llaves, uno dentro de otro");
  CHECK(first("{\"id\": \"" + std::string(10'000'000, 'a') + "\"}") ==
        "se esperaba un archivo de 2 MB como máximo");
  CHECK(first("{\"id\": \"" + std::string(1'000'000, 'a') + "\"}") ==
        "se esperaba un texto más corto");
  CHECK(first("{\"" + std::string(1'000'000, 'a') + "\": 1}") == "se esperaba un texto más corto");

  std::string many = "[0";
  for (int i = 0; i < 500'000; ++i) many += ",0";
  CHECK(first(many + "]") == "se esperaban menos datos en un archivo");
  std::string fields = "{\"f\": 0";
  for (int i = 0; i < 60'000; ++i) fields += ",\"f" + std::to_string(i) + "\": 0";
  CHECK(first(fields + "}") == "se esperaban menos datos en un archivo");
}
