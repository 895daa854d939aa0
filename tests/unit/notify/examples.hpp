// Dates and terms as the tests write them.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "catalog/catalog.hpp"
#include "notify/calendar.hpp"
#include "support/config_files.hpp"

namespace catalina::test {

// As it is shipped: no suspension, no new holiday.
inline const catalog::LegalTerms& shipped_law() {
  static const auto catalog = catalog::Catalog::build(config_files());
  return catalog->legal_terms();
}

inline notify::Date date(const std::string& iso) {
  return catalog::parse_date(iso).value();
}

inline std::string iso(notify::Date day) {
  return catalog::format_date(day);
}

// A moment by the clocks of Cartagena; "2026-03-20" is ten in the morning.
inline notify::Time at(const std::string& day,
                       std::chrono::minutes time_of_day = std::chrono::hours(10)) {
  return notify::Time(std::chrono::sys_days(date(day))) + time_of_day - notify::bogota_offset;
}

// So many days of every year the rules hold for, the same ones each time.
inline std::vector<notify::Date> days_of_every_year(int count) {
  using namespace std::chrono;
  std::mt19937 random(1983);
  std::vector<notify::Date> chosen;
  for (year y = notify::first_year; y <= notify::last_year; ++y)
    for (int i = 0; i < count; ++i)
      chosen.emplace_back(local_days(y / January / 1) + days(random() % (y.is_leap() ? 366 : 365)));
  return chosen;
}

}  // namespace catalina::test
