#include "local_date.hpp"

namespace catalina::dialog {
namespace {

// Colombia has no summer time.
constexpr auto bogota_offset = std::chrono::hours(-5);

std::string two_digits(unsigned number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

std::chrono::local_days date_in_bogota(Time now) {
  const auto day = std::chrono::floor<std::chrono::days>(now + bogota_offset);
  return std::chrono::local_days(day.time_since_epoch());
}

std::string to_iso(std::chrono::local_days date) {
  const std::chrono::year_month_day day(date);
  return std::to_string(static_cast<int>(day.year())) + '-' +
         two_digits(static_cast<unsigned>(day.month())) + '-' +
         two_digits(static_cast<unsigned>(day.day()));
}

}  // namespace catalina::dialog
