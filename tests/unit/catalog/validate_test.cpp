#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>
#include <random>

#include "catalog/documents.hpp"
#include "support/catch.hpp"
#include "support/config_files.hpp"

using namespace catalina;
using catalog::File;
using catalog::Files;
using catalog::Problem;
using nlohmann::ordered_json;

namespace {

const std::string predial = "tramites/predial-pagar.json";

// The kinds that this room knows; words and intents are tested where they are used.
Files shipped() {
  Files files = test::config_files();
  std::erase_if(files, [](const File& file) {
    return file.path == "words.json" || file.path == "intents.json";
  });
  return files;
}

Files schemas() {
  Files files = test::config_schemas();
  std::erase_if(files, [](const File& file) {
    return file.path == "words.schema.json" || file.path == "intents.schema.json";
  });
  return files;
}

std::string& text_of(Files& files, const std::string& path) {
  for (File& file : files)
    if (file.path == path) return file.text;
  throw std::logic_error("no file " + path);
}

// A catalog of two tramites, what they need, and one UCG with its barrios: for tests that validate
// many times.
const Files& small() {
  static const Files files = [] {
    Files kept;
    for (File& file : shipped()) {
      if (file.path.starts_with("tramites/") && !file.path.starts_with("tramites/predial-f") &&
          file.path != predial)
        continue;
      auto json = ordered_json::parse(file.text);
      const auto keep_only = [&](const char* list, auto wanted) {
        ordered_json entries = ordered_json::array();
        for (auto& entry : json[list])
          if (wanted(entry)) entries.push_back(entry);
        json[list] = entries;
      };
      if (file.path == "preguntas.json")
        keep_only("preguntas", [](const auto& entry) {
          return entry["tramite_relacionado"].is_null() ||
                 entry["tramite_relacionado"] == "predial-pagar";
        });
      if (file.path == "territorio.json") {
        keep_only("barrios", [](const auto& entry) { return entry["ucg"] == 1; });
        keep_only("ucg", [](const auto& entry) { return entry["numero"] == 1; });
      }
      file.text = json.dump(2) + "\n";
      kept.push_back(std::move(file));
    }
    return kept;
  }();
  return files;
}

// The problems of the small catalog after `edit` has changed the JSON of one file.
std::vector<Problem> problems_after(const std::string& path,
                                    const std::function<void(ordered_json&)>& edit) {
  static const Files rules = schemas();
  Files files = small();
  std::string& text = text_of(files, path);
  auto json = ordered_json::parse(text);
  edit(json);
  text = json.dump(2) + "\n";
  return catalog::validate(files, rules);
}

std::vector<Problem> problems_with_text(const std::string& path, const std::string& text) {
  Files files = small();
  text_of(files, path) = text;
  return catalog::validate(files, schemas());
}

// What an editor is told, one line a problem.
std::string told(const std::vector<Problem>& problems) {
  std::string lines;
  for (const Problem& problem : problems) lines += problem.text() + "\n";
  return lines;
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  if (at == text.npos) throw std::logic_error("not in the text: " + what);
  return text.replace(at, what.size(), with);
}

std::string shipped_text(const std::string& path) {
  Files files = small();
  return text_of(files, path);
}

}  // namespace

TEST_CASE("every shipped file validates, those of the other rooms too") {
  CHECK(told(catalog::validate(test::config_files(), test::config_schemas())) == "");
}

TEST_CASE("one wrong value among 110 files is told with its file, line and field") {
  Files files = shipped();
  std::string& text = text_of(files, predial);
  text = replaced(text, "\"tipo\": \"formula\"", "\"tipo\": \"gratis\"");
  const auto problems = catalog::validate(files, schemas());
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].file == predial);
  CHECK(problems[0].line == 59);
  CHECK(problems[0].field == "costo.tipo");
  CHECK(problems[0].expected == "se esperaba uno de: gratuito, formula, null; hay «gratis»");
  CHECK(problems[0].text() == predial +
                                  ":59: costo.tipo: se esperaba uno de: gratuito, formula, null; "
                                  "hay «gratis»");
}

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
  const auto problems = problems_with_text(
      predial, replaced(shipped_text(predial), "\"resultado\"", "\"resultados\""));
  REQUIRE(problems.size() == 2);
  CHECK(told(problems) ==
        predial + ":1: resultado: se esperaba este campo, y falta\n" + predial +
            ":95: resultados: no se esperaba un campo con este nombre. ¿Quisiste decir "
            "«resultado»?\n");
}

TEST_CASE("a file that is no JSON is told with the line where it stops making sense") {
  const std::string text = shipped_text(predial);
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
        "123 se esperaba texto en UTF-8; guarda el archivo con esa codificación");
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
    CHECK(only(problems) == "69 se esperaba un texto sin caracteres de control ni invisibles");
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
  CHECK(problems_with_text(predial, "\xEF\xBB\xBF" + shipped_text(predial)).empty());
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

