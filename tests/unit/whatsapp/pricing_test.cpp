#include "whatsapp/pricing.hpp"

#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::whatsapp;

TEST_CASE("the billing month turns at midnight in Colombia, not in Greenwich") {
  const RateCard& card = colombia_2026_10();
  CHECK(billing_month(card, parse_utc("2026-11-01T04:59:59Z")) == 202610);
  CHECK(billing_month(card, parse_utc("2026-11-01T05:00:00Z")) == 202611);
  CHECK(billing_month(card, parse_utc("2027-01-01T04:59:59Z")) == 202612);
}

TEST_CASE("only messages of type regular are charged, by their category") {
  const RateCard& card = colombia_2026_10();
  CHECK(charged_micros(card, "service", "free_customer_service") == 0);
  CHECK(charged_micros(card, "service", "free_entry_point") == 0);
  CHECK(charged_micros(card, "service", "regular") == 800);
  CHECK(charged_micros(card, "utility", "regular") == 800);
  CHECK(charged_micros(card, "authentication", "regular") == 800);
  CHECK(charged_micros(card, "authentication-international", "regular") == 800);
  CHECK(charged_micros(card, "marketing", "regular") == 12'500);
  CHECK(charged_micros(card, "a category of next year", "regular") == 12'500);
}

TEST_CASE("the first thousand service messages of a month are free, templates never") {
  const RateCard& card = colombia_2026_10();
  CHECK(charge_type(card, "service", 0) == "free_customer_service");
  CHECK(charge_type(card, "service", 999) == "free_customer_service");
  CHECK(charge_type(card, "service", 1000) == "regular");
  CHECK(charge_type(card, "utility", 0) == "regular");
}
