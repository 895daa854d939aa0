// Pacing: how many messages may pass, and when the next one may. Pure arithmetic on a clock the
// caller reads.
#pragma once

#include <chrono>

#include "core/clock.hpp"

namespace catalina::whatsapp {

// Generic cell rate algorithm: one message every `interval`, and up to `burst` back to back that
// are paid back at the same rate. Meta's pair limit is interval 6 s, burst 45; its throughput limit
// 1/80 s with a burst of one second.
class RateLimit {
 public:
  using Micros = std::chrono::microseconds;
  RateLimit(Micros interval, int burst) : interval_(interval), burst_(burst) {}

  // When the next message may pass: `now` or later.
  Time ready_at(Time now) const;
  // Counts one message that passes at `now`, allowed or not.
  void take(Time now);
  // `ready_at(now) <= now`, and if so takes it.
  bool try_take(Time now);
  // The caller's clock was set back by `by`: what is borrowed stays the same.
  void clock_set_back(Micros by) { arrival_ -= by; }
  // True when all that was borrowed is paid back, so that the object can be forgotten.
  bool idle(Time now) const;
  // From when on that is so.
  Time idle_at() const;

 private:
  Micros interval_;
  int burst_;
  std::chrono::sys_time<Micros> arrival_{};  // theoretical arrival time of the next message
};

}  // namespace catalina::whatsapp
