#include <algorithm>
#include <random>

#include "catalog/catalog.hpp"
#include "support/catch.hpp"
#include "unit/catalog/edited_catalog.hpp"

using namespace catalina;
using namespace catalina::test;

namespace {

// One to four small accidents: a byte replaced, some lost, some repeated elsewhere, the end cut.
void mutate(std::string& text, std::mt19937& random) {
  static const std::string poison = "{}[]\",:\\0-9.eE\n\x80\xFF\xC3\xF0ntu";
  for (unsigned accidents = 1 + random() % 4; accidents > 0 && !text.empty(); --accidents) {
    const std::size_t at = random() % text.size();
    switch (random() % 8) {
      case 0:
        text.resize(at);
        break;
      case 1:
        text.erase(at, 1 + random() % 30);
        break;
      case 2:
        text.insert(at, text.substr(random() % text.size(), random() % 60));
        break;
      case 3:
        text[at] = poison[random() % poison.size()];
        break;
      default:
        text[at] = static_cast<char>('a' + random() % 26);
    }
  }
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

TEST_CASE("files that are missing, unknown or twice there are told") {
  Files files = small_catalog();
  SECTION("missing") {
    std::erase_if(files, [](const File& file) { return file.path == "territorio.json"; });
    CHECK(told(catalog::validate(files, schemas())) ==
          "territorio.json: se esperaba este archivo, y falta\n");
  }
  SECTION("nothing at all") {
    CHECK(told(catalog::validate({}, schemas())) ==
          "dependencias.json: se esperaba este archivo, y falta\n"
          "frases/: se esperaba este archivo, y falta\n"
          "plazos.json: se esperaba este archivo, y falta\n"
          "preguntas.json: se esperaba este archivo, y falta\n"
          "territorio.json: se esperaba este archivo, y falta\n"
          "tramites/: se esperaba este archivo, y falta\n");
  }
  SECTION("unknown") {
    for (const char* path : {"recetas.json", "tramites/sub/x.json", "../etc/passwd.json",
                             "tramites/Predial.json", "tramites/.json", "nota.txt"}) {
      files = small_catalog();
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

TEST_CASE("a file with very many problems tells the first fifty") {
  const auto problems = problems_after("preguntas.json", [](auto& j) {
    const auto question = j["preguntas"][0];
    for (int i = 0; i < 60; ++i) j["preguntas"].push_back(question);
  });
  REQUIRE(problems.size() == 50);
  CHECK(problems.back().expected == "hay más problemas desde esta línea");
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
  const auto problems = catalog::validate(small_catalog(), broken);
  REQUIRE_FALSE(problems.empty());
  CHECK(told(problems).find(broken[0].path) != std::string::npos);
}

TEST_CASE("a pattern that is no regular expression is told where it is met") {
  Files rules = schemas();
  Files files = small_catalog();
  rules.push_back({"words.schema.json", R"({"properties": {"a": {"pattern": "("}}})"});
  files.push_back({"words.json", R"({"a": "x"})"});
  CHECK_THAT(told(catalog::validate(files, rules)),
             Catch::StartsWith("words.json: se esperaba un esquema que se pueda aplicar: "));
}

TEST_CASE("files of other rooms are held to the schema they bring") {
  Files files = small_catalog();
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
  const Files rules = schemas();
  std::mt19937 random(20260331);
  int accepted = 0;
  for (int round = 0; round < 150; ++round) {
    Files files = small_catalog();
    File& file = files[random() % files.size()];
    mutate(file.text, random);

    // Alone, because that is quick; of the files that are missing then, nothing is asked.
    auto problems = catalog::validate({file}, rules);
    std::erase_if(problems, [&](const Problem& problem) { return problem.file != file.path; });
    const auto lines = 1 + std::count(file.text.begin(), file.text.end(), '\n');
    for (const Problem& problem : problems) {
      REQUIRE_FALSE(problem.expected.empty());
      REQUIRE(problem.line <= lines);
      REQUIRE(problem.text().find('\n') == std::string::npos);
    }
    if (!problems.empty()) continue;
    ++accepted;
    REQUIRE_NOTHROW(catalog::Catalog::build(files));
  }
  CHECK(accepted > 5);  // or the changes were too coarse to say anything about `build`
}
