#include <ctime>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "understanding/entities/find_entities.hpp"
#include "understanding/entities/nit.hpp"

using namespace catalina::dialog;
using namespace std::chrono;

namespace {

// A Saturday.
constexpr local_days today{2026y / November / 21};

// "kind:value kind:value", in the order of the message.
std::string found(std::string_view message) {
  std::string out;
  for (const Entity& entity : find_entities(message, today)) {
    if (!out.empty()) out += " | ";
    out += std::string(to_string(entity.kind)) + ' ' + entity.value;
  }
  return out;
}

void check(std::string_view message, std::string_view expected) {
  INFO(message);
  CHECK(found(message) == expected);
}

}  // namespace

TEST_CASE("the check digit of a NIT is that of DIAN") {
  CHECK(nit_check_digit("890480184") == '4');  // Distrito de Cartagena
  CHECK(nit_check_digit("899999090") == '2');  // Ministerio de Hacienda
  CHECK(nit_check_digit("800197268") == '4');  // DIAN
  CHECK(nit_check_digit("800191045") == '1');
  CHECK(nit_check_digit("") == '0');
}

TEST_CASE("a NIT is read with its check digit, and a wrong one is told apart") {
  check("mi empresa es NIT 890.480.184-4", "nit 890480184-4");
  check("nit: 890480184 - 4", "nit 890480184-4");
  check("nit 890480184 dv 4", "nit 890480184-4");
  check("NIT 8904801844", "nit 890480184-4");
  check("nit 890480184", "nit 890480184");
  check("nit 890.480.184-5", "nit_dudoso 890480184-5");
  check("la empresa 890480184-4 no paga", "nit 890480184-4");
  check("la empresa 890480184-5 no paga", "");
}

TEST_CASE("a cédula is read by its name or by its dots") {
  check("mi cédula es 1.047.389.123", "cedula 1047389123");
  check("mi sedula es la No. 73111222", "cedula 73111222");
  check("cédula de ciudadanía número 45512345", "cedula 45512345");
  check("C.C. 9.079.123 de Cartagena", "cedula 9079123");
  check("cc 1047389123", "cedula 1047389123");
  check("cédula 123", "cedula 123");
  check("documento: 33111222", "cedula 33111222");
  check("soy Ana, 45.512.345", "cedula 45512345");
  check("1.047.389.123", "cedula 1047389123");
}

TEST_CASE("what only resembles a cédula is none") {
  check("una moto cc 125", "");
  check("cédula 12", "");
  check("45512345", "");
  check("cédula 12345678901", "");
  check("mi cédula se perdió hace 3 horas", "");
  check("mi cedula 3001234567", "telefono +573001234567");
  check("la casa vale 45.500.000", "dinero 45500000");
}

TEST_CASE("papers of foreigners are read by their names") {
  check("cédula de extranjería 384912", "cedula_extranjeria 384912");
  check("C.E. 384912", "cedula_extranjeria 384912");
  check("tengo PPT número 1234567", "ppt 1234567");
  check("permiso por protección temporal 4567890", "ppt 4567890");
}

TEST_CASE("plates are read joined, apart and with a hyphen") {
  check("la placa es ABC123", "placa ABC123");
  check("placa abc 123", "placa ABC123");
  check("mi carro abc-123", "placa ABC123");
  check("la moto xyz45d está mal parqueada", "placa XYZ45D");
  check("el carro ABC 123 está en el andén", "placa ABC123");
  check("moto placa FRG 12C", "placa FRG12C");
  check("placa CD1234", "placa CD1234");
  check("remolque placas R12345", "placa R12345");
  check("el motocarro de placa 123 ABC", "placa 123ABC");
}

TEST_CASE("words before a number are no plate") {
  check("son 300 personas", "");
  check("SON 300 PERSONAS", "");
  check("vivo en la cra 123", "");
  check("hay que 200 personas", "");
  check("pico y placa 5 y 6", "");
  check("por pico y placa son 15 salarios", "");
  check("mi moto AKT 125", "");
  check("con 200 estudiantes", "");
  check("EXT-AMC-26-0012345", "");
}

