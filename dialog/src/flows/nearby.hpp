// Where in the district a shared location is.
#pragma once

#include "catalog/model.hpp"
#include "dialog/message.hpp"

namespace catalina::dialog {

// The place with the nearest known landmark; nullptr when none is near enough to be meant. Which
// side of a street belongs to which barrio is not known, so it is told as a guess.
const catalog::Place* nearest_place(const catalog::Territory& territory, const Location& location);

// False only where it is certain: outside of the box around the district.
bool is_in_district(const catalog::Territory& territory, const Location& location);

}  // namespace catalina::dialog
