#include "dialog/understand.hpp"
#include "fixture.hpp"
#include "support/catch.hpp"

using namespace catalina::dialog;

namespace {

using Entities = std::map<std::string, std::string>;

Entities entities_of(std::string_view text, Time now = test_time()) {
  return real_knowledge().recognizer->understand(text, now).entities;
}

}  // namespace

TEST_CASE("what is written exactly is among the entities of a message") {
  const Entities entities =
      entities_of("Vivo en Ternera, cra 5 # 32-10, cédula 45.512.345, cel 300 123 4567");
  CHECK(entities == Entities{{"barrio", "ternera"},
                             {"cedula", "45512345"},
                             {"direccion", "Carrera 5 # 32-10"},
                             {"localidad", "L3"},
                             {"telefono", "+573001234567"},
                             {"ucg", "13"}});
}

TEST_CASE("a place comes with its localidad and UCG as far as they are known") {
  CHECK(entities_of("vivo en el pozon") ==
        Entities{{"barrio", "el-pozon"}, {"localidad", "L2"}, {"ucg", "6"}});
  CHECK(entities_of("soy de bayunca") == Entities{{"barrio", "bayunca"}, {"localidad", "L2"}});
  CHECK(entities_of("vivo en villa corelca") == Entities{{"barrio", "villa-corelca"}});
  CHECK(entities_of("vivo en olaya").count("localidad") == 0);
}

TEST_CASE("only the first of a kind counts") {
  CHECK(entities_of("ayer o mañana").at("fecha") == "2026-03-09");
}

TEST_CASE("the day is that of Cartagena") {
  // 2026-03-11 03:00 UTC is still the evening of the 10th there.
  const Time night = test_time() + std::chrono::hours(7);
  CHECK(entities_of("hoy", night).at("fecha") == "2026-03-10");
  CHECK(entities_of("hoy", night + std::chrono::hours(3)).at("fecha") == "2026-03-11");
}

TEST_CASE("a barrio that is called like a day is no day for who lives there") {
  CHECK(entities_of("vivo en 20 de Julio") ==
        Entities{{"barrio", "veinte-de-julio-sur"}, {"localidad", "L3"}, {"ucg", "11"}});
  CHECK(entities_of("barrio siete de agosto").count("fecha") == 0);
  CHECK(entities_of("7 de agosto").count("fecha") == 0);
  CHECK(entities_of("abren el 12 de octubre").at("fecha") == "2025-10-12");
  CHECK(entities_of("¿atienden el 20 de julio?").at("fecha") == "2026-07-20");
}

// Evidence is stored with the turn, so that answers can be explained; what identifies a person is
// none of it.
TEST_CASE("no personal data is part of the evidence") {
  const std::string text =
      GENERATE(as<std::string>{}, "quiero el certificado de residencia, mi cédula es 1.047.389.123",
               "certificado de residencia ana.perez@gmail.com",
               "certificado de residencia para Perencejo Zutánez",
               "certificado de residencia de la calle 30 # 5-10, cel 3001234567");
  CAPTURE(text);
  const std::string evidence = real_knowledge().recognizer->understand(text, test_time()).evidence;
  for (const char* personal : {"1047", "389", "ana", "perez", "perencejo", "zutanez", "30", "3001"})
    CHECK(evidence.find(personal) == std::string::npos);
}
