#include "understanding/normalize.hpp"

#include "support/catch.hpp"

using namespace catalina::dialog;
using Words = std::vector<std::string>;

TEST_CASE("a message becomes plain words") {
  CHECK(split_words("¡¡Holaaaa!! ¿Cómo está, señora?") == Words{"hola", "como", "esta", "senora"});
  CHECK(split_words("PREDIAL 2026 - año") == Words{"predial", "2026", "ano"});
  CHECK(split_words("👋🏽 5️⃣ 100000 $") == Words{"5", "100000"});
  CHECK(split_words("").empty());
  CHECK(split_words("привет 你好").empty());
}

TEST_CASE("doubled letters of spelling stay, those of enthusiasm go") {
  CHECK(split_words("acceder llaaaamar holaaa") == Words{"acceder", "llamar", "hola"});
}

TEST_CASE("what is written by ear sounds the same") {
  const auto [written, meant] = GENERATE(table<std::string, std::string>({
      {"nesesito", "necesito"},
      {"kiero", "quiero"},
      {"sertificado", "certificado"},
      {"resivo", "recibo"},
      {"ayi", "alli"},
      {"ora", "hora"},
      {"jente", "gente"},
      {"becino", "vecino"},
      {"sisven", "sisben"},
      {"trafiko", "trafico"},
      {"echo", "hecho"},
  }));
  CHECK(phonetic_key(written) == phonetic_key(meant));
}

TEST_CASE("what sounds different stays different") {
  CHECK(phonetic_key("chalet") != phonetic_key("salet"));
  CHECK(phonetic_key("guerra") != phonetic_key("jerra"));
  CHECK(phonetic_key("casa") != phonetic_key("caca"));
  CHECK(phonetic_key("100") != phonetic_key("10"));
}

TEST_CASE("forms of a word share a stem") {
  const auto [one, other] = GENERATE(table<std::string, std::string>({
      {"pagar", "pago"},
      {"pagar", "pagarlo"},
      {"certificado", "certificados"},
      {"inscribir", "inscribirme"},
      {"nino", "ninas"},
      {"renovar", "renovacion"},
      {"licencia", "licencias"},
  }));
  CHECK(stem(one) == stem(other));
  CHECK(stem("predial") != stem("predio"));
}

TEST_CASE("abbreviations are spelled out and sounds are put back into their spelling") {
  Normalizer normalizer;
  normalizer.add_abbreviation("xfa", "por favor");
  normalizer.add_abbreviation("q", "qué");
  normalizer.add_word("certificado");
  normalizer.add_word("vaca");
  CHECK(normalizer.words("q sertificado xfa") == Words{"que", "certificado", "por", "favor"});
  // A word that exists is left alone, even when another sounds like it.
  normalizer.add_word("baca");
  CHECK(normalizer.words("vaca baca") == Words{"vaca", "baca"});
}

TEST_CASE("messages without end are read only so far") {
  std::string endless;
  for (int i = 0; i < 100000; ++i) endless += "a ";
  CHECK(split_words(endless).size() == most_words);
  CHECK(split_words(std::string(1 << 20, 'z')).size() == 1);
  Normalizer normalizer;
  normalizer.add_abbreviation("x", "una dos tres cuatro");
  std::string abbreviations;
  for (int i = 0; i < 1000; ++i) abbreviations += "x ";
  CHECK(normalizer.words(abbreviations).size() <= most_words + 3);
}
