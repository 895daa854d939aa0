// What refers to an earlier turn: corrections, ways back, other cases, repetitions.
#include <algorithm>

#include "dialog/step.hpp"
#include "fixture.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::dialog;

namespace {

Reference::Kind kind_of(const std::string& text) {
  return real_knowledge().recognizer->reference_of(text).kind;
}

// A chat in which "certificado" was answered with a list of two or more.
Chat with_list() {
  Chat chat;
  chat.met();
  chat.say("certificado");
  REQUIRE(chat.turn.why.decision == "clarify");
  REQUIRE(chat.choices().size() >= 4);
  return chat;
}

}  // namespace

TEST_CASE("what refers to something said before is told from what does not") {
  using Kind = Reference::Kind;
  CHECK(kind_of("no, el otro") == Kind::other);
  CHECK(kind_of("la otra por favor") == Kind::other);
  CHECK(kind_of("Eso no era") == Kind::correction);
  CHECK(kind_of("no era eso lo que te pregunté") == Kind::correction);
  CHECK(kind_of("me refería al de la moto") == Kind::correction);
  CHECK(kind_of("lo primero que te pregunté") == Kind::first);
  CHECK(kind_of("¿y lo de antes?") == Kind::back);
  CHECK(kind_of("volviendo a lo del predial") == Kind::back);
  CHECK(kind_of("una pregunta") == Kind::opening);
  CHECK(kind_of("¿y para mi mamá?") == Kind::circumstance);
  CHECK(kind_of("y si soy venezolano") == Kind::circumstance);
  CHECK(kind_of("el de la moto") == Kind::pointing);
  CHECK(kind_of("cuánto vale el certificado de residencia") == Kind::none);
  CHECK(kind_of("necesito otro certificado de residencia para mi mamá") == Kind::none);
  CHECK(kind_of("no quiero pagar el predial dos veces") == Kind::none);
  CHECK(kind_of("") == Kind::none);
}

TEST_CASE("the other one is the next of what was offered") {
  Chat chat = with_list();
  const std::vector<std::string> offered = chat.choices();
  chat.say("1");
  CHECK(chat.turn.why.target.starts_with(offered[0]));
  chat.say("no, el otro");
  CHECK(chat.conversation.topic == offered[1]);
  CHECK(chat.says("perdona"));
}

TEST_CASE("after one of a list was taken, another of it can still be counted") {
  Chat chat = with_list();
  const std::vector<std::string> offered = chat.choices();
  chat.say("la segunda");
  CHECK(chat.conversation.topic == offered[1]);
  chat.say("la segunda no, la primera");
  CHECK(chat.conversation.topic == offered[0]);
}

TEST_CASE("what was not meant is answered by what else it may have been, then by a person") {
  Chat chat = with_list();
  chat.say("1");
  chat.say("no era eso");
  CHECK(chat.turn.why.decision == "clarify");
  chat.say("eso no es");
  CHECK(chat.says("Dímelo con otras palabras"));
  chat.say("no era eso");
  CHECK(chat.says("¿Quieres que una persona"));
  chat.say("sí");
  CHECK(chat.turn.effects.size() == 1);
}

TEST_CASE("a correction that names something is about that") {
  Chat chat;
  chat.met();
  chat.say("cómo pago el predial");
  REQUIRE(chat.conversation.topic.starts_with("tramite:predial"));
  chat.say("no, me refería al certificado de residencia");
  CHECK(chat.conversation.topic == "tramite:certificado-residencia");
}

TEST_CASE("where there is nothing to correct a correction is no more than its words") {
  Chat chat;
  chat.met();
  chat.say("no era eso");
  CHECK(chat.turn.effects.empty());
  CHECK(chat.conversation.corrections == 0);
}

