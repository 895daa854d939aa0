// What the law says about time, as the city has it configured (config/plazos.json): how long each
// kind of request may take, until what hour it counts as received today, on which days the terms
// stand still. How it is counted is the business of notify/.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/model.hpp"

namespace catalina::catalog {

using Date = std::chrono::year_month_day;

struct Term {
  std::string code;  // PET, INF, … [A-Z]{3,4}
  std::string what;  // in plain Spanish
  int count = 0;     // of `unit`; 0 with `inmediato`
  TermUnit unit = TermUnit::dias_habiles;
  // By how much, in the same unit, whoever answers may extend it; 0: not at all. Never more than
  // `count`: the new term is at most double the first (Ley 1755 of 2015, article 14, paragraph).
  int longest_extension = 0;
  std::string law;  // and its article
  Confidence confidence = Confidence::por_validar;

  // Codes of the terms in which the office has to ask for what is missing, or to hand the request
  // to whom it belongs; empty where the law knows of no such thing.
  std::string completion;
  std::string transfer;
  // Of the term of a completion: how long the citizen has, and how much more they get who ask for
  // it before it is over.
  int citizen_months = 0;
  int citizen_more_months = 0;
  // A request that nobody answered in time counts as accepted, and what it asks for is handed over
  // within so many business days more.
  std::optional<int> handover_days;
};

// An act by which the city suspended its terms. Both days are part of it.
struct Suspension {
  Date from;
  Date to;
  std::string act;  // "Decreto 1234 de 2026"
  Date act_date;
};

// A holiday that a law made after this program, on the same day of every year.
struct NewHoliday {
  std::string name;
  std::string law;
  std::chrono::month_day day;
  bool moves_to_monday = false;  // to the next one, unless it is a Monday (Ley 51 of 1983)
  std::chrono::year from;
  std::optional<std::chrono::year> until;  // the last one; open when absent
};

struct LegalTerms {
  std::vector<Term> terms;
  std::chrono::minutes closes_at = std::chrono::hours(18);  // by the clocks of Cartagena
  std::vector<Suspension> suspensions;
  std::vector<NewHoliday> holidays;

  // nullptr when there is none.
  const Term* find(std::string_view code) const;
};

// "2026-02-28" and nothing else; nothing for a day that no calendar has.
std::optional<Date> parse_date(std::string_view iso);
std::string format_date(Date date);

}  // namespace catalina::catalog
