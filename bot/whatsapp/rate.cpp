#include "whatsapp/rate.hpp"

#include <algorithm>

namespace catalina::whatsapp {

Time RateLimit::ready_at(Time now) const {
  const auto earliest = std::chrono::ceil<Millis>(arrival_ - interval_ * (burst_ - 1));
  return std::max(now, earliest);
}

void RateLimit::take(Time now) {
  arrival_ = std::max(arrival_, std::chrono::time_point_cast<Micros>(now)) + interval_;
}

bool RateLimit::try_take(Time now) {
  if (ready_at(now) > now) return false;
  take(now);
  return true;
}

bool RateLimit::idle(Time now) const {
  return idle_at() <= now;
}

Time RateLimit::idle_at() const {
  return std::chrono::ceil<Millis>(arrival_);
}

}  // namespace catalina::whatsapp
