#include "dialog/radicado.hpp"

#include "support/catch.hpp"

using namespace catalina::dialog;

TEST_CASE("the check digit is that of ISO 7064 MOD 11-10") {
  CHECK(check_digit("2026000001") == '7');
  CHECK(check_digit("0794") == '5');  // the example of the standard
}

TEST_CASE("a radicado is read however it is written") {
  const std::string text = GENERATE(as<std::string>{}, "CTG-2026-000001-7", "ctg-2026-000001-7",
                                    "mi numero es ctg 2026 000001 7 gracias", "CTG20260000017",
                                    "(Ctg-2026000001-7)", "ctg - 2026 - 000001 - 7");
  CAPTURE(text);
  const auto reading = find_radicado(text);
  REQUIRE(reading);
  CHECK(reading->radicado == "CTG-2026-000001-7");
  CHECK(reading->valid);
}

TEST_CASE("any single wrong digit is noticed") {
  const std::string right = "CTG-2026-000001-7";
  for (std::size_t i = 4; i < right.size(); ++i) {
    if (right[i] == '-') continue;
    for (char digit = '0'; digit <= '9'; ++digit) {
      if (digit == right[i]) continue;
      std::string wrong = right;
      wrong[i] = digit;
      CAPTURE(wrong);
      const auto reading = find_radicado(wrong);
      REQUIRE(reading);
      CHECK_FALSE(reading->valid);
    }
  }
}

TEST_CASE("other numbers are no radicado") {
  const std::string text = GENERATE(as<std::string>{}, "", "2026", "CTG", "CTG-26-1-7",
                                    "3001234567", "EXT-AMC-26-0012345", "actg-2026-000001-7x");
  CAPTURE(text);
  CHECK_FALSE(find_radicado(text));
}
