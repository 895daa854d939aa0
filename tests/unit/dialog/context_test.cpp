// What a message means depends on what was said before it.
#include "dialog/step.hpp"

#include "catalog/text.hpp"
#include "fixture.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::dialog;

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

TEST_CASE(
    "between several that are possible what is talked of is meant, unless another is likelier by "
    "far") {
  const std::vector<std::string> questions = {
      "cuánto se demora la licencia",
      "cuánto se demora la visita que uno pide",
      "dónde aviso que unos nietos tienen encerrada a la señora",
      "qué requisitos piden para el acta del local de fritos",
      "qué papeles llevo para cambiar la dirección en industria y comercio",
      "dónde saco el papel del lote"};
  int near = 0;
  int far = 0;
  for (const std::string& question : questions) {
    const Understanding understood = real_knowledge().recognizer->understand(question, test_time());
    if (understood.decision != Decision::clarify) continue;
    const std::vector<Candidate>& all = understood.candidates;
    for (std::size_t i = 1; i < all.size(); ++i) {
      if (!all[i].target.starts_with("tramite:")) continue;
      const double times = all[0].confidence / all[i].confidence;
      Chat chat;
      chat.met();
      chat.tap(all[i].target);
      REQUIRE(chat.conversation.topic == all[i].target);
      chat.say(question);
      INFO(question << ": " << all[i].target << ", the first is " << times << " times as likely");
      if (times < 3) {
        ++near;
        CHECK(chat.turn.why.target == all[i].target);
      } else if (times > 8) {
        ++far;
        CHECK(chat.turn.why.decision == "clarify");
      }
    }
  }
  CHECK(near > 0);
  CHECK(far > 0);
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
