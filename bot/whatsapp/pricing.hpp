// What Meta charges for a message: per delivered message, by the recipient's country and the kind
// of message; since 2026-10-01 also for replies inside the 24-hour window. See "Pricing on the
// WhatsApp Business Platform" at Meta. Pure arithmetic: the bot estimates with it what Meta has not
// said, the emulator charges by it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/clock.hpp"

namespace catalina::whatsapp {

// One country's prices. Amounts are millionths of `currency` per message.
struct RateCard {
  std::string currency;
  std::int64_t service = 0;  // free-form messages
  std::int64_t utility = 0;
  std::int64_t authentication = 0;
  std::int64_t marketing = 0;
  int free_service_messages = 0;  // delivered per business number and month
  std::chrono::minutes zone{0};   // of the WhatsApp Business Account: its midnight turns the month
};

// Colombia, from 2026-10-01; the account keeps Colombian time (UTC-5, no daylight saving).
const RateCard& colombia_2026_10();

// The month a message delivered at `time` counts in: year * 100 + month, for example 202611.
int billing_month(const RateCard& card, Time time);

// The price of a message by what Meta says of it (`pricing` of a status): only type "regular" is
// charged. A category without a price of its own costs what marketing costs, the dearest, so that
// an unknown one shows up rather than hides.
std::int64_t charged_micros(const RateCard& card, std::string_view category, std::string_view type);

// The `pricing.type` of the next message of this category when `delivered_service` service messages
// were delivered before it in the same month.
std::string_view charge_type(const RateCard& card, std::string_view category,
                             std::int64_t delivered_service);

}  // namespace catalina::whatsapp
