#include "catalog/catalog.hpp"
#include "support/catch.hpp"
#include "unit/catalog/edited_catalog.hpp"

using namespace catalina;
using namespace catalina::test;
using namespace std::chrono_literals;
using catalog::LegalTerms;
using catalog::Term;
using catalog::TermUnit;

namespace {

const LegalTerms& shipped_terms() {
  static const auto catalog = catalog::Catalog::build(config_files());
  return catalog->legal_terms();
}

const Term& shipped_term(const std::string& code) {
  const Term* term = shipped_terms().find(code);
  REQUIRE(term);
  return *term;
}

// What an editor is told of the one thing that is wrong.
std::string only(const std::function<void(ordered_json&)>& edit) {
  const auto problems = problems_after("plazos.json", edit);
  CAPTURE(told(problems));
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].file == "plazos.json");
  CHECK(problems[0].line > 0);
  return problems[0].field + ": " + problems[0].expected;
}

const ordered_json suspension = {{"desde", "2026-11-11"},
                                 {"hasta", "2026-11-13"},
                                 {"acto", "Decreto 0123 de 2026"},
                                 {"fecha_acto", "2026-10-30"}};
const ordered_json holiday = {{"nombre", "Día nuevo"},
                              {"norma", "Ley 1 de 2027"},
                              {"mes", 3},
                              {"dia", 4},
                              {"pasa_al_lunes", true},
                              {"desde", 2027},
                              {"hasta", nullptr}};

}  // namespace

TEST_CASE("the shipped terms are those of the law") {
  struct Row {
    const char* code;
    int count;
    int longest_extension;
  };
  for (const Row& row :
       {Row{"PET", 15, 15}, Row{"INF", 10, 10}, Row{"DOC", 10, 10}, Row{"CON", 30, 30},
        Row{"AUT", 10, 0}, Row{"CGR", 5, 0}, Row{"DEF", 5, 0}, Row{"TRA", 5, 0}, Row{"COM", 10, 0},
        Row{"HDC", 10, 5}, Row{"HDR", 15, 8}, Row{"REC", 10, 0}, Row{"DEN", 15, 15}}) {
    CAPTURE(row.code);
    const Term& term = shipped_term(row.code);
    CHECK(term.count == row.count);
    CHECK(term.unit == TermUnit::dias_habiles);
    CHECK(term.longest_extension == row.longest_extension);
    CHECK_FALSE(term.what.empty());
    CHECK_THAT(term.law, Catch::Contains("Ley ") && Catch::Contains("artículo"));
  }
  CHECK(shipped_terms().find("XYZ") == nullptr);
  CHECK(shipped_terms().closes_at == 18h);
  CHECK(shipped_terms().suspensions.empty());
  CHECK(shipped_terms().holidays.empty());
}

TEST_CASE("a term names those that begin with it, and what follows from silence") {
  CHECK(shipped_term("PET").completion == "COM");
  CHECK(shipped_term("PET").transfer == "TRA");
  CHECK(shipped_term("PET").handover_days == std::nullopt);
  CHECK(shipped_term("PET").confidence == catalog::Confidence::una_fuente);
  CHECK(shipped_term("COM").citizen_months == 1);
  CHECK(shipped_term("COM").citizen_more_months == 1);
  CHECK(shipped_term("COM").confidence == catalog::Confidence::nacional);
  CHECK(shipped_term("DOC").handover_days == 3);
  CHECK(shipped_term("CGR").completion.empty());
  CHECK(shipped_term(shipped_term("HDR").completion).citizen_months == 2);
  CHECK(shipped_term(shipped_term("HDR").completion).citizen_more_months == 0);
  CHECK(shipped_term(shipped_term("HDR").transfer).count == 2);
}

TEST_CASE("acts, holidays and the closing hour are read as they are written") {
  Files files = small_catalog();
  auto json = ordered_json::parse(text_of(files, "plazos.json"));
  json["suspensiones"] = {suspension};
  json["festivos_nuevos"] = {holiday};
  json["festivos_nuevos"].push_back(holiday);
  json["festivos_nuevos"][1]["hasta"] = 2030;
  json["cierre"]["hora"] = "16:30";
  text_of(files, "plazos.json") = json.dump();
  REQUIRE(told(catalog::validate(files, schemas())) == "");

  const auto catalog = catalog::Catalog::build(files);
  const LegalTerms& law = catalog->legal_terms();
  CHECK(law.closes_at == 16h + 30min);
  REQUIRE(law.suspensions.size() == 1);
  CHECK(law.suspensions[0].from == 2026y / 11 / 11);
  CHECK(law.suspensions[0].to == 2026y / 11 / 13);
  CHECK(law.suspensions[0].act == "Decreto 0123 de 2026");
  CHECK(law.suspensions[0].act_date == 2026y / 10 / 30);
  REQUIRE(law.holidays.size() == 2);
  CHECK(law.holidays[0].name == "Día nuevo");
  CHECK(law.holidays[0].law == "Ley 1 de 2027");
  CHECK(law.holidays[0].day == std::chrono::month(3) / 4);
  CHECK(law.holidays[0].moves_to_monday);
  CHECK(law.holidays[0].from == 2027y);
  CHECK(law.holidays[0].until == std::nullopt);
  CHECK(law.holidays[1].until == 2030y);
}

