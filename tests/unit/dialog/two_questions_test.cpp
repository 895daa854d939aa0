// Two questions in one message are two answers in one message; one wish stays one.
#include <fstream>
#include <nlohmann/json.hpp>

#include "catalog/text.hpp"
#include "fixture.hpp"
#include "support/catch.hpp"
#include "understanding/halves.hpp"

using namespace catalina;
using namespace catalina::dialog;
using Catch::Matchers::Contains;

namespace {

bool is_two(const Turn& turn) {
  return turn.why.evidence.starts_with("dos preguntas");
}

}  // namespace

TEST_CASE("a message is cut where people join two questions") {
  const auto cuts = halves_of("¿Cuánto vale A? ¿y dónde queda B?", 4);
  REQUIRE(cuts.size() == 1);
  CHECK(cuts[0].first == "¿Cuánto vale A?");
  CHECK(cuts[0].second == "¿y dónde queda B?");
  CHECK(halves_of("cuánto vale y qué necesito", 4).size() == 1);
  CHECK(halves_of("cuánto vale, qué necesito", 4).empty());
  CHECK(halves_of("una sola cosa", 4).empty());
  CHECK(halves_of("y", 4).empty());
  CHECK(halves_of("", 4).empty());
  CHECK(halves_of(std::string(500, 'y') + " y " + std::string(500, 'y'), 4).empty());
  CHECK(halves_of("a y b y c y d y e y f y g y h", 2).size() == 2);
}

TEST_CASE("two questions about two things are both answered, and both stay reachable") {
  Chat chat;
  chat.met();
  chat.say("¿cuánto vale el certificado de residencia y dónde queda el Sisbén?");
  REQUIRE(is_two(chat.turn));
  CHECK(chat.says("gratis"));
  CHECK(chat.says("12 puntos"));
  CHECK(chat.turn.replies.size() == 1);
  // The second is the topic now, the first what was discussed before it.
  CHECK(chat.conversation.topic.find("sisben") != std::string::npos);
  chat.say("¿y lo de antes qué necesito?");
  CHECK(chat.says("Documento de identidad"));
}

TEST_CASE("two aspects of one thing are both told") {
  const std::string text =
      GENERATE(as<std::string>{}, "¿qué necesito y cuánto cuesta el certificado de residencia?",
               "cuánto cuesta el certificado de residencia y qué papeles piden",
               "Qué requisitos tiene el certificado de residencia? Cuánto vale?");
  CAPTURE(text);
  Chat chat;
  chat.met();
  chat.say(text);
  CAPTURE(chat.body());
  CHECK(is_two(chat.turn));
  CHECK(chat.says("gratis"));
  CHECK(chat.says("Documento de identidad"));
}

TEST_CASE("two aspects of what was talked of") {
  Chat chat;
  chat.met();
  chat.say("certificado de residencia");
  chat.say("¿cuánto vale y cuánto se demora?");
  CHECK(is_two(chat.turn));
  CHECK(chat.says("gratis"));
  CHECK(chat.says("Ley 1755"));
}

TEST_CASE("one wish is answered as one, whatever it names besides") {
  const std::string text = GENERATE(
      as<std::string>{}, "ya tengo el certificado de residencia, ahora quiero el del Sisbén",
      "necesito el certificado de residencia para el colegio y para el trabajo",
      "dónde pago el predial y el recibo",
      "me piden el certificado de residencia y no sé dónde se saca",
      "hola, cuánto vale el certificado de residencia?", "auxilio, me roban y dónde queda el CAI");
  CAPTURE(text);
  Chat chat;
  chat.met();
  chat.say(text);
  CHECK_FALSE(is_two(chat.turn));
}

TEST_CASE("of two answers that are too long together the second is offered instead of told") {
  catalog::Files files = test::config_files();
  for (catalog::File& file : files) {
    if (file.path != "tramites/certificado-residencia.json") continue;
    auto tramite = nlohmann::json::parse(file.text);
    tramite["requisitos"][0] = std::string(1800, 'a');
    tramite["pasos"][0]["texto"] = std::string(1800, 'b');
    file.text = tramite.dump();
  }
  const auto talkative = Knowledge::build(files, "test", built_in_model());
  Message message;
  message.text = "¿qué requisitos tiene el certificado de residencia y cuáles son los pasos?";
  const Turn turn = step(Conversation(), message, *talkative, {}, test_time());
  REQUIRE(is_two(turn));
  const std::string& body = turn.replies.at(0).body;
  CHECK(text::utf16_length(body) <= limits::text_body);
  CHECK_THAT(body, Contains("aaaa") && !Contains("bbbb") && Contains("También me preguntaste") &&
                       Contains("1581"));
  CHECK(turn.conversation.offers.at(0).choice == "tramite:certificado-residencia:pasos");
}

TEST_CASE("measured messages, which ask one thing each, are hardly ever cut in two") {
  std::ifstream file(CATALINA_SOURCE_DIR "/tests/bench/understanding/independent.jsonl");
  REQUIRE(file);
  int messages = 0;
  int cut = 0;
  for (std::string line; std::getline(file, line); ++messages) {
    const auto one = nlohmann::json::parse(line);
    Chat chat;
    chat.say(one["text"].get<std::string>());
    if (!is_two(chat.turn)) continue;
    ++cut;
    UNSCOPED_INFO(one["text"] << " → " << chat.turn.why.evidence);
  }
  CHECK(messages > 500);
  CHECK(cut <= messages / 100);
}