TEST_CASE("words pick among what is offered") {
  Chat chat = with_list();
  const std::vector<std::string> offered = chat.choices();
  const std::string of_catastro = "tramite:catastro-certificado";
  REQUIRE(std::find(offered.begin(), offered.end(), of_catastro) != offered.end());
  chat.say("el de catastro");
  CHECK(chat.turn.why.decision == "choice");
  CHECK(chat.conversation.topic == of_catastro);
  Chat other = with_list();
  other.say("la b");
  CHECK(other.conversation.topic == other.turn.why.target);
  CHECK(other.conversation.topic == offered[1]);
}

TEST_CASE("after a digression the way back is open") {
  const std::string text = GENERATE(as<std::string>{}, "¿y lo de antes?", "volviendo a lo de antes",
                                    "volviendo a lo del certificado", "lo primero que te pregunté");
  CAPTURE(text);
  Chat chat;
  chat.met();
  chat.say("certificado de residencia");
  chat.say("dónde queda el sisbén");
  chat.say(text);
  CHECK(chat.conversation.topic == "tramite:certificado-residencia");
  // And there again.
  chat.say("y lo de antes?");
  CHECK(chat.conversation.topic.find("sisben") != std::string::npos);
}

TEST_CASE("a question that was left open is asked again on the way back") {
  Chat chat = with_list();
  const std::vector<std::string> offered = chat.choices();
  chat.say("dónde queda el sisbén");
  chat.say("volviendo a lo de antes");
  CHECK(chat.turn.why.decision == "clarify");
  CHECK(chat.choices() == offered);
}

TEST_CASE("an aspect asked on the way back is what is told") {
  Chat chat;
  chat.met();
  chat.say("certificado de residencia");
  chat.say("dónde queda el sisbén");
  chat.say("y lo de antes cuánto vale?");
  CHECK(chat.turn.why.target == "tramite:certificado-residencia");
  CHECK(chat.turn.why.aspect == "costo");
}

TEST_CASE("another case is answered with what the hoja de vida says of it") {
  Chat chat;
  chat.met();
  chat.say("certificado de residencia");
  const std::string card = chat.body();
  chat.say("¿y para mi hijo menor?");
  CHECK(chat.turn.why.target == "tramite:certificado-residencia");
  CHECK(chat.says("Documento del menor y del acudiente"));
  CHECK(chat.says("confirm"));  // the documents are not confirmed
  CHECK(chat.body() != card);
  chat.say("y si soy venezolana");
  CHECK(chat.says("PPT"));
  CHECK_FALSE(chat.says("Documento del menor"));
}

TEST_CASE("what the hoja de vida does not say of another case is told as unknown") {
  Chat chat;
  chat.met();
  chat.say("certificado de residencia");
  chat.say("¿y para mi mamá?");
  CHECK(chat.turn.why.target == "tramite:certificado-residencia");
  CHECK(chat.says("no dice"));
  chat.say("y cuánto vale para mi mamá?");
  CHECK(chat.says("gratis"));
}

TEST_CASE("another case of nothing is not understood") {
  Chat chat;
  chat.met();
  chat.say("asdfgh");
  chat.say("¿y para mi mamá?");
  CHECK(chat.turn.why.decision == "fallback");
  CHECK_FALSE(chat.says("La ficha no dice"));
}

TEST_CASE("a second tap within moments says nothing and changes nothing") {
  Chat chat;
  chat.met();
  chat.pause = std::chrono::seconds(2);
  chat.tap("tramite:certificado-residencia");
  const Conversation before = chat.conversation;
  chat.pause = std::chrono::seconds(30);
  chat.tap("tramite:certificado-residencia");
  CHECK(chat.turn.replies.empty());
  CHECK(chat.turn.why.decision == "repeat");
  CHECK(chat.conversation.offers.size() == before.offers.size());
  CHECK(chat.conversation.topic == before.topic);
  chat.tap("tramite:certificado-residencia");
  CHECK(chat.turn.replies.size() == 1);
}

TEST_CASE("a text that came twice is answered twice: it was written twice") {
  Chat chat;
  chat.met();
  chat.pause = std::chrono::seconds(1);
  chat.say("cuánto vale el certificado de residencia");
  chat.say("cuánto vale el certificado de residencia");
  CHECK(chat.turn.replies.size() == 1);
}

