// The number of a request, "CTG-2026-000001-7": year, sequence without gaps within the year, and
// one check digit (ISO 7064 MOD 11-10) that catches every single wrong digit and most swaps.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace catalina::dialog {

struct RadicadoReading {
  std::string radicado;   // in its official form
  bool valid = false;     // the check digit agrees
  std::size_t begin = 0;  // bytes [begin, end) of the text
  std::size_t end = 0;
};

// The first thing in `text` that looks like a radicado, however it is written: any case, spaces or
// hyphens between the parts or none. Nothing when there is none.
std::optional<RadicadoReading> find_radicado(std::string_view text);

// ISO 7064 MOD 11-10 of a string of decimal digits.
char check_digit(std::string_view digits);

}  // namespace catalina::dialog