TEST_CASE("the longest text that is let in does not exhaust the patterns of the schema") {
  const auto problems =
      problems_after(predial, [](auto& j) { j["id"] = std::string(8'000, 'a') + "!"; });
  CHECK_THAT(told(problems), Catch::Contains("se esperaba un texto más corto"));
  CHECK_THAT(told(problems_after(predial, [](auto& j) { j["id"] = std::string(8'000, 'a'); })),
             Catch::Contains("id: se esperaban como máximo 60 letras; hay 8000"));
}

TEST_CASE("a file with very many problems tells the first fifty") {
  const auto problems = problems_after("preguntas.json", [](auto& j) {
    const auto question = j["preguntas"][0];
    for (int i = 0; i < 60; ++i) j["preguntas"].push_back(question);
  });
  REQUIRE(problems.size() == 50);
  CHECK(problems.back().expected == "hay más problemas desde esta línea");
}

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
  CHECK(only("dependencias.json", [](auto& j) { j["dependencias"][0]["escala_a"] = "zzz"; }) ==
        "dependencias[0].escala_a: se esperaba una dependencia que exista; «zzz» no existe.");
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

TEST_CASE("files that are missing, unknown or twice there are told") {
  Files files = small();
  SECTION("missing") {
    std::erase_if(files, [](const File& file) { return file.path == "territorio.json"; });
    CHECK(told(catalog::validate(files, schemas())) ==
          "territorio.json: se esperaba este archivo, y falta\n");
  }
  SECTION("nothing at all") {
    CHECK(told(catalog::validate({}, schemas())) ==
          "dependencias.json: se esperaba este archivo, y falta\n"
          "preguntas.json: se esperaba este archivo, y falta\n"
          "territorio.json: se esperaba este archivo, y falta\n"
          "tramites/: se esperaba este archivo, y falta\n");
  }
  SECTION("unknown") {
    for (const char* path : {"recetas.json", "tramites/sub/x.json", "../etc/passwd.json",
                             "tramites/Predial.json", "tramites/.json", "nota.txt"}) {
      files = small();
      files.push_back({path, "{}"});
      CHECK(told(catalog::validate(files, schemas())) ==
            std::string(path) +
                ": no se esperaba este archivo: el catálogo no tiene uno de esta clase\n");
    }
  }
  SECTION("twice") {
    files.push_back(files.back());
    CHECK_THAT(told(catalog::validate(files, schemas())),
               Catch::Contains("este archivo está repetido"));
  }
}

TEST_CASE("a broken schema is told too") {
  Files broken = schemas();
  SECTION("not JSON") {
    broken[0].text = "{";
  }
  SECTION("not a schema") {
    broken[0].text = R"({"type": 7})";
  }
  SECTION("not an object") {
    broken[0].text = "[]";
  }
  const auto problems = catalog::validate(small(), broken);
  REQUIRE_FALSE(problems.empty());
  CHECK(told(problems).find(broken[0].path) != std::string::npos);
}

TEST_CASE("files of other rooms are held to the schema they bring") {
  Files files = small();
  Files with_words = schemas();
  with_words.push_back({"words.schema.json", R"({
    "type": "object", "additionalProperties": false,
    "patternProperties": {"^[a-z]+$": {"anyOf": [{"type": "string"}, {"type": "array"}],
                                       "description": "Una frase o varias."}}})"});
  files.push_back({"words.json", "{\n  \"hola\": \"¡Hola!\",\n  \"adios\": 3\n}"});
  CHECK(told(catalog::validate(files, with_words)) ==
        "words.json:3: adios: se esperaba otro valor. Una frase o varias.\n");
}

TEST_CASE("real files with bytes changed at random never break the validation") {
  const Files base = shipped();
  const Files rules = schemas();
  std::mt19937 random(20260331);
  static const std::string poison = "{}[]\",:\\0-9.eE\n\x80\xFF\xC3\xF0ntu";
  for (int round = 0; round < 150; ++round) {
    // One file at a time with few others keeps a round short.
    const File& original = base[random() % base.size()];
    File mutated = original;
    for (unsigned changes = 1 + random() % 4; changes > 0 && !mutated.text.empty(); --changes) {
      const std::size_t at = random() % mutated.text.size();
      switch (random() % 4) {
        case 0:
          mutated.text[at] = poison[random() % poison.size()];
          break;
        case 1:
          mutated.text.erase(at, 1 + random() % 30);
          break;
        case 2:
          mutated.text.insert(at,
                              mutated.text.substr(random() % mutated.text.size(), random() % 60));
          break;
        default:
          mutated.text.resize(at);
      }
    }
    const bool same = mutated.text == original.text;
    const auto problems = catalog::validate({mutated}, rules);
    for (const Problem& problem : problems) {
      REQUIRE_FALSE(problem.expected.empty());
      REQUIRE(problem.line <= 1 + std::count(mutated.text.begin(), mutated.text.end(), '\n'));
    }
    if (same) continue;
    // What passes can be built or is missing only its neighbours: nothing to assert beyond order.
    REQUIRE(std::is_sorted(problems.begin(), problems.end(), [](const auto& a, const auto& b) {
      return std::tie(a.file, a.line) < std::tie(b.file, b.line);
    }));
  }
}
