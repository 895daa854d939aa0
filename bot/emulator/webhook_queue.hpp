// Which POSTs to the bot are due: batching, parallel deliveries, retries. Pure; the sockets are
// elsewhere.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "emulator/knobs.hpp"
#include "emulator/webhook_body.hpp"

namespace catalina::emulator {

enum class Order { as_came, reversed, shuffled };

// Meta's rules for webhooks, retries after the first as we set them: at once, then doubling.
struct RetryRules {
  Millis first = std::chrono::seconds(1);
  Millis longest = std::chrono::hours(1);
  Millis give_up = std::chrono::days(7);
};

struct WebhookTotals {
  std::int64_t posts = 0;     // attempts that were answered or failed
  std::int64_t taken = 0;     // deliveries answered 200
  std::int64_t refused = 0;   // attempts that were not
  std::int64_t given_up = 0;  // deliveries dropped after 7 days
};

class WebhookQueue {
 public:
  struct Post {
    std::uint64_t id = 0;
    std::string body;
    std::optional<std::string> signature;  // the header's value when it is not the right one
  };

  explicit WebhookQueue(RetryRules rules = {}) : rules_(rules) {}
  // From the next failure on.
  void retry_by(RetryRules rules) { rules_ = rules; }

  void add(Notification notification, const Identity& identity, const Knobs& knobs, Time now);
  // Bytes as they are. With a signature they are posted once, whatever the answer.
  void add_raw(std::string body, std::optional<std::string> signature, Time now);

  // POSTs to make now, never more in flight than the knobs allow.
  std::vector<Post> take_due(const Knobs& knobs, const Identity& identity, Time now);
  // How a POST ended. Gives the citizens' messages that the bot has now taken.
  std::vector<std::string> answered(std::uint64_t id, bool ok, Time now);

  // When `take_due` may have more to give, as far as time decides it.
  std::optional<Time> next_due(const Knobs& knobs) const;
  bool empty() const { return batch_.empty() && deliveries_.empty(); }
  std::size_t waiting() const { return batch_.size() + deliveries_.size(); }
  const WebhookTotals& totals() const { return totals_; }

  // Nothing is posted until released.
  void hold() { held_ = true; }
  void release(Order order, std::mt19937& random);

 private:
  struct Delivery {
    std::uint64_t id = 0;
    std::string body;
    std::optional<std::string> signature;
    std::vector<std::string> inbound;  // wamids in it
    Time first{};
    Time due{};
    int attempts = 0;
    bool in_flight = false;
  };

  void close_batch(const Knobs& knobs, const Identity& identity, Time now);
  void push(Delivery delivery);

  RetryRules rules_;
  std::vector<Notification> batch_;  // waiting for company
  Time batch_since_{};
  std::map<std::uint64_t, Delivery> deliveries_;
  std::map<std::pair<Time, std::uint64_t>, std::uint64_t> due_;  // not in flight, by time and turn
  std::uint64_t next_id_ = 1;
  std::uint64_t turn_ = 0;
  int in_flight_ = 0;
  bool held_ = false;
  WebhookTotals totals_;
};

}  // namespace catalina::emulator
