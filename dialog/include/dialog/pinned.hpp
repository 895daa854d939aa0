// A message that staff pin for everybody for a time: a flood, a water cut, an office that is
// closed. Each citizen gets it once with their next answer, and whenever they ask for it.
#pragma once

#include <cstdint>
#include <string>

#include "dialog/message.hpp"

namespace catalina::dialog {

namespace limits {
inline constexpr std::size_t pinned_text = 600;  // UTF-16 units, so that an answer fits below it
inline constexpr std::size_t pinned_link = 200;  // bytes
inline constexpr std::size_t pinned_phone = 20;  // bytes
inline constexpr auto pinned_for = std::chrono::days(90);  // a longer one is one forgotten
}  // namespace limits

struct PinnedMessage {
  std::int64_t id = 0;     // of this text; another text has another
  std::string text = {};   // Spanish
  std::string link = {};   // https://…, may be empty
  std::string phone = {};  // digits, spaces, "+", "#" and "*"; may be empty
  Time from{};             // shown from then on
  Time until{};            // and no longer from then on
};

// Why it cannot be pinned at `now`, as one Spanish sentence for staff; empty when it can.
std::string problem_with(const PinnedMessage& message, Time now);

}  // namespace catalina::dialog
