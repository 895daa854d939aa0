#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "catalog/documents.hpp"
#include "support/catch.hpp"
#include "support/config_files.hpp"

using namespace catalina;
using catalog::Change;
using catalog::Files;
using nlohmann::ordered_json;

namespace {

const std::string predial = "tramites/predial-pagar.json";

Files edited(Files files, const std::string& path, const std::function<void(ordered_json&)>& edit) {
  for (auto& file : files) {
    if (file.path != path) continue;
    auto json = ordered_json::parse(file.text);
    edit(json);
    file.text = json.dump();
  }
  return files;
}

std::string told(const std::vector<Change>& changes) {
  std::string lines;
  for (const Change& change : changes) {
    lines += change.kind == Change::Kind::added     ? "+ "
             : change.kind == Change::Kind::removed ? "- "
                                                    : "* ";
    lines += change.entry + "\n";
    for (const std::string& detail : change.details) lines += "    " + detail + "\n";
  }
  return lines;
}

std::string diff_of(const std::string& path, const std::function<void(ordered_json&)>& edit) {
  Files base = test::config_files();
  std::erase_if(base, [&](const auto& file) { return file.path != path; });
  return told(catalog::diff(base, edited(base, path, edit)));
}

}  // namespace

TEST_CASE("the same catalog has no differences, however its files are laid out") {
  CHECK(diff_of(predial, [](ordered_json&) {}) == "");
}

TEST_CASE("a changed fact is told by field") {
  CHECK(diff_of(predial,
                [](auto& j) {
                  j["costo"]["tipo"] = "gratuito";
                  j["documentos"][0]["obligatorio"] = true;
                  j["documentos"][1]["nota"] = nullptr;
                  j["puntaje_priorizacion"] = 9;
                }) ==
        "* tramite predial-pagar\n"
        "    documentos[0].obligatorio: no → sí\n"
        "    documentos[1].nota: Viene en una factura anterior → (vacío)\n"
        "    costo.tipo: formula → gratuito\n"
        "    puntaje_priorizacion: 11 → 9\n");
}

TEST_CASE("a member put in the middle of a list is one change") {
  CHECK(diff_of(predial,
                [](auto& j) {
                  auto& names = j["nombres_populares"];
                  names.insert(names.begin() + 1, "impuesto del predio");
                }) ==
        "* tramite predial-pagar\n"
        "    nombres_populares[1]: se agregó impuesto del predio\n");
}

TEST_CASE("a member taken out of a list is one change") {
  CHECK(diff_of(predial, [](auto& j) { j["documentos"].erase(0); }) ==
        "* tramite predial-pagar\n"
        "    documentos[0]: se quitó nombre: Factura del predial; obligatorio: no; nota: Se baja "
        "del portal tributario\n");
}

TEST_CASE("fields that come and go are told") {
  CHECK(
      diff_of(predial,
              [](auto& j) {
                j["costo"].erase("nota");
                j["costo"]["valor"] = 100;
              }) ==
      "* tramite predial-pagar\n"
      "    costo.nota: se quitó Depende del avalúo catastral, el destino y la tarifa del Estatuto "
      "de Rentas. En 2026, hasta el 1 de…\n"
      "    costo.valor: se agregó 100\n");
}

TEST_CASE("of long texts the part is shown where they begin to differ") {
  CHECK(
      diff_of(predial,
              [](auto& j) {
                auto text = j["costo"]["nota"].template get<std::string>();
                text.replace(text.find("20 %"), 2, "15");
                j["costo"]["nota"] = text;
              }) ==
      "* tramite predial-pagar\n"
      "    costo.nota: …1 de abril: residencial 20 % si estabas a paz y salvo a 31 de diciembre de "
      "2025 y 10 % si solo paga…"
      " → …1 de abril: residencial 15 % si estabas a paz y salvo a 31 de diciembre de 2025 y 10 % "
      "si solo paga…\n");
}

TEST_CASE("offices, questions and places are entries of their own") {
  CHECK(diff_of("dependencias.json",
                [](auto& j) {
                  j["dependencias"][1]["horario"] = "Lunes a viernes de 8:00 a. m. a 5:00 p. m.";
                  j["notas"].push_back("Otra nota.");
                }) ==
        "* dependencia secretaria-general\n"
        "    horario: (vacío) → Lunes a viernes de 8:00 a. m. a 5:00 p. m.\n"
        "* dependencias.json\n"
        "    notas[3]: se agregó Otra nota.\n");
  CHECK(diff_of("preguntas.json",
                [](auto& j) { j["preguntas"][0]["id"] = "predial-descuento-2027"; }) ==
        "- pregunta predial-descuento-2026\n"
        "+ pregunta predial-descuento-2027\n");
  CHECK(diff_of("plazos.json",
                [](auto& j) {
                  j["terminos"][9]["ampliacion_maxima"] = 4;
                  j["cierre"]["hora"] = "17:00";
                }) ==
        "* plazos.json\n"
        "    cierre.hora: 18:00 → 17:00\n"
        "* término HDC\n"
        "    ampliacion_maxima: 5 → 4\n");
  CHECK(diff_of("territorio.json",
                [](auto& j) {
                  j["barrios"][0]["nombre"] = "San Diego de Asís";
                  j["rural_insular"].erase(0);
                }) ==
        "* barrio san-diego\n"
        "    nombre: San Diego → San Diego de Asís\n"
        "- sitio rural o insular la-boquilla\n");
}

TEST_CASE("the order of offices in their file is no difference") {
  CHECK(diff_of("dependencias.json", [](auto& j) {
          std::reverse(j["dependencias"].begin(), j["dependencias"].end());
        }) == "");
}

TEST_CASE("whole hojas de vida come and go") {
  Files base = test::config_files("tramites");
  for (auto& file : base) file.path = "tramites/" + file.path;
  Files fewer = base;
  std::erase_if(fewer, [](const auto& file) { return file.path == predial; });
  CHECK(told(catalog::diff(base, fewer)) == "- tramite predial-pagar\n");
  CHECK(told(catalog::diff(fewer, base)) == "+ tramite predial-pagar\n");
}

TEST_CASE("a first catalog is all additions, in a stable order") {
  const auto changes = catalog::diff({}, test::config_files());
  CHECK(changes.size() >= 110 + 50 + 66 + 315);
  CHECK(std::is_sorted(changes.begin(), changes.end(),
                       [](const auto& a, const auto& b) { return a.entry < b.entry; }));
  CHECK(std::all_of(changes.begin(), changes.end(),
                    [](const auto& change) { return change.kind == Change::Kind::added; }));
}

TEST_CASE("files of other rooms are compared field by field") {
  CHECK(told(catalog::diff({{"words.json", R"({"saludo": {"hola": "Hola"}})"}},
                           {{"words.json", R"({"saludo": {"hola": "¡Hola!"}})"}})) ==
        "* words.json\n    saludo.hola: Hola → ¡Hola!\n");
}

TEST_CASE("what cannot be read is compared as one text, never a crash") {
  CHECK(told(catalog::diff({{predial, "{\"a\": 1"}}, {{predial, "{\"a\": \xFF"}})) ==
        "* " + predial + "\n    {\"a\": 1 → {\"a\": \uFFFD\n");
  const std::string deep(100'000, '[');
  CHECK(catalog::diff({{predial, deep}}, {{predial, deep + "["}}).size() == 1);
}
