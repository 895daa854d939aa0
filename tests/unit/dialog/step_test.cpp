#include "dialog/step.hpp"

#include "catalog/text.hpp"
#include "dialog/choice.hpp"
#include "dialog/words.hpp"
#include "fixture.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::dialog;
using Catch::Matchers::Contains;

namespace {

const HandoffRequested& handoff(const Turn& turn) {
  return std::get<HandoffRequested>(turn.effects.at(0));
}

Message of_kind(MessageKind kind, const std::string& caption = "") {
  Message message;
  message.kind = kind;
  message.text = caption;
  return message;
}

}  // namespace

TEST_CASE("the first answer carries the data-protection notice, in one message, once") {
  Chat chat;
  chat.say("qué necesito para el certificado de residencia");
  REQUIRE(chat.turn.replies.size() == 1);
  CHECK(chat.says("Certificado de residencia"));
  CHECK(chat.says("Ley 1581 de 2012"));
  CHECK(chat.says("atencionalciudadano@cartagena.gov.co"));
  CHECK(chat.conversation.notice_version == real_knowledge().words->notice_version());

  chat.say("y cuánto demora?");
  CHECK_FALSE(chat.says("Ley 1581"));
}

TEST_CASE("a new version of the notice is shown again") {
  Chat chat;
  chat.met();
  chat.conversation.notice_version = "older";
  chat.say("gracias");
  CHECK(chat.says("Ley 1581 de 2012"));
}

TEST_CASE("a greeting introduces her once and opens the menu") {
  Chat chat;
  chat.records.display_name = "María José 🌸";
  chat.say("hola");
  CHECK(chat.says("¡Hola, María!"));
  CHECK(chat.body().find("Soy *Catalina*") == chat.body().rfind("Soy *Catalina*"));
  CHECK(std::holds_alternative<List>(chat.turn.replies[0].action));
  CHECK(chat.turn.why.target == "intent:saludo");
}

TEST_CASE("a profile that is no name is not repeated") {
  const std::string name = GENERATE(as<std::string>{}, "", "*gratis*", "http://x.co", "🌸🌸", "a",
                                    "Averylongwordthatisnonameatall", "\xff\xfe", "+573001112233");
  Chat chat;
  chat.records.display_name = name;
  chat.say("hola");
  CHECK(chat.says("¡Hola! Soy"));
}

TEST_CASE("an emergency is answered with the numbers and nothing else, even at first contact") {
  Chat chat;
  chat.say("mi marido me está golpeando");
  REQUIRE(chat.turn.replies.size() == 1);
  CHECK(chat.body().find("123") < 30);
  CHECK_FALSE(chat.says("Ley 1581"));
  CHECK(std::holds_alternative<std::monostate>(chat.turn.replies[0].action));
  CHECK(chat.turn.effects.empty());
  // The notice is still owed.
  chat.say("gracias");
  CHECK(chat.says("Ley 1581 de 2012"));
}

TEST_CASE("from the menu to a fact by tapping alone") {
  Chat chat;
  chat.met();
  for (const std::string& category : chat.choices()) {
    if (!category.starts_with("categoria:")) continue;
    CAPTURE(category);
    chat.tap(category);
    const std::string tramite = chat.choices().at(0);
    REQUIRE(tramite.starts_with("tramite:"));
    chat.tap(tramite);
    CHECK(chat.says("revisado en"));
    CHECK(chat.turn.why.decision == "choice");
    CHECK(chat.turn.why.target == tramite);
  }
}

