#include "flows/nearby.hpp"

#include <cmath>
#include <numbers>

namespace catalina::dialog {
namespace {

// About half the width of a barrio, more than which a landmark says little.
constexpr double near_enough = 700;  // metres

constexpr double metres_per_degree = 111'320;  // of latitude

// Of two points of one city, where the earth is flat.
double metres_between(const catalog::Coordinates& a, const Location& b) {
  const double north = (a.latitude - b.latitude) * metres_per_degree;
  const double east = (a.longitude - b.longitude) * metres_per_degree *
                      std::cos(a.latitude * std::numbers::pi / 180);
  return std::hypot(north, east);
}

}  // namespace

const catalog::Place* nearest_place(const catalog::Territory& territory, const Location& location) {
  const catalog::Place* nearest = nullptr;
  double least = near_enough;
  for (const catalog::Place& place : territory.places) {
    if (!place.landmark) continue;
    const double metres = metres_between(*place.landmark, location);
    // Not a number is not near.
    if (!(metres < least)) continue;
    nearest = &place;
    least = metres;
  }
  return nearest;
}

bool is_in_district(const catalog::Territory& territory, const Location& location) {
  if (!territory.bounds) return true;
  const auto& [south_west, north_east] = *territory.bounds;
  return location.latitude >= south_west.latitude && location.latitude <= north_east.latitude &&
         location.longitude >= south_west.longitude && location.longitude <= north_east.longitude;
}

}  // namespace catalina::dialog
