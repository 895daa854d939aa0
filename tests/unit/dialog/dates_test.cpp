#include <string>

#include "support/catch.hpp"
#include "understanding/entities/find_entities.hpp"

using namespace catalina::dialog;
using namespace std::chrono;

namespace {

constexpr local_days saturday{2026y / November / 21};

std::string date_in(std::string_view message, local_days today = saturday) {
  std::string dates;
  for (const Entity& entity : find_entities(message, today))
    if (entity.kind == EntityKind::fecha) dates += (dates.empty() ? "" : " ") + entity.value;
  return dates;
}

void check(std::string_view message, std::string_view expected) {
  INFO(message);
  CHECK(date_in(message) == expected);
}

}  // namespace

TEST_CASE("a date is read however it is written") {
  check("el 12/03/2026", "2026-03-12");
  check("2026-03-12", "2026-03-12");
  check("12-3-2026", "2026-03-12");
  check("12.03.2026", "2026-03-12");
  check("12/3/26", "2026-03-12");
  check("12 de marzo de 2026", "2026-03-12");
  check("12 de Marso del 2026", "2026-03-12");
  check("doce de marzo de 2026", "2026-03-12");
  check("marzo 12 de 2026", "2026-03-12");
  check("marzo 12, 2026", "2026-03-12");
  check("12/mar/2026", "2026-03-12");
  check("primero de enero de 2027", "2027-01-01");
  check("1° de enero de 2027", "2027-01-01");
  check("1ro de enero de 2027", "2027-01-01");
  check("treinta y uno de octubre de 2026", "2026-10-31");
  check("29 de febrero de 2028", "2028-02-29");
}

TEST_CASE("a day without its year is the nearest one") {
  check("el 12 de marzo", "2027-03-12");
  check("el 12 de agosto", "2026-08-12");
  check("primero de enero", "2027-01-01");
  check("12-03", "2027-03-12");
  check("20/11", "2026-11-20");
  check("el 5/1", "2027-01-05");
  CHECK(date_in("el 28 de diciembre", local_days(2026y / January / 10)) == "2025-12-28");
}

TEST_CASE("days of this month and its neighbours") {
  check("el 5 de este mes", "2026-11-05");
  check("el 5 del mes que viene", "2026-12-05");
  check("el 30 del próximo mes", "2026-12-30");
  check("el 5 del mes pasado", "2026-10-05");
  check("el 31 de este mes", "");
}

TEST_CASE("days are counted from today") {
  check("hoy", "2026-11-21");
  check("oy mismo", "2026-11-21");
  check("nos vemos mañana", "2026-11-22");
  check("mañana por la mañana", "2026-11-22");
  check("pasado mañana", "2026-11-23");
  check("pasao mañana", "2026-11-23");
  check("ayer", "2026-11-20");
  check("anoche", "2026-11-20");
  check("antier", "2026-11-19");
  check("anteayer", "2026-11-19");
  check("antes de ayer", "2026-11-19");
  check("esta noche", "2026-11-21");
  check("hace tres días", "2026-11-18");
  check("ace 3 dias", "2026-11-18");
  check("hace dos semanas", "2026-11-07");
  check("hace un mes", "2026-10-21");
  check("tres días atrás", "2026-11-18");
  check("en 15 días", "2026-12-06");
  check("en quince días", "2026-12-06");
  check("en cuarenta y cinco días", "2027-01-05");
  check("dentro de un mes", "2026-12-21");
  CHECK(date_in("hace un mes", local_days(2026y / March / 31)) == "2026-02-28");
}

TEST_CASE("eight days are a week, as Colombia counts") {
  check("dentro de ocho días", "2026-11-28");
  check("en 8 días", "2026-11-28");
  check("hace ocho días", "2026-11-14");
}

TEST_CASE("weekdays are the next ones unless they are said to be past") {
  check("el lunes", "2026-11-23");
  check("este viernes", "2026-11-27");
  check("este sábado", "2026-11-21");
  check("el sábado", "2026-11-28");
  check("el próximo viernes", "2026-11-27");
  check("el lunes que viene", "2026-11-23");
  check("el lune que viene", "");
  check("el miercoles pasado", "2026-11-18");
  check("el sábado pasado", "2026-11-14");
  check("para el jueves", "2026-11-26");
  check("puse la queja el lunes", "2026-11-16");
  check("no hay agua desde el viernes", "2026-11-20");
  check("fui ayer, y el lunes vuelvo", "2026-11-20 2026-11-23");
}

TEST_CASE("weeks, months and ends of them") {
  check("la semana pasada", "2026-11-14");
  check("la próxima semana", "2026-11-28");
  check("la semana que viene", "2026-11-28");
  check("el mes pasado", "2026-10-21");
  check("el mes que viene", "2026-12-21");
  check("a fin de mes", "2026-11-30");
  check("a finales de año", "2026-12-31");
  check("este fin de semana", "2026-11-21");
}

TEST_CASE("no day that is not in the calendar is a date") {
  check("31 de febrero", "");
  check("29 de febrero de 2027", "");
  check("31/04/2026", "");
  check("12/13/2026", "");
  check("12/259/2026", "");
  check("2026-259-12", "");
  check("el 12/1027", "");
  check("0/1/2026", "");
  check("12 de marzo de 1820", "");
  check("12/03/9999", "");
  check("hace 999 meses", "1943-08-21");
  check("en 999 meses", "");
}

TEST_CASE("what only sounds like a day is none") {
  check("de lunes a viernes", "");
  check("del lunes al viernes", "");
  check("los lunes", "");
  check("atienden en la mañana", "");
  check("de la mañana", "");
  check("3-4 días", "");
  check("abierto 24/7", "");
  check("1/2 libra", "");
  check("en 10 días hábiles", "");
  check("hace diez años", "");
  check("el año pasado", "");
  check("EXT-AMC-26-0012345", "");
  check("192.168.1.12", "");
  check("radicado 12-03-456-7", "");
  check("el mar está picado", "");
}
