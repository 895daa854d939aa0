// Days counted from today: "mañana", "el próximo viernes", "dentro de ocho días".
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "understanding/entities/plain_text.hpp"

namespace catalina::dialog {

struct DateReading {
  std::chrono::local_days date;
  std::size_t next = 0;  // the token behind it
};

// The one that begins at token `i`. What is open is decided as dates.hpp says.
std::optional<DateReading> read_relative_date(const Tokens& tokens, std::size_t i,
                                              std::chrono::local_days today);

struct Shift {
  int count = 0;  // months from this one
  std::size_t next = 0;
};

// "este mes", "próximo mes", "mes que viene", "mes pasado" at token `i`.
std::optional<Shift> read_month_shift(const Tokens& tokens, std::size_t i);

}  // namespace catalina::dialog
