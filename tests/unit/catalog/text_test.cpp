#include "catalog/text.hpp"

#include <random>

#include "support/catch.hpp"

using namespace catalina;

namespace {

const std::string family = "👨‍👩‍👧‍👦";  // 11 units: four people and three joiners
const std::string thumb = "👍🏿";                    // 4 units: the hand and its skin tone
const std::string colombia = "🇨🇴";                       // 4 units
const std::string keycap = "1️⃣";                    // 3 units
const std::string decomposed_e = "e\u0301";              // 2 units

std::string random_bytes(std::mt19937& random, std::size_t length) {
  // Mostly bytes that begin or continue sequences, so that near misses are common.
  static const std::string interesting =
      "\x80\xBF\xC2\xC3\xE2\x80\x8D\xF0\x9F\x91\xED\xA0\xF4\x90\xC0\xFE\xFF\r\n a\xCC\x81";
  std::string bytes;
  for (std::size_t i = 0; i < length; ++i)
    bytes.push_back(random() % 4 ? interesting[random() % interesting.size()]
                                 : static_cast<char>(random() % 256));
  return bytes;
}

}  // namespace

TEST_CASE("valid and invalid UTF-8 are told apart") {
  for (const char* valid :
       {"", "hola", "señor", "€", "👍🏿", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF"})
    CHECK(text::is_valid_utf8(valid));
  for (const char* invalid : {"\x80",              // continuation alone
                              "\xC3",              // cut
                              "\xE2\x82",          // cut
                              "\xC0\xAF",          // overlong slash
                              "\xE0\x80\xAF",      // overlong slash
                              "\xF0\x80\x80\xAF",  // overlong slash
                              "\xED\xA0\x80",      // surrogate
                              "\xF4\x90\x80\x80",  // beyond U+10FFFF
                              "\xF5\x80\x80\x80", "\xFF", "se\xF1or"})
    CHECK_FALSE(text::is_valid_utf8(invalid));
}

TEST_CASE("lengths are those of UTF-16") {
  CHECK(text::utf16_length("") == 0);
  CHECK(text::utf16_length("señor") == 5);
  CHECK(text::utf16_length("€") == 1);
  CHECK(text::utf16_length(thumb) == 4);
  CHECK(text::utf16_length(family) == 11);
}

TEST_CASE("text that fits is not touched") {
  CHECK(text::truncate("señor", 5) == "señor");
  CHECK(text::truncate(family, 11) == family);
  CHECK(text::truncate("", 0).empty());
}

TEST_CASE("text that does not fit ends in an ellipsis") {
  CHECK(text::truncate("Impuestos", 6) == "Impue…");
  CHECK(text::truncate("señores", 4) == "señ…");
  CHECK(text::truncate("hola", 1) == "…");
  CHECK(text::truncate("hola", 0).empty());
}

TEST_CASE("a cut never goes through what a person sees as one character") {
  const auto [name, whole] =
      GENERATE(table<const char*, std::string>({{"family", family},
                                                {"skin tone", thumb},
                                                {"flag", colombia},
                                                {"regional flag", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"},
                                                {"keycap", keycap},
                                                {"accent as a mark", decomposed_e},
                                                {"Devanagari vowel", "कि"},
                                                {"Hangul letters", "\u1112\u1161\u11AB"},
                                                {"line end", "\r\n"}}));
  CAPTURE(name);
  const std::size_t units = text::utf16_length(whole);
  const std::string written = "ab" + whole + "zz";
  for (std::size_t max = 3; max <= 2 + units; ++max) CHECK(text::truncate(written, max) == "ab…");
  CHECK(text::truncate(written, 3 + units) == "ab" + whole + "…");
}

TEST_CASE("flags pair up from the first") {
  const std::string flags = colombia + "🇻🇪" + colombia;
  CHECK(text::truncate(flags, 9) == colombia + "🇻🇪…");
  CHECK(text::truncate(flags, 11) == colombia + "🇻🇪…");
}

TEST_CASE("emoji that no joiner joins are separate") {
  CHECK(text::truncate("👍👍👍", 5) == "👍👍…");
}

TEST_CASE("a single grapheme longer than the limit still leaves text") {
  std::string zalgo = "a";
  for (int i = 0; i < 5000; ++i) zalgo += "\u0301";
  CHECK(text::utf16_length(text::truncate(zalgo, 20)) == 20);
  CHECK(text::utf16_length(text::sanitize(zalgo, 4096)) == 4096);
}

TEST_CASE("sanitize leaves good text alone") {
  const std::string good = "¡Hola! Pagué $1.000\n\tmañana " + family + " 🇨🇴";
  CHECK(text::sanitize(good, 4096) == good);
}

TEST_CASE("sanitize replaces each invalid piece once") {
  CHECK(text::sanitize("se\xF1or", 100) == "se\uFFFDor");
  CHECK(text::sanitize("\xE2\x82", 100) == "\uFFFD");
  CHECK(text::sanitize("\xE2\x82x", 100) == "\uFFFDx");
  CHECK(text::sanitize("\xC0\xAF", 100) == "\uFFFD\uFFFD");
  CHECK(text::sanitize("\xED\xA0\x80", 100) == "\uFFFD\uFFFD\uFFFD");
}

TEST_CASE("sanitize takes out what draws nothing or reverses the text") {
  CHECK(text::sanitize(std::string("a\0b\x1B[31m\x7F", 9), 100) == "ab[31m");
  CHECK(text::sanitize("a\r\nb\rc\n\r", 100) == "a\nb\nc\n\n");
  CHECK(text::sanitize("\uFEFFhola\u202Eodnum\u2066\u0085", 100) == "holaodnum");
}

TEST_CASE("sanitize cuts on a grapheme border, without an ellipsis") {
  CHECK(text::sanitize("ab" + family + "c", 12) == "ab");
  CHECK(text::sanitize("ab" + family + "c", 13) == "ab" + family);
  CHECK(text::sanitize("hola", 0).empty());
}

TEST_CASE("folding makes spellings of the same word equal") {
  CHECK(text::fold("CÉDULA de Extranjería") == "cedula de extranjeria");
  CHECK(text::fold("Pingüino, NIÑO") == "pinguino, nino");
  CHECK(text::fold("ce\u0301dula nin\u0303o") == "cedula nino");
  CHECK(text::fold("Daniel Lemaître") == "daniel lemaitre");
  CHECK(text::fold("Łódź, ŠĐĈ") == "lodz, sdc");
  CHECK(text::fold("¿$1.000? 👍🏿 ×÷") == "¿$1.000? 👍🏿 ×÷");
  CHECK(text::fold("\xF1\xFF") == "\xF1\xFF");
}

TEST_CASE("trimming takes white space at the ends only") {
  CHECK(text::trim(" \t hola mundo\r\n") == "hola mundo");
  CHECK(text::trim(" \n ").empty());
  CHECK(text::trim("").empty());
}

TEST_CASE("no bytes whatever break the text functions") {
  std::mt19937 random(20260331);
  for (int round = 0; round < 20000; ++round) {
    const std::string bytes = random_bytes(random, random() % 40);
    const std::size_t max = random() % 24;
    const std::string clean = text::sanitize(bytes, max);
    REQUIRE(text::is_valid_utf8(clean));
    REQUIRE(text::utf16_length(clean) <= max);
    REQUIRE(text::sanitize(clean, max) == clean);
    REQUIRE(text::utf16_length(text::truncate(clean, max / 2)) <= max / 2);
    REQUIRE(text::is_valid_utf8(text::truncate(clean, max / 2)));
    REQUIRE(text::is_valid_utf8(text::fold(clean)));
    REQUIRE(text::fold(text::fold(clean)) == text::fold(clean));
    text::fold(bytes);
    text::truncate(bytes, max);
  }
}
