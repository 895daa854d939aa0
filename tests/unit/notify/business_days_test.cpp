#include "notify/business_days.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "unit/notify/examples.hpp"

using namespace catalina::notify;
using namespace catalina::test;
using namespace std::chrono;

namespace {

std::vector<std::string> listed(int y) {
  std::vector<std::string> lines;
  for (const Holiday& holiday : holidays(year(y)))
    lines.push_back(iso(holiday.date) + " " + std::string(holiday.name));
  return lines;
}

int business_days_of(int y) {
  int count = 0;
  for (local_days d(year(y) / January / 1); d < local_days(year(y + 1) / January / 1); d += days(1))
    count += is_business_day(Date(d));
  return count;
}

}  // namespace

TEST_CASE("the holidays of 2026") {
  CHECK(listed(2026) == std::vector<std::string>{
                            "2026-01-01 Año Nuevo", "2026-01-12 Reyes Magos", "2026-03-23 San José",
                            "2026-04-02 Jueves Santo", "2026-04-03 Viernes Santo",
                            "2026-05-01 Día del Trabajo", "2026-05-18 Ascensión del Señor",
                            "2026-06-08 Corpus Christi", "2026-06-15 Sagrado Corazón de Jesús",
                            "2026-06-29 San Pedro y San Pablo", "2026-07-20 Independencia",
                            "2026-08-07 Batalla de Boyacá", "2026-08-17 Asunción de la Virgen",
                            "2026-10-12 Día de la Raza", "2026-11-02 Todos los Santos",
                            "2026-11-16 Independencia de Cartagena",
                            "2026-12-08 Inmaculada Concepción", "2026-12-25 Navidad"});
  CHECK(business_days_of(2026) == 243);
}

TEST_CASE("the holidays of 2027, three of them on a Saturday") {
  CHECK(listed(2027) == std::vector<std::string>{
                            "2027-01-01 Año Nuevo", "2027-01-11 Reyes Magos", "2027-03-22 San José",
                            "2027-03-25 Jueves Santo", "2027-03-26 Viernes Santo",
                            "2027-05-01 Día del Trabajo", "2027-05-10 Ascensión del Señor",
                            "2027-05-31 Corpus Christi", "2027-06-07 Sagrado Corazón de Jesús",
                            "2027-07-05 San Pedro y San Pablo", "2027-07-20 Independencia",
                            "2027-08-07 Batalla de Boyacá", "2027-08-16 Asunción de la Virgen",
                            "2027-10-18 Día de la Raza", "2027-11-01 Todos los Santos",
                            "2027-11-15 Independencia de Cartagena",
                            "2027-12-08 Inmaculada Concepción", "2027-12-25 Navidad"});
  CHECK(business_days_of(2027) == 246);
}

TEST_CASE("11 November itself is a business day in Cartagena") {
  CHECK(is_business_day(date("2026-11-11")));
  CHECK_FALSE(is_business_day(date("2026-11-16")));
}

TEST_CASE("Easter falls where astronomers' tables say") {
  for (const char* sunday : {"1984-04-22", "1999-04-04", "2000-04-23", "2008-03-23", "2011-04-24",
                             "2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28",
                             "2038-04-25", "2049-04-18", "2076-04-19", "2100-03-28"})
    CHECK(iso(easter(date(sunday).year())) == sunday);
}

// The Paschal full moon of each golden number, as the tables of the church give it for 1900 to 2199
// (before 1900 and after 2199 they are others): Easter is the Sunday after it.
TEST_CASE("Easter is the Sunday after the full moon of the church's tables") {
  const month_day moons[] = {April / 14, April / 3,  March / 23, April / 11, March / 31,
                             April / 18, April / 8,  March / 28, April / 16, April / 5,
                             March / 25, April / 13, April / 2,  March / 22, April / 10,
                             March / 30, April / 17, April / 7,  March / 27};
  for (year y = first_year; y <= last_year; ++y) {
    const local_days moon(y / moons[static_cast<int>(y) % 19]);
    const local_days sunday = moon + (Sunday - weekday(moon));
    CAPTURE(iso(Date(moon)));
    REQUIRE(easter(y) == Date(sunday == moon ? sunday + days(7) : sunday));
  }
}

TEST_CASE("a holiday that moves is kept on the first Monday from its day on") {
  const std::pair<std::string, month_day> moving[] = {
      {"Reyes Magos", January / 6},
      {"San José", March / 19},
      {"San Pedro y San Pablo", June / 29},
      {"Asunción de la Virgen", August / 15},
      {"Día de la Raza", October / 12},
      {"Todos los Santos", November / 1},
      {"Independencia de Cartagena", November / 11}};
  for (year y = first_year; y <= last_year; ++y)
    for (const Holiday& holiday : holidays(y))
      for (const auto& [name, day] : moving) {
        if (name != holiday.name) continue;
        CAPTURE(name, iso(holiday.date));
        REQUIRE(weekday(local_days(holiday.date)) == Monday);
        const days moved = local_days(holiday.date) - local_days(y / day);
        REQUIRE(moved >= days(0));
        REQUIRE(moved < days(7));
      }
}

TEST_CASE("every year since the law has its 18 holidays in order") {
  for (int y = 1984; y <= 2100; ++y) {
    CAPTURE(y);
    const auto list = holidays(year(y));
    std::set<std::string_view> names;
    int mondays = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
      names.insert(list[i].name);
      REQUIRE(list[i].date.ok());
      REQUIRE(list[i].date.year() == year(y));
      REQUIRE_FALSE(is_business_day(list[i].date));
      if (i > 0) REQUIRE(list[i - 1].date <= list[i].date);
      mondays += weekday(local_days(list[i].date)) == Monday;
    }
    REQUIRE(names.size() == 18);
    REQUIRE(mondays >= 10);  // seven that move and the three that follow Easter

    const Date sunday = easter(year(y));
    REQUIRE(weekday(local_days(sunday)) == Sunday);
    REQUIRE(sunday >= year(y) / March / 22);
    REQUIRE(sunday <= year(y) / April / 25);
  }
}

TEST_CASE("two holidays can share a Monday") {
  const auto list = holidays(year(2011));
  CHECK(std::count_if(list.begin(), list.end(), [](const Holiday& holiday) {
          return iso(holiday.date) == "2011-07-04";
        }) == 2);
}

TEST_CASE("the date in Cartagena changes at five in the morning, UTC") {
  const Time five_utc = sys_days(2026y / November / 21) + hours(5);
  CHECK(bogota_date(five_utc) == 2026y / November / 21);
  CHECK(bogota_date(five_utc - milliseconds(1)) == 2026y / November / 20);
}
