#include "understanding/place_entities.hpp"

#include <algorithm>

#include "understanding/normalize.hpp"

namespace catalina::dialog {
namespace {

using Entities = std::map<std::string, std::string>;

// The one localidad or UCG that is named; nullptr when two of them contradict each other.
const catalog::Place* unit_among(const catalog::Catalog& catalog,
                                 const std::vector<PlaceMention>& units) {
  const catalog::Place* chosen = nullptr;
  for (const PlaceMention& mention : units) {
    const catalog::Place* unit = catalog.place(mention.ids.front());
    if (chosen == nullptr) chosen = unit;
    if (unit->localidad != chosen->localidad) return nullptr;
    if (unit->ucg && chosen->ucg && unit->ucg != chosen->ucg) return nullptr;
    if (unit->ucg) chosen = unit;
  }
  return chosen;
}

// A barrio says more than the unit it is in; a name that several share may be told apart by it.
void tell_place(const catalog::Catalog& catalog, std::vector<std::string> barrios,
                const catalog::Place* unit, Entities& entities) {
  const auto in_unit = [&](const std::string& id) { return catalog.place(id)->is_in(*unit); };
  if (unit != nullptr && std::any_of(barrios.begin(), barrios.end(), in_unit))
    std::erase_if(barrios, [&](const std::string& id) { return !in_unit(id); });
  if (barrios.size() > 1) {
    entities["barrio_ambiguo"] = join_words(barrios);
    return;
  }
  const catalog::Place* place = barrios.empty() ? unit : catalog.place(barrios.front());
  if (place == nullptr) return;
  entities[place == unit ? "unidad" : "barrio"] = place->id;
  if (!place->localidad.empty()) entities["localidad"] = place->localidad;
  if (place->ucg) entities["ucg"] = std::to_string(*place->ucg);
}

}  // namespace

std::vector<PlaceMention> find_places(const Lexicon& lexicon, const catalog::Catalog& catalog,
                                      const std::vector<std::string>& words, Entities& entities) {
  const std::vector<PlaceMention> units = lexicon.units.find(words);
  std::vector<PlaceMention> barrios = lexicon.places.find(words);
  std::erase_if(barrios, [&](const PlaceMention& barrio) {
    return std::any_of(units.begin(), units.end(), [&](const PlaceMention& unit) {
      return barrio.begin < unit.end && unit.begin < barrio.end;  // "del Caribe Norte"
    });
  });
  tell_place(catalog, barrios.empty() ? std::vector<std::string>() : barrios.front().ids,
             unit_among(catalog, units), entities);
  return in_order(units, barrios);
}

}  // namespace catalina::dialog
