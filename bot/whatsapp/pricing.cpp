#include "whatsapp/pricing.hpp"

namespace catalina::whatsapp {

const RateCard& colombia_2026_10() {
  static const RateCard card{.currency = "USD",
                             .service = 800,
                             .utility = 800,
                             .authentication = 800,
                             .marketing = 12'500,
                             .free_service_messages = 1000,
                             .zone = std::chrono::hours(-5)};
  return card;
}

int billing_month(const RateCard& card, Time time) {
  const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(time + card.zone)};
  return static_cast<int>(date.year()) * 100 +
         static_cast<int>(static_cast<unsigned>(date.month()));
}

std::int64_t charged_micros(const RateCard& card, std::string_view category,
                            std::string_view type) {
  if (type != "regular") return 0;
  if (category == "service") return card.service;
  if (category == "utility") return card.utility;
  if (category.starts_with("authentication")) return card.authentication;
  return card.marketing;
}

std::string_view charge_type(const RateCard& card, std::string_view category,
                             std::int64_t delivered_service) {
  const bool free = category == "service" && delivered_service < card.free_service_messages;
  return free ? "free_customer_service" : "regular";
}

}  // namespace catalina::whatsapp
