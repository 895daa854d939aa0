// Everything exact that a message names, each once, the most specific reading first. Pure; time is
// bounded by the length of the message, which its caller bounds.
#pragma once

#include <chrono>
#include <string_view>
#include <vector>

#include "understanding/entities/entity.hpp"

namespace catalina::dialog {

// In the order of the message. `message` is valid UTF-8. `today` in Cartagena is what "mañana" is
// counted from.
std::vector<Entity> find_entities(std::string_view message, std::chrono::local_days today);

}  // namespace catalina::dialog
