#include "emulator/limits.hpp"

#include <algorithm>
#include <cmath>

namespace catalina::emulator {
namespace {

// "Throughput" and "pair rate limit", Cloud API.
constexpr std::chrono::seconds pair_interval{6};
constexpr int pair_burst = 45;
constexpr std::chrono::hours reach_period{24};

}  // namespace

whatsapp::RateLimit& Limits::throughput(const Knobs& knobs) {
  if (!throughput_ || rate_ != knobs.messages_per_second) {
    rate_ = knobs.messages_per_second;
    const std::chrono::microseconds interval(std::llround(1'000'000 / rate_));
    throughput_.emplace(interval, std::max(1, static_cast<int>(rate_)));
  }
  return *throughput_;
}

std::optional<GraphError> Limits::take(const std::string& user, const Knobs& knobs, Time now) {
  const bool limited = knobs.messages_per_second > 0;
  if (limited && throughput(knobs).ready_at(now) > now)
    return GraphError{130429, "Cloud API message throughput has been reached."};
  if (knobs.pair_limit) {
    Pair& pair =
        pairs_.try_emplace(user, Pair{whatsapp::RateLimit(pair_interval, pair_burst), Time{}})
            .first->second;
    const bool unpaid =
        knobs.pair_strict && now - pair.last >= pair_interval && !pair.limit.idle(now);
    if (unpaid || !pair.limit.try_take(now))
      return GraphError{131056,
                        "Too many messages sent from the sender phone number to the same "
                        "recipient phone number in a short period of time."};
    pair.last = now;
    forget_idle_pairs(now);
  }
  if (limited) throughput(knobs).take(now);
  return std::nullopt;
}

void Limits::count_inbound(const Knobs& knobs, Time now) {
  if (knobs.messages_per_second > 0) throughput(knobs).take(now);
}

void Limits::forget_idle_pairs(Time now) {
  if (pairs_.size() < cleanup_at_) return;
  std::erase_if(pairs_, [&](const auto& entry) { return entry.second.limit.idle(now); });
  cleanup_at_ = std::max<std::size_t>(10'000, pairs_.size() * 2);
}

bool Limits::reach(const std::string& user, const Knobs& knobs, Time now) {
  std::erase_if(reached_, [&](const auto& entry) { return now - entry.second >= reach_period; });
  if (reached_.contains(user)) return true;
  if (reached_.size() >= static_cast<std::size_t>(knobs.messaging_limit)) return false;
  reached_[user] = now;
  return true;
}

}  // namespace catalina::emulator
