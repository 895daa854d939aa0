// Which message goes next: one lane per citizen, in order and one at a time, the lanes side by
// side, paced per citizen and over all. Pure: told the time and what became of each message, it
// keeps no clock and touches no socket. Internal to the sender.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "store/outbox.hpp"
#include "whatsapp/rate.hpp"
#include "whatsapp/send_policy.hpp"

namespace catalina::whatsapp {

struct LaneLimits {
  RateLimit::Micros interval{0};  // of the whole number, in and out
  int burst = 1;
  RateLimit::Micros pair_interval{0};  // towards one citizen
  int pair_burst = 1;
  int max_in_flight = 1;
};

class Lanes {
 public:
  explicit Lanes(LaneLimits limits);

  // At the end of its citizen's lane; a message already there is left as it is. `awaiting_receipt`:
  // it may have been sent, and is held until `not_before` unless `resolved` comes first.
  void add(store::Outgoing message, Time not_before, bool awaiting_receipt);

  struct Send {
    store::Outgoing message;  // `attempts` counts this one
    bool first_answer;        // to the message it replies to
  };
  struct Expired {
    store::Outgoing message;  // its window has closed: it has left its lane unsent
  };
  struct Wait {
    std::optional<Time> until;  // nothing may go before; none: until there is news
  };
  // Says what time it is, before any of what is below is told a time. A clock that was set back
  // takes all waiting with it, or messages would wait for as long as the clock was ahead.
  void tell_time(Time now);
  // Takes the next message that may go at `now`. What it gave out stays at the head of its lane
  // until `finish`.
  std::variant<Send, Expired, Wait> next(Time now);

  // How many attempts in a row, with this one, ended in `code` for the message on its way.
  int count(const store::Outgoing& message, int code);
  void finish(const store::Outgoing& message, const Decision& decision);
  // A receipt came: the message is not sent again, whatever it waited for.
  void resolved(std::int64_t id);
  void count_inbound(int messages, Time now);

  // What is on its way.
  std::vector<store::Outgoing> in_flight() const;
  int waiting() const { return static_cast<int>(citizen_of_.size()) - in_flight_; }
  int in_flight_count() const { return in_flight_; }
  int awaiting_receipt() const { return awaiting_receipt_; }
  // Why nothing goes; empty when all is well.
  const std::string& halted() const { return halted_; }
  // Lanes remembered, for tests of what is forgotten.
  std::size_t size() const { return lanes_.size(); }

 private:
  struct Row {
    store::Outgoing message;
    Time not_before{};
    bool awaiting_receipt = false;
    int last_code = 0;  // how the last attempts ended …
    int streak = 0;     // … this many times in a row
  };
  // When the lane's head may go; ties in the order of messages.
  using Turn = std::tuple<Time, std::int64_t, std::int64_t>;  // time, message, citizen
  struct Lane {
    explicit Lane(const LaneLimits& limits) : pair(limits.pair_interval, limits.pair_burst) {}
    std::deque<Row> rows;
    RateLimit pair;
    bool in_flight = false;
    bool resolved_in_flight = false;
    std::string answered;     // the wamid its last message replied to
    Time window_closes_at{};  // by the newest message: who writes again keeps older ones sendable
    Turn turn{};              // where it stands in `turns_` or `resting_`
  };

  void leave(Lane& lane);
  void line_up(std::int64_t citizen, Lane& lane);
  void pop(Lane& lane, std::int64_t id);
  void set_awaiting(Row& row, bool awaiting);
  void forget_rested(Time now);
  std::optional<Wait> barrier(Time now) const;

  const LaneLimits limits_;
  RateLimit rate_;
  std::unordered_map<std::int64_t, Lane> lanes_;               // by citizen
  std::unordered_map<std::int64_t, std::int64_t> citizen_of_;  // by message
  std::set<Turn> turns_;    // lanes with a message that is not on its way
  std::set<Turn> resting_;  // lanes without messages, by when their pacing is paid back
  int in_flight_ = 0;
  int awaiting_receipt_ = 0;
  std::string halted_;
  Time halted_until_{};
  Time latest_{};  // what the clock said last
};

}  // namespace catalina::whatsapp
