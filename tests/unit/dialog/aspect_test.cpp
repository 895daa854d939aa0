// What about it a message asks. Every message here is invented.
#include "understanding/aspect.hpp"

#include <nlohmann/json.hpp>

#include "fixture.hpp"
#include "support/catch.hpp"
#include "support/config_files.hpp"

using namespace catalina;
using namespace catalina::dialog;

namespace {

Understanding understand(const std::string& text) {
  return real_knowledge().recognizer->understand(text, test_time());
}

std::string asked(const std::string& text) {
  return std::string(to_string(understand(text).asked));
}

std::string aspect(const std::string& text) {
  return std::string(to_string(understand(text).aspect));
}

std::string target(const std::string& text) {
  const Understanding out = understand(text);
  return out.candidates.empty() ? "" : out.candidates.front().target;
}

const AspectPatterns& shipped() {
  static const AspectPatterns patterns = [] {
    for (const catalog::File& file : test::config_files()) {
      if (file.path == "intents.json") return read_intents(file.text).aspects;
    }
    throw std::runtime_error("there is no intents.json");
  }();
  return patterns;
}

}  // namespace

TEST_CASE("marks stay between the words of a message") {
  const auto [text, expected] = GENERATE(table<std::string, std::string>({
      {"¿Dónde queda? Vivo lejos.", "donde queda ? vivo lejos"},
      {"Hola!! Una pregunta: ¿cuánto vale???", "hola , una pregunta , cuanto vale ?"},
      {"abren a las 8:30, cuesta 1.500", "abren a las 8 30 , cuesta 1 500"},
      {"primera línea\nsegunda", "primera linea , segunda"},
      {"?,.", ""},
      {"", ""},
  }));
  CAPTURE(text);
  CHECK(words_with_marks(Normalizer(), text) == expected);
}

TEST_CASE("a fact that is asked for is told apart from the others") {
  const auto [text, expected] = GENERATE(table<std::string, std::string>({
      {"qué llevo para sacar el certificado de residencia", "requisitos"},
      {"q papeles exigen pa matricular una moto", "requisitos"},
      {"qué hay que llevá pa la encuesta del sisbén", "requisitos"},
      {"licencia de construcción documentos", "requisitos"},
      {"cto vale el uso de suelo", "costo"},
      {"la poda de un árbol la cobran?", "costo"},
      {"el certificado de residencia es gratis?", "costo"},
      {"a cómo está saliendo el pase de carro", "costo"},
      {"certificado catastral precio", "costo"},
      {"en cuántos días responden una petición", "tiempo"},
      {"cada cuánto se paga el ica", "tiempo"},
      {"hasta cuándo hay plazo para el predial", "tiempo"},
      {"vacunación de perros cuándo es", "tiempo"},
      {"en cuánto me entregan el certificado de nomenclatura", "tiempo"},
      {"aónde queda el datt", "lugar"},
      {"a quién le digo que están tumbando un árbol", "lugar"},
      {"qué oficinas tiene el sisbén", "lugar"},
      {"paso el recibo por internet o toca ir hasta allá", "lugar"},
      {"traspaso de moto dónde se hace", "lugar"},
      {"asta ke ora atienden en catastro", "horario"},
      {"el sisbén abre los sábados?", "horario"},
      {"hay comisaría abierta de noche", "horario"},
      {"qué decreto habla del pico y placa", "normativa"},
      {"qué acuerdo del concejo fija el predial", "normativa"},
      {"ya tengo el censo, qué más para legalizar el barrio", "requisitos"},
      {"ande saco ese papel", "lugar"},
      {"dnde keda la comisaria", "lugar"},
      {"en qué va mi solicitud de poda", "estado"},
      {"reporté las ratas del mercado en julio, ya vinieron?", "estado"},
      {"pedí la encuesta del sisbén hace dos meses y nada", "estado"},
      {"radiqué una queja por ruido y no me han contestado", "estado"},
      {"cómo sé si quedé en el programa de vivienda", "estado"},
  }));
  CAPTURE(text);
  CHECK(asked(text) == expected);
  CHECK(aspect(text) == expected);
}

TEST_CASE("of several facts the one asked first is answered") {
  CHECK(asked("cuánto vale y cuánto demora el traspaso de un carro") == "costo");
  CHECK(asked("cuánto demora y cuánto vale el traspaso de un carro") == "tiempo");
  CHECK(asked("Quiero arreglar la fachada. ¿Dónde pido permiso? ¿Cuánto cuesta?") == "lugar");
}

TEST_CASE("words of a question that ask nothing decide nothing") {
  const auto text = GENERATE(
      as<std::string>{}, "el parque donde juegan los niños está lleno de basura",
      "en la casa donde vivo se mete el agua", "vendí la moto y el señor nunca hizo los papeles",
      "levantaron un segundo piso sin papeles", "el colegio queda lejísimo de mi casa",
      "los del bar ponen música todos los fines de semana",
      "el guarda me cobró de más y la página no me abre el documento",
      "perdí la tarjeta y necesito donde me pongan otra vez la vacuna",
      "necesito que bomberos me dé el papel que me piden en el arriendo");
  CAPTURE(text);
  const std::string fact = asked(text);
  CHECK((fact == "general" || fact == "pasos" || fact == "iniciar"));
}

