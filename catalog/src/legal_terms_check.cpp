#include "legal_terms_check.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

#include "catalog/legal_terms.hpp"

namespace catalina::catalog {
namespace {

using nlohmann::json;

// What requests are counted by; an office may add others, but not leave one of these out.
constexpr std::array required_codes{"PET", "INF", "DOC", "CON", "AUT", "CGR", "DEF",
                                    "TRA", "COM", "HDC", "HDR", "REC", "DEN"};

constexpr const char* not_a_day = "se esperaba un día que exista en el calendario";

std::optional<Date> checked_date(Report& report, const Pointer& at) {
  const auto date = parse_date(report.root().at(at).get<std::string>());
  if (!date) report.add(at, not_a_day);
  return date;
}

// Codes of the terms that `fits`.
template <typename Fits>
std::vector<std::string> codes_of(const json& terms, Fits fits) {
  std::vector<std::string> codes;
  for (const json& term : terms)
    if (fits(term)) codes.push_back(term.at("codigo").get<std::string>());
  return codes;
}

void check_term(Report& report, const Pointer& at) {
  const json& term = report.root().at(at);
  const int count = term.at("valor").get<int>();
  const bool at_once = term.at("unidad") == "inmediato";
  if (at_once != (count == 0))
    report.add(at / "valor", at_once ? "se esperaba 0, porque la unidad es inmediato"
                                     : "se esperaba un número desde 1; hay 0");
  const json& longest = term.at("ampliacion_maxima");
  if (!longest.is_null() && longest.get<int>() > count)
    report.add(
        at / "ampliacion_maxima",
        "se esperaba " + std::to_string(count) +
            " como máximo: ampliado, el plazo no pasa del doble (Ley 1755 de 2015, art. 14)");
}

void check_terms(Report& report) {
  const Pointer list = Pointer() / "terminos";
  const json& terms = report.root().at(list);
  report.unique(list, "codigo");
  const std::vector<std::string> all = codes_of(terms, [](const json&) { return true; });
  const std::vector<std::string> of_completion =
      codes_of(terms, [](const json& term) { return term.contains("plazo_de_la_persona"); });
  for (const char* code : required_codes)
    if (std::find(all.begin(), all.end(), code) == all.end())
      report.add(list, "se esperaba el término " + std::string(code) + ", y falta");
  for (std::size_t i = 0; i < terms.size(); ++i) {
    check_term(report, list / i);
    if (terms[i].contains("completar_segun"))
      report.refers_to(list / i / "completar_segun", of_completion,
                       "un término con plazo_de_la_persona");
    if (terms[i].contains("trasladar_segun"))
      report.refers_to(list / i / "trasladar_segun", all, "un término");
  }
}

void check_suspensions(Report& report) {
  const Pointer list = Pointer() / "suspensiones";
  for (std::size_t i = 0; i < report.root().at(list).size(); ++i) {
    const auto from = checked_date(report, list / i / "desde");
    const auto to = checked_date(report, list / i / "hasta");
    checked_date(report, list / i / "fecha_acto");
    if (from && to && *to < *from)
      report.add(list / i / "hasta", "se esperaba un día que no sea anterior al de «desde»");
  }
}

void check_holidays(Report& report) {
  const Pointer list = Pointer() / "festivos_nuevos";
  const json& holidays = report.root().at(list);
  for (std::size_t i = 0; i < holidays.size(); ++i) {
    const json& holiday = holidays[i];
    const auto day = std::chrono::month(static_cast<unsigned>(holiday.at("mes").get<int>())) /
                     std::chrono::day(static_cast<unsigned>(holiday.at("dia").get<int>()));
    if (!day.ok()) report.add(list / i / "dia", not_a_day);
    const json& until = holiday.at("hasta");
    if (!until.is_null() && until < holiday.at("desde"))
      report.add(list / i / "hasta", "se esperaba un año que no sea anterior al de «desde»");
  }
}

}  // namespace

void check_legal_terms(Report& report) {
  check_terms(report);
  check_suspensions(report);
  check_holidays(report);
}

}  // namespace catalina::catalog
