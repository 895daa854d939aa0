#include "emulator/webhook_queue.hpp"

#include <algorithm>

namespace catalina::emulator {

void WebhookQueue::push(Delivery delivery) {
  due_[{delivery.due, ++turn_}] = delivery.id;
  deliveries_[delivery.id] = std::move(delivery);
}

void WebhookQueue::add(Notification notification, const Identity& identity, const Knobs& knobs,
                       Time now) {
  if (batch_.empty()) batch_since_ = now;
  batch_.push_back(std::move(notification));
  if (batch_.size() >= static_cast<std::size_t>(knobs.batch_size))
    close_batch(knobs, identity, now);
}

void WebhookQueue::close_batch(const Knobs& knobs, const Identity& identity, Time now) {
  Delivery delivery;
  delivery.body = serialize(envelope(identity, batch_, now), knobs.escape_unicode,
                            static_cast<std::size_t>(knobs.body_size));
  for (const Notification& one : batch_)
    if (!one.inbound_wamid.empty()) delivery.inbound.push_back(one.inbound_wamid);
  delivery.first = delivery.due = now;
  batch_.clear();
  for (int copy = 0; copy < knobs.webhook_copies; ++copy) {
    delivery.id = next_id_++;
    push(delivery);
  }
}

void WebhookQueue::add_raw(std::string body, std::optional<std::string> signature, Time now) {
  Delivery delivery;
  delivery.id = next_id_++;
  delivery.body = std::move(body);
  delivery.signature = std::move(signature);
  delivery.first = delivery.due = now;
  push(std::move(delivery));
}

std::vector<WebhookQueue::Post> WebhookQueue::take_due(const Knobs& knobs, const Identity& identity,
                                                       Time now) {
  if (!batch_.empty() && now >= batch_since_ + knobs.batch_wait) close_batch(knobs, identity, now);
  std::vector<Post> posts;
  while (!held_ && in_flight_ < knobs.webhooks_in_flight && !due_.empty() &&
         due_.begin()->first.first <= now) {
    Delivery& delivery = deliveries_.at(due_.begin()->second);
    due_.erase(due_.begin());
    delivery.in_flight = true;
    ++in_flight_;
    posts.push_back({delivery.id, delivery.body, delivery.signature});
  }
  return posts;
}

std::vector<std::string> WebhookQueue::answered(std::uint64_t id, bool ok, Time now) {
  const auto found = deliveries_.find(id);
  if (found == deliveries_.end()) return {};
  Delivery& delivery = found->second;
  --in_flight_;
  delivery.in_flight = false;
  ++delivery.attempts;
  ++totals_.posts;
  ++(ok ? totals_.taken : totals_.refused);
  const bool over = now - delivery.first >= rules_.give_up;
  if (!ok && over) ++totals_.given_up;
  if (ok || over || delivery.signature) {
    std::vector<std::string> inbound =
        ok ? std::move(delivery.inbound) : std::vector<std::string>{};
    deliveries_.erase(found);
    return inbound;
  }
  Millis pause{0};
  if (delivery.attempts > 1) {
    const int doublings = std::min(delivery.attempts - 2, 20);
    pause = std::min(rules_.longest, rules_.first * (1 << doublings));
  }
  delivery.due = now + pause;
  due_[{delivery.due, ++turn_}] = id;
  return {};
}

std::optional<Time> WebhookQueue::next_due(const Knobs& knobs) const {
  std::optional<Time> next;
  if (!batch_.empty()) next = batch_since_ + knobs.batch_wait;
  const bool can_post = !held_ && in_flight_ < knobs.webhooks_in_flight && !due_.empty();
  if (can_post && (!next || due_.begin()->first.first < *next)) next = due_.begin()->first.first;
  return next;
}

void WebhookQueue::release(Order order, std::mt19937& random) {
  held_ = false;
  std::vector<std::uint64_t> ids;
  for (const auto& [key, id] : due_) ids.push_back(id);
  if (order == Order::reversed) std::reverse(ids.begin(), ids.end());
  if (order == Order::shuffled) std::shuffle(ids.begin(), ids.end(), random);
  if (order == Order::as_came) return;
  // The same due times, handed to the deliveries in the new order.
  auto id = ids.begin();
  for (auto& [key, slot] : due_) {
    slot = *id++;
    deliveries_.at(slot).due = key.first;
  }
}

}  // namespace catalina::emulator
