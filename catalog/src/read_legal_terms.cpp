#include "read_json.hpp"
#include "read_model.hpp"

namespace catalina::catalog {
namespace {

int number_or_zero(const json& object, const char* key) {
  return object.contains(key) ? number_or_none(object, key).value_or(0) : 0;
}

Date read_date(const json& object, const char* key) {
  if (const auto date = parse_date(text(object, key))) return *date;
  throw std::runtime_error("\"" + text(object, key) + "\" is not a date");
}

// "18:00"
std::chrono::minutes read_time_of_day(const std::string& text) {
  return std::chrono::hours(std::stoi(text.substr(0, 2))) +
         std::chrono::minutes(std::stoi(text.substr(3)));
}

Term read_term(const json& j) {
  Term term;
  term.code = text(j, "codigo");
  term.what = text(j, "que_es");
  term.count = j.at("valor").get<int>();
  term.unit = choose(term_units, j.at("unidad"));
  term.longest_extension = number_or_zero(j, "ampliacion_maxima");
  term.law = text(j, "norma");
  term.confidence = choose(confidences, j.at("confianza"));
  term.completion = text_or_empty(j, "completar_segun");
  term.transfer = text_or_empty(j, "trasladar_segun");
  if (const auto citizen = j.find("plazo_de_la_persona"); citizen != j.end()) {
    term.citizen_months = citizen->at("meses").get<int>();
    term.citizen_more_months = citizen->at("prorroga_meses").get<int>();
  }
  if (const auto lapse = j.find("si_nadie_responde"); lapse != j.end())
    term.handover_days = lapse->at("entregar_en").get<int>();
  return term;
}

Suspension read_suspension(const json& j) {
  return {read_date(j, "desde"), read_date(j, "hasta"), text(j, "acto"),
          read_date(j, "fecha_acto")};
}

NewHoliday read_holiday(const json& j) {
  NewHoliday holiday;
  holiday.name = text(j, "nombre");
  holiday.law = text(j, "norma");
  holiday.day = std::chrono::month(static_cast<unsigned>(j.at("mes").get<int>())) /
                std::chrono::day(static_cast<unsigned>(j.at("dia").get<int>()));
  holiday.moves_to_monday = j.at("pasa_al_lunes").get<bool>();
  holiday.from = std::chrono::year(j.at("desde").get<int>());
  if (const auto until = number_or_none(j, "hasta")) holiday.until = std::chrono::year(*until);
  return holiday;
}

}  // namespace

LegalTerms read_legal_terms(const json& j) {
  LegalTerms law;
  law.terms = list(j, "terminos", read_term);
  law.closes_at = read_time_of_day(text(j.at("cierre"), "hora"));
  law.suspensions = list(j, "suspensiones", read_suspension);
  law.holidays = list(j, "festivos_nuevos", read_holiday);
  return law;
}

}  // namespace catalina::catalog
