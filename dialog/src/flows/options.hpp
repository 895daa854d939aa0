// What a choice is called in the citizen's words.
#pragma once

#include <optional>
#include <string>

#include "flows/scene.hpp"

namespace catalina::dialog {

struct Option {
  std::string choice;
  std::string title;  // of a row
  std::string full;   // the whole name
};

// Nothing when the choice answers nothing, or nothing any more.
std::optional<Option> option_of(const Scene& scene, const std::string& choice);

}  // namespace catalina::dialog
