#include "dialog/insight.hpp"

#include <algorithm>

#include "fixture.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::dialog;

namespace {

Insight look(std::string_view message) {
  return look_into(*real_knowledge().recognizer, message, test_time());
}

}  // namespace

TEST_CASE("the word that names the tramite is the one that it cannot do without") {
  const Insight insight = look("buenas como saco el sertificado de residensia porfa");
  REQUIRE(insight.understanding.candidates.front().target == "tramite:certificado-residencia");
  CHECK(std::count(insight.words.begin(), insight.words.end(), "residencia") == 1);
  REQUIRE(insight.effects.size() == 8);  // a word each
  CHECK(insight.effects.front().word == "residensia");
  CHECK(insight.effects.front().first < insight.understanding.candidates.front().confidence);
  CHECK(insight.effects.front().first <= insight.effects.back().first);
}

TEST_CASE("a rule shows by which words it was found") {
  const Insight insight = look("hola un señor no respira");
  CHECK(insight.understanding.evidence == "regla emergencia: no respira");
  REQUIRE(insight.effects.size() == 5);
  for (const WordEffect& effect : insight.effects)
    if (effect.word == "señor")
      CHECK(effect.first == insight.understanding.candidates.front().confidence);
  CHECK(insight.effects.front().first < 0.99);
}

TEST_CASE("whatever the message is, looking into it ends") {
  CHECK(look("").effects.empty());
  CHECK(look(" \n ").words.empty());
  CHECK(look("\xff\xfe").understanding.decision == Decision::fallback);
  std::string long_message;
  for (int i = 0; i < 3000; ++i) long_message += "predial ";
  CHECK(look(long_message).effects.size() <= 60);
}
