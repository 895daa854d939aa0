#include "dialog/pinned.hpp"

#include <algorithm>

#include "catalog/text.hpp"
#include "dialog/choice.hpp"
#include "dialog/words.hpp"
#include "fixture.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::dialog;

namespace {

const std::string water =
    "Hoy no hay agua en Bocagrande ni en Castillogrande hasta las 6 de la tarde.";

PinnedMessage message(std::int64_t id, const std::string& text = water) {
  return {.id = id,
          .text = text,
          .from = test_time() - std::chrono::hours(1),
          .until = test_time() + std::chrono::hours(3)};
}

// A citizen who has been met before anything was pinned.
struct Pinned : Chat {
  explicit Pinned(std::int64_t id = 1) {
    met();
    records.pinned = message(id);
  }
  bool shows() const { return says("Hoy no hay agua"); }
};

}  // namespace

TEST_CASE("what is wrong with a message is said in one sentence") {
  const PinnedMessage good = message(1);
  REQUIRE(problem_with(good, test_time()).empty());
  PinnedMessage bad = good;
  std::string part;
  SECTION("no text") {
    bad.text = GENERATE("", " \n ");
    part = "falta el texto";
  }
  SECTION("too much text") {
    bad.text = std::string(limits::pinned_text + 1, 'a');
    part = "601 caracteres y caben 600";
  }
  SECTION("characters nobody sees") {
    bad.text = GENERATE(as<std::string>{}, "agua\x07", "a\u202Egua", "agua\r\n", "\xff",
                        std::string("a\0b", 3));
    part = "no se ven";
  }
  SECTION("ends before it begins") {
    bad.until = bad.from;
    part = "antes de empezar";
  }
  SECTION("is over") {
    bad.until = test_time();
    part = "ya pasó";
  }
  SECTION("never ends") {
    bad.until = test_time() + std::chrono::days(91);
    part = "90 días";
  }
  SECTION("no link") {
    bad.link = GENERATE(as<std::string>{}, "http://acuacar.com", "https://", "https://a b",
                        "javascript:alert(1)", "https://" + std::string(200, 'a'));
    part = "https://";
  }
  SECTION("no phone") {
    bad.phone = GENERATE("llama", "+", "1234567890123456789012");
    part = "teléfono";
  }
  CHECK_THAT(problem_with(bad, test_time()), Catch::Contains(part));
}

TEST_CASE("as long as it may be, a message is counted as people count") {
  PinnedMessage longest = message(1);
  longest.text.clear();
  for (std::size_t i = 0; i < limits::pinned_text; ++i) longest.text += "ñ";
  longest.link = "https://acuacar.com";
  longest.phone = "+57 605 123 4567";
  CHECK(problem_with(longest, test_time()).empty());
}

TEST_CASE("each citizen is told once, before their next answer, in the same message") {
  Pinned chat;
  chat.say("¿Dónde pago el predial?");
  CHECK(chat.turn.replies.size() == 1);
  CHECK(chat.body().starts_with("📌"));
  CHECK(chat.shows());
  CHECK(chat.turn.why.target == "faq:predial-donde-pagar");
  CHECK_THAT(chat.turn.why.evidence, Catch::Contains("aviso 1"));
  CHECK_FALSE((chat.say("gracias"), chat.shows()));
}

TEST_CASE("another text is told again, with where to read and whom to call") {
  Pinned chat;
  chat.say("gracias");
  chat.records.pinned = message(2, "Ya hay agua.");
  chat.records.pinned->link = "https://acuacar.com";
  chat.records.pinned->phone = "116";
  chat.say("gracias");
  CHECK(chat.says("Ya hay agua.\nMás información: https://acuacar.com\nTeléfono: 116\n\n"));
}

