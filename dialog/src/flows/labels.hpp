// Names short enough for a row or a button, in the citizen's words.
#pragma once

#include <string>

#include "catalog/model.hpp"

namespace catalina::dialog {

// The first popular name that fits in a row's title, else as much as fits of the first.
std::string row_title(const catalog::HojaDeVida& tramite);
std::string row_title(const std::string& name);
std::string row_description(const std::string& text);

}  // namespace catalina::dialog
