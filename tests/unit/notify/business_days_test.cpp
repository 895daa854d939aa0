#include "notify/business_days.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "support/catch.hpp"

using namespace catalina::notify;
using namespace std::chrono;

namespace {

std::string iso(Date date) {
  const auto two = [](unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return std::to_string(static_cast<int>(date.year())) + "-" +
         two(static_cast<unsigned>(date.month())) + "-" + two(static_cast<unsigned>(date.day()));
}

Date date(const std::string& iso_text) {
  return year(std::stoi(iso_text.substr(0, 4))) /
         month(static_cast<unsigned>(std::stoi(iso_text.substr(5, 2)))) /
         day(static_cast<unsigned>(std::stoi(iso_text.substr(8, 2))));
}

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

TEST_CASE("terms of 5, 10, 15 and 30 business days") {
  struct Example {
    const char* received;
    const char* due[4];
  };
  const auto example =
      GENERATE(Example{"2026-03-20", {"2026-03-30", "2026-04-08", "2026-04-15", "2026-05-07"}},
               Example{"2026-03-30", {"2026-04-08", "2026-04-15", "2026-04-22", "2026-05-14"}},
               Example{"2026-10-30", {"2026-11-09", "2026-11-17", "2026-11-24", "2026-12-16"}},
               Example{"2026-12-18", {"2026-12-28", "2027-01-05", "2027-01-13", "2027-02-03"}});
  CAPTURE(example.received);
  const int terms[] = {5, 10, 15, 30};
  for (std::size_t i = 0; i < 4; ++i)
    CHECK(iso(add_business_days(date(example.received), terms[i])) == example.due[i]);
}

TEST_CASE("11 November itself is a business day in Cartagena") {
  CHECK(is_business_day(date("2026-11-11")));
  CHECK_FALSE(is_business_day(date("2026-11-16")));
}

TEST_CASE("a term of no days ends on the day of reception") {
  CHECK(add_business_days(date("2026-04-03"), 0) == date("2026-04-03"));
  CHECK(add_business_days(date("2026-04-03"), -2) == date("2026-04-03"));
}

TEST_CASE("Easter falls where astronomers' tables say") {
  for (const char* sunday : {"1984-04-22", "1999-04-04", "2000-04-23", "2008-03-23", "2011-04-24",
                             "2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28",
                             "2038-04-25", "2049-04-18", "2076-04-19", "2100-03-28"})
    CHECK(iso(easter(date(sunday).year())) == sunday);
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

TEST_CASE("terms end on business days, grow with their days and add up") {
  for (local_days d(1984y / January / 1); d <= local_days(2100y / December / 31); d += days(37)) {
    const Date start(d);
    Date previous = start;
    for (int n = 1; n <= 16; ++n) {
      const Date due = add_business_days(start, n);
      REQUIRE(is_business_day(due));
      REQUIRE(due > previous);
      REQUIRE(due == add_business_days(previous, 1));
      previous = due;
    }
  }
}

TEST_CASE("the date in Cartagena changes at five in the morning, UTC") {
  const Time five_utc = sys_days(2026y / November / 21) + hours(5);
  CHECK(bogota_date(five_utc) == 2026y / November / 21);
  CHECK(bogota_date(five_utc - milliseconds(1)) == 2026y / November / 20);
}
