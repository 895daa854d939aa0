// Which of several things somebody speaks of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flows/scene.hpp"

namespace catalina::dialog {

// The one of `choices` whose names have every word that is worth one; empty when none or several
// have.
std::string named_among(const Scene& scene, const std::vector<std::string>& choices,
                        std::string_view words);

// The one of `choices` that the words name, or that they are clearly nearest to; empty when there
// is no such one. Nothing outside of `choices` is considered: "el de la moto" may be about many
// things, but about one of these.
std::string meant_among(const Scene& scene, const std::vector<std::string>& choices,
                        std::string_view words);

}  // namespace catalina::dialog