TEST_CASE("cadastral references have 30, 20 or 15 digits") {
  check("130010101000000120034000000000", "referencia_catastral 130010101000000120034000000000");
  check("mi predio es 13001 01 01 0000 0012 0034 0 00 00 0000",
        "referencia_catastral 130010101000000120034000000000");
  check("13001010101230004000", "referencia_catastral 13001010101230004000");
  check("referencia catastral 01-02-0123-0004-000", "referencia_catastral 010201230004000");
  check("01-02-0123-0004-000", "referencia_catastral 010201230004000");
  check("cédula catastral 010201230004000", "referencia_catastral 010201230004000");
  check("010201230004000", "");
  check("1300101010000001200340000000001", "");
  check("llámame 3001234567 3012345678 6056501234",
        "telefono +573001234567 | telefono +573012345678 | telefono +576056501234");
}

TEST_CASE("phones get the form that can be dialled from anywhere") {
  check("mi cel es 300 123 4567", "telefono +573001234567");
  check("+57 300-123-4567", "telefono +573001234567");
  check("573001234567", "telefono +573001234567");
  check("3001234567.", "telefono +573001234567");
  check("3001234567/3012345678", "telefono +573001234567 | telefono +573012345678");
  check("(605) 650 1234", "telefono +576056501234");
  check("6056501234", "telefono +576056501234");
  check("teléfono 650 12 34", "telefono +576056501234");
  check("llámame al 6501234", "telefono +576056501234");
  check("6501234", "");
  check("30012345678", "");
  check("\u202a+57\u00a0300\u00a01234567", "telefono +573001234567");
}

TEST_CASE("mail addresses are in small letters") {
  check("escríbeme a Ana.Perez@Gmail.com", "correo ana.perez@gmail.com");
  check("ana @ gmail.com", "correo ana@gmail.com");
  check("ana3001234567@hotmail.com", "correo ana3001234567@hotmail.com");
  check("ana@gmail", "");
  check("@alcaldia", "");
}

TEST_CASE("money is counted in pesos") {
  check("debo $ 1.200.000", "dinero 1200000");
  check("$1'200.000", "dinero 1200000");
  check("me cobraron 1.200.000 pesos", "dinero 1200000");
  check("20 mil pesos", "dinero 20000");
  check("me pidió veinte mil para dejarme ir", "dinero 20000");
  check("millón y medio", "dinero 1500000");
  check("un millón de pesos", "dinero 1000000");
  check("dos millones quinientos mil pesos", "dinero 2500000");
  check("1,5 millones", "dinero 1500000");
  check("medio millón", "dinero 500000");
  check("un millón cuatrocientos", "dinero 1400000");
  check("cobran palo y medio", "dinero 1500000");
  check("2 palos", "dinero 2000000");
  check("50 lucas", "dinero 50000");
  check("me piden 20k", "dinero 20000");
  check("siento beinte mil pesos", "dinero 120000");
  check("cincuenta mil quinientos pesos", "dinero 50500");
  check("debo 350000 de predial", "dinero 350000");
  check("$50.000,", "dinero 50000");
  check("500 pesos", "dinero 500");
}

TEST_CASE("what only resembles money is none") {
  check("somos 20 mil personas", "");
  check("mil gracias", "");
  check("se cayeron dos palos de mango", "");
  check("un árbol y dos palos", "");
  check("dos mil veintiséis", "");
  check("ando sin un peso", "");
  check("debe millones de la casa", "");
  check("un palo y medio de mango", "");
  check("en el 2026", "");
  check("20km", "");
  check("son 5 requisitos", "");
}