TEST_CASE("what somebody says not to ask is not what they ask") {
  CHECK(asked("no pregunto el horario, dónde queda el sisbén") == "lugar");
  CHECK(asked("ya sé qué papeles llevar, cuánto vale la licencia de conducción") == "costo");
}

TEST_CASE("how it is done, and that it is wanted now") {
  const auto [text, expected] = GENERATE(table<std::string, std::string>({
      {"cómo saco el certificado de residencia", "pasos"},
      {"cómo podo un palo de mango de mi patio", "pasos"},
      {"Me mudé de casa, ¿cómo hago con el sisbén?", "pasos"},
      {"hay forma de pagar el predial por cuotas", "pasos"},
      {"cómo pido un acuerdo de pago del predial", "pasos"},
      {"quiero denunciar una construcción sin licencia", "iniciar"},
      {"solicito que tapen el hueco de la avenida", "iniciar"},
      {"necesito un certificado de residencia", "iniciar"},
      {"lo quiero inscribir en la escuela de fútbol", "iniciar"},
      {"el andén de mi casa está lleno de escombros, recojan eso por favor", "iniciar"},
  }));
  CAPTURE(text);
  CHECK(aspect(text) == expected);
}

TEST_CASE("questions for no fact and bare names are general") {
  const auto text =
      GENERATE(as<std::string>{}, "qué es el pot", "¿Necesito permiso para pintar mi casa?",
               "quiero montar una tienda en mi casa, eso se puede?", "paz y salvo predial",
               "compré un lote en la boquilla y puedo construir dos pisos", "uso de suelo",
               "el vecino pone el picó a todo volumen, qué hago");
  CAPTURE(text);
  CHECK(aspect(text) == "general");
}

TEST_CASE("who tells of something gets what helps with it") {
  const std::string report = "hay un hueco en la calle de mi casa y ya se cayó una moto";
  REQUIRE(target(report) == "tramite:reporte-vias-alumbrado");
  CHECK(aspect(report) == "otro");
  CHECK(asked(report) == "general");

  const std::string need = "me cambié de casa en olaya y el sisbén sigue con los datos viejos";
  REQUIRE(target(need) == "tramite:sisben-actualizar");
  CHECK(aspect(need) == "pasos");
  CHECK(asked(need) == "general");

  CHECK(told_aspect("tramite") == Aspect::pasos);
  CHECK(told_aspect("servicio") == Aspect::otro);
  CHECK(told_aspect("consulta") == Aspect::general);
  CHECK(told_aspect("") == Aspect::general);
}

TEST_CASE("talk asks about nothing") {
  for (const char* text : {"hola", "gracias", "menú", "quiero hablar con una persona"}) {
    CAPTURE(text);
    CHECK(aspect(text) == "otro");
  }
}

TEST_CASE("what only asks leaves nothing, what names something leaves it") {
  const auto left = [](const std::string& words) {
    return join_words(split_words(without_question(shipped(), words)));
  };
  CHECK(left("cuanto vale").empty());
  CHECK(left("donde queda").empty());
  CHECK(left("que papeles piden").empty());
  CHECK(left("cuanto vale la poda") == "la poda");
  CHECK(left("quiero denunciar") == "quiero denunciar");
  CHECK(left("como podo") == "como podo");
  CHECK(left("donde pago impuestos") == "pago impuestos");
  CHECK(left("licencia de cremar precio") == "licencia de cremar precio");
}

TEST_CASE("a follow-up that names nothing is about what was talked of, whatever it asks") {
  const auto [text, expected] = GENERATE(table<std::string, std::string>({
      {"y eso cuánto vale?", "costo"},
      {"y eso se paga?", "costo"},
      {"me sale gratis?", "costo"},
      {"a quién le digo?", "lugar"},
      {"y la dirección?", "lugar"},
      {"dónde lo saco", "lugar"},
      {"los sábados atienden?", "horario"},
      {"y los papeles?", "requisitos"},
      {"qué norma lo dice", "normativa"},
      {"cómo va lo mío", "estado"},
      {"y qué hay que llevar?", "requisitos"},
      {"cuándo abren?", "tiempo"},
      {"y hasta qué hora atienden", "horario"},
      {"y cómo hago?", "pasos"},
      {"qué hago entonces", "pasos"},
  }));
  CAPTURE(text);
  const Understanding out = understand(text);
  CHECK(out.elliptical);
  CHECK(std::string(to_string(out.asked)) == expected);
}

TEST_CASE("a wish without a subject asks for nothing") {
  Chat chat;
  chat.met();
  chat.say("certificado de residencia");
  const std::string text = GENERATE(as<std::string>{}, "necesito ayuda", "yo quiero eso");
  CAPTURE(text);
  CHECK(understand(text).asked == Aspect::general);
}

TEST_CASE("the fact that was asked before its subject is what is answered of it") {
  Chat chat;
  chat.met();
  chat.say("¿cuánto vale?");
  REQUIRE(chat.says("¿De qué trámite?"));
  chat.say("necesito un certificado de residencia");
  CHECK(chat.turn.why.aspect == "costo");
}
