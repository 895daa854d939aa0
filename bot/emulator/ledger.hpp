// What the messages cost: per month, delivered messages by category and their price. The account
// has one number, so a month has one free tier.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/clock.hpp"

namespace catalina::emulator {

// `pricing` of a status.
struct Charge {
  std::string category;
  std::string type;  // "regular" is charged, "free_customer_service" is not
  std::int64_t micros = 0;
};

struct MonthTotal {
  int month = 0;  // 202611
  std::int64_t delivered = 0;
  std::int64_t delivered_service = 0;
  std::int64_t micros = 0;  // millionths of the currency
  std::map<std::string, std::int64_t> by_category;
};

class Ledger {
 public:
  // What the next message of this category will cost when it is delivered at `at`.
  Charge quote(const std::string& category, Time at) const;
  void deliver(const Charge& charge, Time at);
  // True when the next message would have to be paid for.
  bool must_pay(const std::string& category, Time at) const;

  MonthTotal month(Time at) const;
  std::int64_t total_micros() const;
  nlohmann::json summary(Time now) const;

 private:
  std::map<int, MonthTotal> months_;
};

}  // namespace catalina::emulator
