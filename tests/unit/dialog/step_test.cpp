#include "dialog/step.hpp"

#include "dialog/choice.hpp"
#include "dialog/words.hpp"
#include "fixture.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::dialog;

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
