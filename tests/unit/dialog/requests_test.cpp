// What a citizen asks of the city itself, and what she can only pass on or decline.
#include "dialog/step.hpp"

#include "fixture.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::dialog;
using Catch::Matchers::Contains;

namespace {

const HandoffRequested& handoff(const Turn& turn) {
  return std::get<HandoffRequested>(turn.effects.at(0));
}

}  // namespace

TEST_CASE("a person is asked for once") {
  Chat chat;
  chat.met();
  chat.say("certificado de residencia");
  chat.tap("persona");
  REQUIRE(chat.turn.effects.size() == 1);
  CHECK(handoff(chat.turn).reason == "tramite:certificado-residencia");
  CHECK(chat.conversation.waiting_for_person);
  CHECK(chat.says("atencionalciudadano@cartagena.gov.co"));

  chat.say("quiero hablar con un asesor");
  CHECK(chat.turn.effects.empty());
  CHECK(chat.says("Ya está anotado"));

  // She goes on answering meanwhile.
  chat.say("cuánto vale el uso de suelo");
  CHECK(chat.says("gratis"));

  // Answered: asking again is a new request.
  chat.conversation.waiting_for_person = false;
  chat.say("quiero hablar con un asesor");
  CHECK(chat.turn.effects.size() == 1);
}

TEST_CASE("erasing data is passed on, never claimed as done, and not lost behind another request") {
  Chat chat;
  chat.met();
  chat.say("quiero hablar con un asesor");
  chat.say("borren mis datos");
  REQUIRE(chat.turn.effects.size() == 1);
  CHECK(handoff(chat.turn).reason == "intent:borrar_datos");
  CHECK(chat.says("Todavía no se ha borrado nada"));
  CHECK(chat.says("15 días hábiles"));
  chat.say("borren mis datos");
  CHECK(chat.turn.effects.empty());
}

TEST_CASE("notices off and on are passed on") {
  Chat chat;
  chat.met();
  chat.say("stop");
  CHECK(handoff(chat.turn).reason == "intent:notificaciones_baja");
  chat.say("stop");
  CHECK(chat.turn.effects.empty());
  chat.say("quiero volver a recibir los avisos");
  CHECK(handoff(chat.turn).reason == "intent:notificaciones_alta");
  chat.say("stop");
  CHECK(chat.turn.effects.size() == 1);
}

TEST_CASE("a report of corruption leaves no words behind") {
  const std::string words = "el inspector Perencejo me pidió 200 mil pesos por el permiso";
  Chat chat;
  chat.met();
  chat.say(words);
  CHECK_FALSE(chat.turn.keep_text);
  CHECK(chat.turn.why.evidence.empty());
  CHECK(chat.says("www.cartagena.gov.co/denuncia"));
  CHECK(chat.says("No guardo"));

  // Nor what is told afterwards, nor what goes to an adviser.
  chat.say("se llama Perencejo y trabaja en la sede de Manga");
  CHECK_FALSE(chat.turn.keep_text);
  CHECK(chat.turn.why.evidence.empty());
  chat.say("quiero hablar con alguien");
  CHECK_THAT(handoff(chat.turn).reason, !Contains("Perencejo"));
  CHECK_THAT(chat.conversation.to_json(), !Contains("Perencejo"));
}

TEST_CASE("a bribe told in any words offers the report, and nothing that follows is kept") {
  const std::string words =
      GENERATE(as<std::string>{}, "un policía me pidió 50 mil para dejarme ir",
               "un guarda de tránsito me pidió 100 mil para no ponerme el comparendo",
               "la funcionaria me pidió un millón por el cupo del colegio");
  CAPTURE(words);
  Chat chat;
  chat.met();
  chat.say(words);
  CHECK_FALSE(chat.turn.keep_text);
  CHECK(chat.turn.why.evidence.empty());
  CHECK_THAT(chat.turn.conversation.offers.at(0).choice,
             Catch::StartsWith("tramite:denuncia-corrupcion"));

  chat.say("se llama Perencejo Pérez");
  CHECK_FALSE(chat.turn.keep_text);
  for (const MessageKind kind :
       {MessageKind::image, MessageKind::audio, MessageKind::form, MessageKind::location}) {
    chat.send(of_kind(kind));
    CHECK_FALSE(chat.turn.keep_text);
    CHECK(chat.turn.effects.empty());
  }
  chat.say("se llama Perencejo Pérez");
  CHECK_FALSE(chat.turn.keep_text);
  CHECK_THAT(chat.conversation.to_json(), !Contains("Perencejo"));
}

TEST_CASE("a person asked for in words of corruption is told the subject only") {
  Chat chat;
  chat.met();
  chat.say("certificado de residencia");
  chat.say("quiero hablar con alguien, el jefe Perencejo es un corrupto");
  CHECK_FALSE(chat.turn.keep_text);
  CHECK(handoff(chat.turn).reason == "tramite:denuncia-corrupcion");
  chat.say("se llama Perencejo Pérez");
  CHECK_FALSE(chat.turn.keep_text);
}

TEST_CASE("what is no matter of the city is refused kindly, with who to ask when known") {
  Chat chat;
  chat.met();
  chat.say("cómo saco el pasaporte");
  CHECK(chat.turn.why.target == "intent:fuera_de_alcance");
  CHECK(chat.says("Cancillería"));
  chat.say("me llegó muy alto el recibo de la luz");
  CHECK(chat.says("Afinia"));
  chat.say("cómo pago el impuesto vehicular");
  CHECK(chat.says("Gobernación de Bolívar"));
  chat.say("cuéntame un chiste");
  CHECK(chat.says("Pregúntame por trámites"));
}

TEST_CASE("a caption is read, media without words are answered politely") {
  Chat chat;
  chat.met();
  chat.send(of_kind(MessageKind::image, "cómo saco el certificado de residencia"));
  CHECK(chat.turn.why.target == "tramite:certificado-residencia");
  CHECK(chat.body().starts_with("La foto no la puedo pasar a la oficina.\n\n"));
  chat.send(of_kind(MessageKind::document, "gracias"));
  CHECK(chat.body().starts_with("El documento no lo puedo"));
  chat.send(of_kind(MessageKind::video, "hay un incendio en la casa de al lado"));
  CHECK(chat.body().starts_with("🚨"));

  for (MessageKind kind : {MessageKind::image, MessageKind::video, MessageKind::audio,
                           MessageKind::document, MessageKind::sticker, MessageKind::location,
                           MessageKind::contacts, MessageKind::order, MessageKind::unsupported}) {
    chat.send(of_kind(kind));
    CAPTURE(static_cast<int>(kind));
    CHECK(chat.turn.why.decision == "media");
    REQUIRE(chat.turn.replies.size() == 1);
    CHECK(chat.choices() == std::vector<std::string>{"menu"});
  }
  chat.send(of_kind(MessageKind::location));
  CHECK(chat.says("nombre de tu barrio"));
}

TEST_CASE("a form is taken over as it came") {
  Chat chat;
  chat.met();
  Message form = of_kind(MessageKind::form);
  form.form_json = R"({"a":1})";
  chat.send(form);
  CHECK(std::get<FormReceived>(chat.turn.effects.at(0)).json == R"({"a":1})");
}
