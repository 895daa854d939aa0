#include "dialog/words.hpp"

#include <nlohmann/json.hpp>

#include "support/catch.hpp"
#include "support/config_files.hpp"

using namespace catalina;
using namespace catalina::dialog;
using Catch::Matchers::Contains;
using nlohmann::json;

namespace {

json real_words() {
  for (const catalog::File& file : test::config_files()) {
    if (file.path == "words.json") return json::parse(file.text);
  }
  FAIL("config/words.json is missing");
  return {};
}

std::string refusal(const json& words) {
  try {
    Words::build(words.dump());
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("texts are filled in") {
  const auto words = Words::build(real_words().dump());
  CHECK_THAT(words->say(Text::source, {{"fecha", "marzo de 2026"}, {"oficina", "Catastro"}}),
             Contains("Catastro") && Contains("marzo de 2026") && !Contains("{"));
  CHECK_THROWS_AS(words->say(Text::source, {{"oficina", "Catastro"}}), std::logic_error);
}

TEST_CASE("what is inserted is not read again as a placeholder") {
  const auto words = Words::build(real_words().dump());
  CHECK_THAT(words->say(Text::time_line, {{"tiempo", "{tiempo} {costo}"}}),
             Contains("{tiempo} {costo}"));
}

TEST_CASE("dates are told as people say them") {
  const auto words = Words::build(real_words().dump());
  CHECK(words->month("2026-03") == "marzo de 2026");
  CHECK(words->day("2026-04-01") == "1 de abril de 2026");
  CHECK(words->month("pronto") == "pronto");
  CHECK(words->month("2026-13") == "2026-13");
  CHECK(words->day("2026-04-00") == "2026-04-00");
  CHECK(words->day("") == "");
}

TEST_CASE("a text with the wrong placeholders is refused by name") {
  json words = real_words();
  words["textos"]["fuente"] = "Fuente: {oficina}.";
  CHECK_THAT(refusal(words), Contains("textos.fuente") && Contains("falta {fecha}"));
  words["textos"]["fuente"] = "Fuente: {oficina} {fecha} {hora}.";
  CHECK_THAT(refusal(words), Contains("textos.fuente") && Contains("sobra {hora}"));
  words["textos"]["fuente"] = "Fuente: {oficina";
  CHECK_THAT(refusal(words), Contains("textos.fuente") && Contains("no se cierra"));
}

TEST_CASE("missing, unknown, empty and overlong texts are refused by name") {
  json words = real_words();
  words["textos"].erase("menu");
  CHECK_THAT(refusal(words), Contains("textos.menu") && Contains("falta este texto"));

  words = real_words();
  words["textos"]["saludito"] = "hola";
  CHECK_THAT(refusal(words), Contains("textos.saludito") && Contains("ningún texto"));

  words = real_words();
  words["textos"]["menu"] = "  ";
  CHECK_THAT(refusal(words), Contains("textos.menu") && Contains("vacío"));

  words = real_words();
  words["textos"]["menu"] = 7;
  CHECK_THAT(refusal(words), Contains("textos.menu"));

  words = real_words();
  words["textos"]["boton_menu"] = "un título de más de veinte";
  CHECK_THAT(refusal(words), Contains("textos.boton_menu") && Contains("20"));

  words = real_words();
  words["categorias_cortas"]["Movilidad"] = std::string(25, 'x');
  CHECK_THAT(refusal(words), Contains("categorias_cortas.Movilidad"));
}

TEST_CASE("what is not the file is refused") {
  CHECK_THROWS_WITH(Words::build("{"), Contains("words.json") && Contains("no es JSON válido"));
  CHECK_THROWS_WITH(Words::build("[]"), Contains("words.json"));
  json words = real_words();
  words.erase("version_del_aviso");
  CHECK_THAT(refusal(words), Contains("version_del_aviso"));
  words = real_words();
  words["meses"] = {"enero"};
  CHECK_THAT(refusal(words), Contains("meses"));
}
