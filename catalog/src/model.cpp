#include "catalog/model.hpp"

#include <algorithm>

namespace catalina::catalog {

bool HojaDeVida::is_confirmed(Field field) const {
  // A placeholder stays a placeholder even where an editor listed it as confirmed.
  if (field == Field::tiempo_respuesta && response_time.origin != TermOrigin::propio) return false;
  if (field == Field::costo && cost.kind == CostKind::unknown) return false;
  return std::find(confirmed.begin(), confirmed.end(), field) != confirmed.end() &&
         std::find(unconfirmed.begin(), unconfirmed.end(), field) == unconfirmed.end();
}

bool Place::is_unit() const {
  return kind == "localidad" || kind == "ucg";
}

bool Place::is_in(const Place& unit) const {
  return unit.ucg ? ucg == unit.ucg : localidad == unit.localidad;
}

}  // namespace catalina::catalog