TEST_CASE("addresses are brought to one form") {
  check("Cra 5 # 32-10", "direccion Carrera 5 # 32-10");
  check("vivo en la kra. 5 no. 32 - 10 casa 2", "direccion Carrera 5 # 32-10, Casa 2");
  check("calle 30 no 18B-45", "direccion Calle 30 # 18B-45");
  check("cll30#18b-45", "direccion Calle 30 # 18B-45");
  check("diagonal 22 #54 bis - 10 apto 301", "direccion Diagonal 22 # 54 Bis-10, Apartamento 301");
  check("Transversal 54 N° 22-10, torre 2, apto 301",
        "direccion Transversal 54 # 22-10, Torre 2, Apartamento 301");
  check("tv 54 22-10", "direccion Transversal 54 # 22-10");
  check("calle 30 A sur # 5-10", "direccion Calle 30A Sur # 5-10");
  check("calle 30A sur # 5-10", "direccion Calle 30A Sur # 5-10");
  check("calle 30 A # 5-10", "direccion Calle 30A # 5-10");
  check("Mz 4 Lt 12", "direccion Manzana 4 Lote 12");
  check("vivo en la manzana H1, lote 12 etapa 4", "direccion Manzana H1 Lote 12, Etapa 4");
  check("lote 12 mz A", "direccion Manzana A Lote 12");
  check("mz4 cs12", "direccion Manzana 4 Casa 12");
  check("avenida Pedro de Heredia con calle 31", "direccion Avenida Pedro de Heredia con Calle 31");
  check("av. pedro de heredia # 31-45", "direccion Avenida Pedro de Heredia # 31-45");
  check("hay un hueco en la calle 30 con carrera 15", "direccion Calle 30 con Carrera 15");
}

TEST_CASE("a street alone is no address") {
  check("vivo en la calle 30", "");
  check("un hueco en la avenida", "");
  check("calle 30 no hay luz", "");
  check("la manzana 4", "");
  check("calle 12345 # 1-2", "");
}

TEST_CASE("what is read as one thing is not read as another") {
  check("CTG-2026-000001-7", "radicado CTG-2026-000001-7");
  check("ctg 2026 000001 8", "radicado_dudoso CTG-2026-000001-8");
  check("calle 12-03", "");
  check("carrera 12 # 12-03", "direccion Carrera 12 # 12-03");
  check("pagué $50.000 el 12/03/2026 por la placa ABC123 en la calle 30 # 5-10",
        "dinero 50000 | fecha 2026-03-12 | placa ABC123 | direccion Calle 30 # 5-10");
}

TEST_CASE("an entity knows where it stands in the message") {
  const std::string message = "Señor, mi cédula: 45.512.345 y vivo en la calle 30 # 5-10.";
  const std::vector<Entity> entities = find_entities(message, today);
  REQUIRE(entities.size() == 2);
  CHECK(message.substr(entities[0].begin, entities[0].end - entities[0].begin) == "45.512.345");
  CHECK(message.substr(entities[1].begin, entities[1].end - entities[1].begin) ==
        "calle 30 # 5-10");
}

TEST_CASE("hostile messages take bounded time and name few things") {
  const std::string unit =
      GENERATE(as<std::string>{}, "1", "1.", "1-", "cra 5 # ", "mil ", "palo ", "cedula ",
               "nit: 1 ", "$1 ", "a@", "a.a@b.", "12/", "hace ", "el lunes ", "300 ", "ABC123 ",
               "calle 1 con ", "mz 1 ", "veinte y ", "placa de la ", "\xF0\x9F\x98\x80", "é");
  std::string message;
  while (message.size() + unit.size() <= 4096) message += unit;
  const std::clock_t start = std::clock();
  const std::vector<Entity> entities = find_entities(message, today);
  const double seconds = double(std::clock() - start) / CLOCKS_PER_SEC;
  CAPTURE(unit);
  CHECK(entities.size() <= 32);
  CHECK(seconds < 2);  // of the processor; milliseconds without a sanitizer
}
