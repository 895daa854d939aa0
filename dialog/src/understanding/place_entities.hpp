// Where somebody says to live, or asks about: the entities barrio, barrio_ambiguo, unidad,
// localidad and ucg of an Understanding.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "catalog/catalog.hpp"
#include "understanding/lexicon.hpp"

namespace catalina::dialog {

// Adds what `words` name to `entities` and returns where they name it, from left to right.
std::vector<PlaceMention> find_places(const Lexicon& lexicon, const catalog::Catalog& catalog,
                                      const std::vector<std::string>& words,
                                      std::map<std::string, std::string>& entities);

}  // namespace catalina::dialog
