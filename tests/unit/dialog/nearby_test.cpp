#include "flows/nearby.hpp"

#include <cmath>
#include <limits>

#include "fixture.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::dialog;

namespace {

catalog::Place at(const std::string& id, double latitude, double longitude) {
  catalog::Place place;
  place.id = id;
  place.landmark = catalog::Coordinates{latitude, longitude};
  return place;
}

catalog::Territory two_barrios() {
  catalog::Territory territory;
  territory.bounds = catalog::Bounds{{9.3, -76.3}, {10.8, -75.2}};
  catalog::Place unknown;
  unknown.id = "sin-punto";
  territory.places = {unknown, at("manga", 10.4136, -75.5373), at("getsemani", 10.4223, -75.5472)};
  return territory;
}

std::string nearest(double latitude, double longitude) {
  const catalog::Territory territory = two_barrios();
  const catalog::Place* place = nearest_place(territory, {latitude, longitude, "", ""});
  return place == nullptr ? "" : place->id;
}

}  // namespace

TEST_CASE("a location belongs to the nearest landmark") {
  CHECK(nearest(10.4136, -75.5373) == "manga");
  CHECK(nearest(10.4140, -75.5380) == "manga");
  CHECK(nearest(10.4220, -75.5470) == "getsemani");
}

TEST_CASE("what is far from every landmark belongs to none") {
  CHECK(nearest(10.4223, -75.5400).empty());  // 790 m
  CHECK(nearest(10.3676, -75.4848).empty());
  CHECK(nearest(0, 0).empty());
  CHECK(nearest(90, 180).empty());
  CHECK(nearest(std::nan(""), -75.5).empty());
  CHECK(nearest(std::numeric_limits<double>::infinity(), -75.5).empty());
  CHECK(nearest_place(catalog::Territory(), {10.4, -75.5, "", ""}) == nullptr);
}

TEST_CASE("outside of the district is told only when it is certain") {
  const catalog::Territory territory = two_barrios();
  CHECK(is_in_district(territory, {10.4, -75.5, "", ""}));
  CHECK(is_in_district(territory, {9.39, -76.18, "", ""}));         // Isla Fuerte
  CHECK_FALSE(is_in_district(territory, {10.97, -74.80, "", ""}));  // Barranquilla
  CHECK_FALSE(is_in_district(territory, {4.65, -74.08, "", ""}));   // Bogotá
  CHECK_FALSE(is_in_district(territory, {std::nan(""), -75.5, "", ""}));
  CHECK(is_in_district(catalog::Territory(), {4.65, -74.08, "", ""}));
}

TEST_CASE("every landmark of the catalog is in the district and leads to its own place") {
  const catalog::Territory& territory = real_knowledge().catalog->territory();
  REQUIRE(territory.bounds);
  int landmarks = 0;
  for (const catalog::Place& place : territory.places) {
    if (!place.landmark) continue;
    ++landmarks;
    CAPTURE(place.id);
    const Location location{place.landmark->latitude, place.landmark->longitude, "", ""};
    CHECK(is_in_district(territory, location));
    CHECK(nearest_place(territory, location) == &place);
    CHECK_FALSE(place.localidad.empty());
  }
  CHECK(landmarks > 20);
}