TEST_CASE("it is told between its times only, by the clock of the turn") {
  Pinned chat;
  const auto from = GENERATE(std::chrono::minutes(-60), std::chrono::minutes(1));
  chat.records.pinned->from = chat.now + from;
  chat.say("gracias");
  CHECK(chat.shows() == (from.count() < 0));

  Pinned late;
  late.now = late.records.pinned->until;
  late.say("gracias");
  CHECK_FALSE(late.shows());
  late.now = late.records.pinned->until - std::chrono::milliseconds(1);
  late.say("muchas gracias");
  CHECK(late.shows());
}

TEST_CASE("nothing stands before the answer to an emergency, and the next answer brings it") {
  Pinned chat;
  chat.say("mi papá no respira");
  CHECK(chat.body().starts_with("🚨"));
  CHECK_FALSE(chat.shows());
  chat.say("gracias");
  CHECK(chat.shows());
}

TEST_CASE("it is no part of a report of corruption, from its first word to its last") {
  Pinned chat;
  chat.say("un funcionario me pidió plata para darme la licencia");
  CHECK_FALSE(chat.shows());
  chat.say("fue en el DATT, no hay agua allá tampoco");
  CHECK_FALSE(chat.turn.keep_text);
  CHECK_FALSE(chat.shows());
}

TEST_CASE("who asks for it gets it as often as they ask") {
  Pinned chat;
  for (const char* text :
       {"aviso", "Aviso!", "alerta", "ver el aviso", "¿hay alguna alerta hoy?"}) {
    INFO(text);
    chat.say(text);
    CHECK(chat.shows());
    CHECK(chat.turn.why.target == "intent:aviso");
    CHECK(chat.body().find("📌") == chat.body().rfind("📌"));  // not twice in one message
  }
  chat.tap(pinned_choice());
  CHECK(chat.shows());
}

TEST_CASE("who asks about what it tells of gets it again, with whatever else she would say") {
  Pinned chat;
  chat.say("gracias");
  chat.say("¿qué pasó con el agua hoy?");
  CHECK(chat.shows());
  CHECK(chat.turn.why.target != "intent:aviso");
  chat.say("xyzzy plugh");
  CHECK_FALSE(chat.shows());
}

TEST_CASE("without a pinned message, who asks for one is told so") {
  Chat chat;
  chat.met();
  chat.say("aviso");
  CHECK(chat.says("no hay ningún aviso"));
  chat.tap(pinned_choice());
  CHECK(chat.says("no hay ningún aviso"));
}

TEST_CASE("what has no room beside the answer is shortened, and can be read in full by a tap") {
  Pinned chat;
  std::string longest = water;
  while (longest.size() < 590) longest += " bla";
  chat.records.pinned = message(3, longest);
  std::string file;
  // An answer that is nearly as long as a message may be: what she has to say about a place with
  // many offices is not, so her words are stretched.
  Knowledge knowledge = real_knowledge();
  for (const catalog::File& read : test::config_files())
    if (read.path == "words.json") file = read.text;
  const std::string thanks = "\"de_nada\": \"";
  const std::size_t room = GENERATE(700U, 300U, 100U);  // left by the answer
  file.insert(file.find(thanks) + thanks.size(),
              std::string(limits::text_body - room - 120, 'a') + ' ');
  knowledge.words = Words::build(file);
  Message written;
  written.text = "gracias";
  const Turn turn = step(chat.conversation, written, knowledge, chat.records, test_time());
  const Reply& reply = turn.replies.at(0);
  CAPTURE(room, text::utf16_length(reply.body));
  CHECK(text::utf16_length(reply.body) <= limits::text_body);
  const bool whole = reply.body.find(longest) != std::string::npos;
  const bool begun = reply.body.find("Hoy no hay agua") != std::string::npos;
  const auto& offers = turn.conversation.offers;
  const bool offered = std::any_of(offers.begin(), offers.end(), [](const Offer& offer) {
    return offer.choice == pinned_choice();
  });
  CHECK(whole == (room == 700));
  CHECK(begun == (room != 100));
  CHECK(offered == (room == 300));
  CHECK((turn.conversation.pinned_seen == 3) == begun);  // else it comes with the next answer
}
