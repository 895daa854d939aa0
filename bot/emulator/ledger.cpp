#include "emulator/ledger.hpp"

#include <algorithm>

#include "whatsapp/pricing.hpp"

namespace catalina::emulator {
namespace {

const whatsapp::RateCard& card() {
  return whatsapp::colombia_2026_10();
}

}  // namespace

Charge Ledger::quote(const std::string& category, Time at) const {
  const std::string type(whatsapp::charge_type(card(), category, month(at).delivered_service));
  return {category, type, whatsapp::charged_micros(card(), category, type)};
}

void Ledger::deliver(const Charge& charge, Time at) {
  const int key = whatsapp::billing_month(card(), at);
  MonthTotal& total = months_[key];
  total.month = key;
  ++total.delivered;
  if (charge.category == "service") ++total.delivered_service;
  total.micros += charge.micros;
  ++total.by_category[charge.category];
}

bool Ledger::must_pay(const std::string& category, Time at) const {
  return quote(category, at).type == "regular";
}

MonthTotal Ledger::month(Time at) const {
  const int key = whatsapp::billing_month(card(), at);
  const auto found = months_.find(key);
  if (found != months_.end()) return found->second;
  MonthTotal none;
  none.month = key;
  return none;
}

std::int64_t Ledger::total_micros() const {
  std::int64_t sum = 0;
  for (const auto& [key, total] : months_) sum += total.micros;
  return sum;
}

nlohmann::json Ledger::summary(Time now) const {
  const MonthTotal current = month(now);
  return {{"month", current.month},
          {"currency", card().currency},
          {"delivered", current.delivered},
          {"delivered_service", current.delivered_service},
          {"free_left",
           std::max<std::int64_t>(0, card().free_service_messages - current.delivered_service)},
          {"charged_micros", current.micros},
          {"total_micros", total_micros()},
          {"by_category", current.by_category}};
}

}  // namespace catalina::emulator
