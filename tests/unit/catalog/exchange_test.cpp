#include "catalog/exchange.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "support/catch.hpp"
#include "support/config_files.hpp"

using namespace catalina;
using catalog::File;
using catalog::Files;
using catalog::Problem;

namespace {

std::string refused(const std::string& bundle) {
  const auto read = catalog::from_bundle(bundle);
  REQUIRE(std::holds_alternative<Problem>(read));
  const auto& problem = std::get<Problem>(read);
  return problem.text();
}

std::string bundle_of(const std::string& entries) {
  return R"({"formato": "catalina-catalogo", "version": 1, "archivos": [)" + entries + "]}";
}

// A reader of RFC 4180 that knows nothing of the writer.
std::vector<std::vector<std::string>> read_csv(std::string_view csv) {
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  bool quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    std::string& cell = rows.back().back();
    if (quoted && csv[i] == '"' && i + 1 < csv.size() && csv[i + 1] == '"')
      cell += csv[i++];
    else if (csv[i] == '"')
      quoted = !quoted;
    else if (!quoted && csv[i] == ',')
      rows.back().emplace_back();
    else if (!quoted && csv.substr(i, 2) == "\r\n") {
      rows.emplace_back(1);
      ++i;
    } else
      cell += csv[i];
  }
  rows.pop_back();  // after the last line end
  return rows;
}

}  // namespace

TEST_CASE("the whole catalog goes through a bundle byte for byte") {
  const Files files = test::config_files();
  const auto read = catalog::from_bundle(catalog::to_bundle(files));
  REQUIRE(std::holds_alternative<Files>(read));
  const auto& back = std::get<Files>(read);
  REQUIRE(back.size() == files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    CHECK(back[i].path == files[i].path);
    CHECK(back[i].text == files[i].text);
  }
}

TEST_CASE("odd texts survive a bundle too") {
  const Files files = {{"words.json", "\xEF\xBB\xBF{\r\n\t\"a\\u0000\": \"👍🏿\"}  \n\n"}};
  const auto read = catalog::from_bundle(catalog::to_bundle(files));
  CHECK(std::get<Files>(read).at(0).text == files[0].text);
  CHECK(std::get<Files>(catalog::from_bundle(catalog::to_bundle({}))).empty());
}

TEST_CASE("what is no bundle is refused") {
  CHECK(refused("") == "formato: se esperaba un catálogo exportado por Catalina");
  CHECK(refused("{\"formato\": \"otro\"}") ==
        "formato: se esperaba un catálogo exportado por Catalina");
  CHECK(refused(R"({"formato": "catalina-catalogo", "version": 2})") ==
        "version: se esperaba la versión 1; quizás lo exportó una Catalina más nueva");
  CHECK(refused(R"({"formato": "catalina-catalogo", "version": 1, "archivos": 3})") ==
        "archivos: se esperaba la lista de los archivos");
  CHECK(refused(bundle_of("3")) == "archivos[0]: se esperaba un archivo con ruta y texto");
  CHECK(refused(bundle_of(R"({"ruta": "words.json", "texto": 3})")) ==
        "archivos[0]: se esperaba un archivo con ruta y texto");
  CHECK(refused(std::string(200'000, '[')) ==
        "formato: se esperaba un catálogo exportado por Catalina");
}

TEST_CASE("paths that could lead out of the catalog are refused") {
  for (const char* path : {"../words.json", "/etc/passwd.json", "tramites/../words.json",
                           "C:\\\\x.json", "a/b.json", "words.txt", "", ".json"})
    CHECK(refused(bundle_of(R"({"ruta": ")" + std::string(path) + R"(", "texto": "{}"})")) ==
          "archivos[0].ruta: se esperaba una ruta como tramites/predial-pagar.json");
}

TEST_CASE("a path that stands twice is refused, and the rest is put in order") {
  const std::string words = R"({"ruta": "words.json", "texto": "{}"})";
  const std::string intents = R"({"ruta": "intents.json", "texto": "{}"})";
  CHECK(refused(bundle_of(words + "," + intents + "," + words)) ==
        "archivos: se esperaba cada archivo una sola vez; «words.json» está repetido");
  const auto read = catalog::from_bundle(bundle_of(words + "," + intents));
  CHECK(std::get<Files>(read).at(0).path == "intents.json");
}

TEST_CASE("the table has a row for each hoja de vida and a column for each field") {
  const std::string csv = catalog::to_csv(test::config_files());
  REQUIRE(csv.substr(0, 3) == "\xEF\xBB\xBF");
  const auto rows = read_csv(std::string_view(csv).substr(3));
  REQUIRE(rows.size() == 111);
  const auto& columns = rows[0];
  for (const auto& row : rows) REQUIRE(row.size() == columns.size());
  CHECK(columns[0] == "id");

  const auto predial = std::find_if(rows.begin(), rows.end(),
                                    [](const auto& row) { return row[0] == "predial-pagar"; });
  REQUIRE(predial != rows.end());
  const auto cell = [&](const std::string& column) {
    const auto at = std::find(columns.begin(), columns.end(), column);
    REQUIRE(at != columns.end());
    return (*predial)[static_cast<std::size_t>(at - columns.begin())];
  };
  CHECK(cell("costo.tipo") == "formula");
  CHECK(cell("tiempo_respuesta.valor").empty());
  CHECK(cell("puntaje_priorizacion") == "11");
  CHECK(cell("nombres_populares") ==
        "pagar el predial\npagar los impuestos de la casa\nel predial\nimpuesto de la casa\nrecibo "
        "del predial");
  CHECK(cell("documentos") ==
        "nombre: Factura del predial; obligatorio: no; nota: Se baja del portal tributario\n"
        "nombre: Referencia catastral; obligatorio: sí; nota: Viene en una factura anterior");
}

TEST_CASE("a spreadsheet runs nothing of the table") {
  const auto cell_for = [](const std::string& text) {
    const std::string csv =
        catalog::to_csv({{"tramites/x.json", nlohmann::json{{"nombre", text}}.dump()}});
    return csv.substr(csv.find("\r\n") + 2);
  };
  CHECK(cell_for("=HYPERLINK(\"http://x\")") == "\"'=HYPERLINK(\"\"http://x\"\")\"\r\n");
  CHECK(cell_for("+57 300") == "\"'+57 300\"\r\n");
  CHECK(cell_for("-1") == "\"'-1\"\r\n");
  CHECK(cell_for("@SUM(A1)") == "\"'@SUM(A1)\"\r\n");
  CHECK(cell_for("\t=1") == "\"'\t=1\"\r\n");
  CHECK(cell_for("a, \"b\"\nc") == "\"a, \"\"b\"\"\nc\"\r\n");
}

TEST_CASE("hojas de vida with different fields share one table") {
  const std::string csv = catalog::to_csv({{"tramites/a.json", R"({"id": "a", "nota": "x"})"},
                                           {"tramites/b.json", R"({"id": "b", "otro": "y"})"},
                                           {"words.json", "{}"}});
  CHECK(csv.substr(3) == "\"id\",\"nota\",\"otro\"\r\n\"a\",\"x\",\"\"\r\n\"b\",\"\",\"y\"\r\n");
}
