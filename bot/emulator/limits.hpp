// The platform's speed limits as it applies them to one number.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/clock.hpp"
#include "emulator/graph_error.hpp"
#include "emulator/knobs.hpp"
#include "whatsapp/rate.hpp"

namespace catalina::emulator {

class Limits {
 public:
  // Takes one message to `user` from the allowances, or says which is exhausted.
  std::optional<GraphError> take(const std::string& user, const Knobs& knobs, Time now);
  // Inbound messages count against the throughput too, and are never refused.
  void count_inbound(const Knobs& knobs, Time now);

  // The messaging limit: a message outside the window to one more user. False when the last 24
  // hours are full.
  bool reach(const std::string& user, const Knobs& knobs, Time now);

 private:
  struct Pair {
    whatsapp::RateLimit limit;
    Time last;
  };

  whatsapp::RateLimit& throughput(const Knobs& knobs);
  void forget_idle_pairs(Time now);

  double rate_ = 0;  // what throughput_ was made for
  std::optional<whatsapp::RateLimit> throughput_;
  std::unordered_map<std::string, Pair> pairs_;
  std::size_t cleanup_at_ = 10'000;      // pairs: then the idle ones are forgotten
  std::map<std::string, Time> reached_;  // users of the last 24 hours outside their windows
};

}  // namespace catalina::emulator