TEST_CASE("paging shows every tramite of every category once") {
  Chat chat;
  std::vector<std::string> seen;
  for (const std::string& category : real_knowledge().catalog->categories()) {
    std::string page = to_id({.kind = Choice::Kind::category, .id = slug(category)});
    while (!page.empty()) {
      chat.tap(page);
      page.clear();
      for (const std::string& choice : chat.choices()) {
        if (choice.starts_with("tramite:")) seen.push_back(choice);
        if (choice.starts_with("categoria:")) page = choice;
      }
    }
  }
  CHECK(seen.size() == real_knowledge().catalog->tramites().size());
  std::sort(seen.begin(), seen.end());
  CHECK(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
}

TEST_CASE("the menu reaches every category") {
  Chat chat;
  std::size_t categories = 0;
  std::string page = "menu";
  while (!page.empty()) {
    chat.tap(page);
    page.clear();
    for (const std::string& choice : chat.choices()) {
      if (choice.starts_with("categoria:")) ++categories;
      if (choice.starts_with("menu:")) page = choice;
    }
  }
  CHECK(categories == real_knowledge().catalog->categories().size());
}

TEST_CASE("numbers and repeated titles pick what was offered last") {
  Chat chat;
  chat.met();
  const std::vector<Offer> offers = chat.turn.conversation.offers;
  chat.say("2");
  CHECK(chat.turn.why.target == offers.at(1).choice);

  chat.met();
  chat.say("  " + text::fold(offers.at(2).title) + " ");
  CHECK(chat.turn.why.target == offers.at(2).choice);

  chat.met();
  chat.say("99");
  CHECK(chat.turn.why.decision == "fallback");
}

TEST_CASE("a number under an answer picks nothing") {
  Chat chat;
  chat.met();
  chat.say("cuál es el pico y placa hoy");
  REQUIRE(chat.turn.conversation.offers.size() >= 3);
  chat.say("3");
  CHECK(chat.turn.effects.empty());
  CHECK(chat.turn.why.decision != "choice");
}

TEST_CASE("a follow-up question is about what was talked of") {
  Chat chat;
  chat.met();
  chat.say("certificado de residencia");
  chat.say("¿y cuánto vale?");
  CHECK(chat.turn.why.target == "tramite:certificado-residencia");
  CHECK(chat.turn.why.aspect == "costo");
  chat.say("qué necesito?");
  CHECK(chat.turn.why.aspect == "requisitos");
  CHECK(chat.says("Documento de identidad"));
}

TEST_CASE("a question without a subject asks for it, and is answered when it comes") {
  Chat chat;
  chat.met();
  chat.say("asdfgh qwerty");
  chat.say("¿y cuánto vale?");
  CHECK(chat.says("¿De qué trámite?"));
  CHECK(chat.conversation.misunderstood == 1);
  chat.say("certificado de residencia");
  CHECK(chat.turn.why.target == "tramite:certificado-residencia");
  CHECK(chat.turn.why.aspect == "costo");

  // Also by way of a list, and for one turn only.
  chat.tap("menu");
  chat.say("qué necesito?");
  chat.say("certificado");
  REQUIRE(chat.turn.why.decision == "clarify");
  const std::vector<std::string> options = chat.choices();
  const auto tramite = std::find_if(options.begin(), options.end(), [](const std::string& choice) {
    return choice.starts_with("tramite:");
  });
  REQUIRE(tramite != options.end());
  chat.say(std::to_string(tramite - options.begin() + 1));
  CHECK(chat.turn.why.aspect == "requisitos");
  chat.tap("menu");
  chat.say("qué necesito?");
  chat.say("gracias");
  chat.say("certificado de residencia");
  CHECK(chat.turn.why.aspect == "general");
}

TEST_CASE("another of the same name is no more about the first") {
  Chat chat;
  chat.met();
  chat.say("certificado de residencia");
  const std::string card = chat.body();
  const std::string text = GENERATE(as<std::string>{}, "otro certificado", "certificado");
  CAPTURE(text);
  chat.say(text);
  CHECK(chat.turn.why.decision == "clarify");
  CHECK(chat.body() != card);
}

TEST_CASE("half a day later a follow-up has nothing to follow") {
  Chat chat;
  chat.met();
  chat.say("certificado de residencia");
  chat.now += std::chrono::hours(13);
  chat.say("¿y cuánto vale?");
  CHECK(chat.says("¿De qué trámite?"));
  chat.say("1");
  CHECK(chat.turn.why.decision != "answer");
}

TEST_CASE("a tap on a list from weeks ago still works") {
  Chat chat;
  chat.met();
  chat.now += std::chrono::hours(24 * 40);
  chat.tap("tramite:uso-del-suelo:costo");
  CHECK(chat.says("es gratis"));
}

TEST_CASE("choices that are forged or gone lead to the menu") {
  const std::string choice =
      GENERATE(as<std::string>{}, "", "tramite:no-existe", "tramite:no-existe:costo", "faq:nada",
               "categoria:nada", "categoria:predios-y-ciudad:99", "menu:99", "barrio:narnia",
               "pregunta:predial-pagar:00000000", "pregunta:nada:00000000",
               "tramite:nada:preguntas", "borrar:todo", "'; DROP TABLE citizens", "\xff");
  CAPTURE(choice);
  Chat chat;
  chat.met();
  chat.tap(choice);
  CHECK(chat.says("Esa opción ya no está"));
  CHECK(chat.choices().at(0).starts_with("categoria:"));
}

TEST_CASE("two meanings are offered in the citizen's words, and one can be none of them") {
  Chat chat;
  chat.met();
  chat.say("certificado");
  REQUIRE(chat.turn.why.decision == "clarify");
  CHECK(chat.says("1. "));
  CHECK(chat.says("2. "));
  const std::string second = chat.choices().at(1);
  chat.say("2");
  CHECK(chat.turn.why.target == second);

  chat.say("certificado");
  chat.tap("ninguna");
  CHECK(chat.says("otras palabras"));
}

TEST_CASE("not knowing helps in another way each time") {
  Chat chat;
  chat.met();
  chat.say("asdfgh qwerty");
  CHECK(chat.choices() == std::vector<std::string>{"menu", "persona"});
  const std::string first = chat.body();
  chat.say("zxcvbn");
  CHECK(std::holds_alternative<List>(chat.turn.replies[0].action));
  chat.say("zxcvbn zxcvbn");
  CHECK(chat.choices() == std::vector<std::string>{"persona", "menu"});
  CHECK(chat.body() != first);
  // Being understood starts the count again.
  chat.say("certificado de residencia");
  chat.say("zxcvbn");
  CHECK(chat.body() == first);
}

TEST_CASE("yes means what she asked, and only right after it") {
  const std::string yes =
      GENERATE(as<std::string>{}, "sí", "si gracias", "sí, con una persona", "sí quiero",
               "claro que sí", "dale pues", "por favor", "sí, que me atiendan");
  CAPTURE(yes);
  Chat chat;
  chat.met();
  chat.say("este bot no sirve para nada");
  REQUIRE(chat.says("¿Quieres que una persona"));
  chat.say("no");
  CHECK(chat.turn.effects.empty());
  CHECK(chat.says("dímelo con tus palabras"));

  chat.say("sí");
  CHECK(chat.turn.effects.empty());

  chat.say("este bot no sirve para nada");
  chat.say(yes);
  CHECK(chat.turn.effects.size() == 1);
  CHECK(chat.conversation.asked.empty());
}

TEST_CASE("a yes from the day before answers nothing") {
  Chat chat;
  chat.met();
  chat.say("este bot no sirve para nada");
  chat.now += std::chrono::hours(13);
  chat.say("sí");
  CHECK(chat.turn.effects.empty());
}

TEST_CASE("yes to the only option chooses it") {
  Chat chat;
  chat.met();
  chat.say("un policía me pidió 50 mil para dejarme ir");
  chat.say("sí");
  CHECK(chat.turn.why.target == "tramite:denuncia-corrupcion");
  CHECK(chat.says("www.cartagena.gov.co/denuncia"));
}

TEST_CASE("emoji alone are no failure to understand, and a thumb is a yes") {
  Chat chat;
  chat.met();
  chat.say("asdfgh qwerty");
  chat.say("❤️");
  CHECK(chat.turn.why.target == "intent:gesto");
  CHECK(chat.conversation.misunderstood == 0);
  chat.say("este bot no sirve para nada");
  chat.say("👎");
  CHECK(chat.turn.effects.empty());
  chat.say("este bot no sirve para nada");
  chat.say("👍🏽");
  CHECK(chat.turn.effects.size() == 1);
}

TEST_CASE("who does not understand is asked what of it") {
  const std::string text = GENERATE(as<std::string>{}, "no entiendo", "No te entendí nada",
                                    "no se entiende", "no me queda claro", "explícame mejor");
  CAPTURE(text);
  Chat chat;
  chat.met();
  chat.say(text);
  CHECK(chat.choices().at(0).starts_with("categoria:"));
  chat.say("certificado de residencia");
  chat.say(text);
  CHECK(chat.says("Certificado de residencia"));
  CHECK(chat.choices().at(0) == "tramite:certificado-residencia:requisitos");
  chat.say("cuánto vale");
  CHECK(chat.says("gratis"));
}

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
  const auto [words, also] = GENERATE(table<std::string, std::string>({
      {"un policía me pidió 50 mil para dejarme ir", ""},
      {"un guarda de tránsito me pidió 100 mil para no ponerme el comparendo", "comparendo"},
      {"la funcionaria me pidió un millón por el cupo del colegio", "cupo"},
  }));
  CAPTURE(words);
  Chat chat;
  chat.met();
  chat.say(words);
  CHECK_FALSE(chat.turn.keep_text);
  CHECK(chat.turn.why.evidence.empty());
  CHECK(chat.turn.conversation.offers.at(0).choice == "tramite:denuncia-corrupcion");
  CHECK(chat.says(also));

  chat.say("se llama Perencejo Pérez");
  CHECK_FALSE(chat.turn.keep_text);
  for (const MessageKind kind : {MessageKind::image, MessageKind::audio, MessageKind::form}) {
    chat.send(of_kind(kind));
    CHECK_FALSE(chat.turn.keep_text);
  }
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

TEST_CASE("a place says its localidad, a shared name asks which") {
  Chat chat;
  chat.met();
  chat.say("Ternera");
  CHECK(chat.says("Localidad 3"));
  CHECK(chat.says("revisado en"));
  chat.say("en qué localidad queda Olaya?");
  REQUIRE(chat.turn.why.decision == "clarify");
  chat.say("1");
  CHECK(chat.says("Olaya"));
  CHECK(chat.says("Localidad 2"));
}

TEST_CASE("a place said in any words answers the question for it, once") {
  Chat chat;
  chat.met();
  chat.say("cuál es mi localidad");
  REQUIRE(chat.says("barrio"));
  chat.say("vivo en el pozon cerca de la iglesia");
  CHECK(chat.says("El Pozón"));
  CHECK(chat.says("Localidad 2"));
  // From here a place is beside the point again.
  chat.say("certificado de residencia en ternera");
  CHECK(chat.turn.why.target == "tramite:certificado-residencia");

  chat.send(of_kind(MessageKind::location));
  chat.say("estoy por el pozon donde la iglesia");
  CHECK(chat.says("El Pozón"));
}

TEST_CASE("who was asked for a place and asks something else is answered that") {
  Chat chat;
  chat.met();
  chat.say("cuál es mi localidad");
  chat.say("cuánto vale el certificado de residencia en el pozón");
  CHECK_FALSE(chat.says("queda en la"));
}

TEST_CASE("a radicado is taken seriously, and a wrong one is told") {
  Chat chat;
  chat.met();
  chat.say("en qué va ctg 2026 000001 7");
  CHECK(chat.says("CTG-2026-000001-7"));
  CHECK(chat.says("Todavía no puedo ver"));
  // One of the city's older system.
  chat.say("EXT-AMC-26-0012345");
  CHECK(chat.turn.why.aspect == "estado");
  CHECK(chat.says("Todavía no puedo ver"));
  chat.say("CTG-2026-000001-8");
  CHECK(chat.says("no me cuadra"));
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

TEST_CASE("every turn explains itself and says one message that the channel accepts") {
  const std::string text = GENERATE(
      as<std::string>{}, "hola", "predial", "xyzzy", "chao", "🤷", "cuánto cuesta?", "1", "0",
      "-1", "no", "sí", "ok", "certificado", "este bot no sirve", "cancelar", "\xff\xff", "     ",
      "\n", "{nombre} {fecha}", "*hola*", "<b>hola</b>", "99999999999999999999999999");
  CAPTURE(text);
  Chat chat;
  for (int i = 0; i < 4; ++i) {
    chat.say(text);
    REQUIRE(chat.turn.replies.size() == 1);
    CHECK(fit(chat.turn.replies[0]) == chat.turn.replies[0]);
    CHECK_FALSE(chat.turn.why.decision.empty());
  }
}

TEST_CASE("any content of any kind of message is survived") {
  const std::string huge(1 << 20, '{');
  Chat chat;
  for (int kind = 0; kind <= static_cast<int>(MessageKind::unsupported); ++kind) {
    Message message = of_kind(static_cast<MessageKind>(kind), huge);
    message.choice = huge;
    message.form_json = huge;
    message.location = Location{1e300, -1e300, huge, huge};
    CHECK_NOTHROW(chat.send(message));
    CHECK(chat.turn.replies.size() == 1);
  }
}
