// Numbers as people write them: in digits or in words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "understanding/entities/plain_text.hpp"

namespace catalina::dialog {

struct NumberReading {
  std::int64_t value = 0;
  std::size_t next = 0;  // the token behind it
};

// A count from 0 to 999 at token `i`: "15", "quince", "treinta y cinco", "ciento veinte".
std::optional<NumberReading> read_count(const Tokens& tokens, std::size_t i);

// A number at token `i` with groups of thousands if it has any: "1200000", "1.200.000",
// "1'200.000". At most 15 digits.
std::optional<NumberReading> read_digits(const Tokens& tokens, std::size_t i);

}  // namespace catalina::dialog
