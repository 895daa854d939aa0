// The day in Cartagena: the calendar that citizens speak of.
#pragma once

#include <chrono>
#include <string>

#include "dialog/message.hpp"

namespace catalina::dialog {

std::chrono::local_days date_in_bogota(Time now);

// "2026-11-21".
std::string to_iso(std::chrono::local_days date);

}  // namespace catalina::dialog