TEST_CASE("a term that the law does not allow, or that leads nowhere, is told") {
  CHECK(only([](auto& j) { j["terminos"][0]["ampliacion_maxima"] = 16; }) ==
        "terminos[0].ampliacion_maxima: se esperaba 15 como máximo: ampliado, el plazo no pasa del "
        "doble (Ley 1755 de 2015, art. 14)");
  CHECK(only([](auto& j) { j["terminos"][4]["valor"] = 0; }) ==
        "terminos[4].valor: se esperaba un número desde 1; hay 0");
  CHECK(only([](auto& j) { j["terminos"][4]["unidad"] = "inmediato"; }) ==
        "terminos[4].valor: se esperaba 0, porque la unidad es inmediato");
  CHECK(
      only([](auto& j) { j["terminos"][0]["trasladar_segun"] = "TRB"; }) ==
      "terminos[0].trasladar_segun: se esperaba un término que exista; «TRB» no existe. ¿Quisiste "
      "decir «TRA»?");
  CHECK(only([](auto& j) { j["terminos"][0]["completar_segun"] = "TRA"; }) ==
        "terminos[0].completar_segun: se esperaba un término con plazo_de_la_persona que exista; "
        "«TRA» no existe.");
  CHECK(only([](auto& j) { j["terminos"].push_back(j["terminos"][4]); }) ==
        "terminos[15].codigo: se esperaba un valor distinto; «AUT» está repetido");
  CHECK(only([](auto& j) { j["terminos"].erase(5); }) ==
        "terminos: se esperaba el término CGR, y falta");
}

TEST_CASE("days that do not exist, or end before they begin, are told") {
  const auto suspended = [](const char* field, const char* value) {
    return only([&](auto& j) {
      j["suspensiones"] = {suspension};
      j["suspensiones"][0][field] = value;
    });
  };
  const std::string no_day = "se esperaba un día que exista en el calendario";
  CHECK(suspended("desde", "2026-02-30") == "suspensiones[0].desde: " + no_day);
  CHECK(suspended("hasta", "2026-11-31") == "suspensiones[0].hasta: " + no_day);
  CHECK(suspended("fecha_acto", "2027-02-29") == "suspensiones[0].fecha_acto: " + no_day);
  CHECK(suspended("hasta", "2026-11-10") ==
        "suspensiones[0].hasta: se esperaba un día que no sea anterior al de «desde»");
  CHECK_THAT(suspended("desde", "1820-11-10"), Catch::Contains("de 1984 a 2100"));

  const auto made = [](const char* field, int value) {
    return only([&](auto& j) {
      j["festivos_nuevos"] = {holiday};
      j["festivos_nuevos"][0][field] = value;
    });
  };
  CHECK(made("dia", 32) == "festivos_nuevos[0].dia: se esperaba un número hasta 31; hay 32");
  CHECK(only([](auto& j) {
          j["festivos_nuevos"] = {holiday};
          j["festivos_nuevos"][0]["mes"] = 2;
          j["festivos_nuevos"][0]["dia"] = 30;
        }) == "festivos_nuevos[0].dia: " + no_day);
  CHECK(made("hasta", 2026) ==
        "festivos_nuevos[0].hasta: se esperaba un año que no sea anterior al de «desde»");
  CHECK_THAT(only([](auto& j) { j["cierre"]["hora"] = "6 p. m."; }),
             Catch::StartsWith("cierre.hora: ") && Catch::Contains("de 00:00 a 23:59"));
}

TEST_CASE("a date is written in one way, and exists") {
  CHECK(catalog::parse_date("2028-02-29") == 2028y / 2 / 29);
  CHECK(catalog::format_date(2026y / 3 / 4) == "2026-03-04");
  for (const char* wrong : {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-3-04", "2026-03-4",
                            "2026/03/04", "+026-03-04", "2026-03-04 ", "2026- 3-04", "hoy"}) {
    CAPTURE(wrong);
    CHECK(catalog::parse_date(wrong) == std::nullopt);
  }
}