TEST_CASE("yes to two questions is two answers") {
  Chat chat;
  chat.met();
  chat.pause = std::chrono::seconds(1);
  chat.say("este bot no sirve para nada");
  chat.say("sí");
  CHECK(chat.turn.effects.size() == 1);
  chat.say("un policía me pidió 50 mil para dejarme ir");
  REQUIRE(chat.says("¿Te refieres a"));
  chat.say("sí");
  CHECK(chat.turn.why.target == "tramite:denuncia-corrupcion");
}

TEST_CASE("a cry for help is answered each time") {
  Chat chat;
  chat.pause = std::chrono::seconds(1);
  chat.say("auxilio mi marido me esta pegando");
  chat.say("auxilio mi marido me esta pegando");
  CHECK(chat.says("123"));
}

TEST_CASE("one option is asked about with yes and no") {
  Chat chat;
  chat.met();
  chat.say("un policía me pidió 50 mil para dejarme ir");
  CHECK(chat.says("¿Te refieres a *"));
  CHECK(std::holds_alternative<Buttons>(chat.turn.replies[0].action));
  chat.say("no");
  CHECK(chat.says("Dímelo con otras palabras"));
}

TEST_CASE("greetings and half questions look unfinished") {
  const std::string text = GENERATE(as<std::string>{}, "hola", "buenas tardes", "una pregunta",
                                    "certificado", "¿y cuánto vale?", "asdfgh", "gracias");
  CAPTURE(text);
  Chat chat;
  CHECK(chat.say(text).unfinished);
}

TEST_CASE("what is clear, urgent or private never waits for more") {
  const std::string text =
      GENERATE(as<std::string>{}, "cuánto vale el certificado de residencia", "auxilio",
               "quiero hablar con una persona", "no me manden más mensajes", "borren mis datos",
               "un policía me pidió 50 mil para dejarme ir", "cómo saco el pasaporte",
               "hola buenas es que mire yo quería decirle que la verdad no sé bien cómo explicarle "
               "esto que me pasa");
  CAPTURE(text);
  Chat chat;
  CHECK_FALSE(chat.say(text).unfinished);
}

TEST_CASE("a tap, a pick and a picture never wait for more") {
  Chat chat = with_list();
  CHECK_FALSE(chat.say("1").unfinished);
  CHECK_FALSE(chat.tap("menu").unfinished);
  CHECK_FALSE(chat.send(of_kind(MessageKind::image, "hola")).unfinished);
}

TEST_CASE("only a question, or more of what is unfinished, goes on from earlier words") {
  Turn question;
  question.why.decision = "answer";
  Turn help;
  help.why.decision = "talk";
  Turn half;
  half.unfinished = true;
  CHECK(belong_together(half, question));
  CHECK(belong_together(half, half));
  CHECK(belong_together(question, question));
  CHECK_FALSE(belong_together(question, half));
  CHECK_FALSE(belong_together(help, question));
}

TEST_CASE("of words that nothing goes on from, only half a question is answered first") {
  const auto [words, next, answered] = GENERATE(table<std::string, std::string, bool>({
      {"licencia", "chao", true},
      {"licencia", "quiero hablar con una persona", true},
      {"licencia", "auxilio", false},
      {"hola", "chao", false},
      {"una pregunta", "chao", false},
      {"cuánto vale", "chao", false},  // nothing to offer yet
      {"asdfgh qwerty", "chao", false},
  }));
  CAPTURE(words, next);
  const auto turn_of = [](const std::string& text) {
    Chat chat;
    return chat.met().say(text);
  };
  CHECK(answered_before(turn_of(words), turn_of(next)) == answered);
}

TEST_CASE("half a question is not answered before the answer to it") {
  Turn waiting;
  waiting.why.decision = "clarify";
  waiting.why.target = "tramite:a tramite:b";
  Turn alone;
  alone.why.target = "tramite:b";
  CHECK_FALSE(answered_before(waiting, alone));
  alone.why.target = "tramite:c";
  CHECK(answered_before(waiting, alone));
}
