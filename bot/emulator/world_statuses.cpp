// What becomes of a message after it was accepted: statuses, when they happen and how they are
// told.
#include <algorithm>

#include "emulator/world.hpp"

namespace catalina::emulator {

std::optional<GraphError> World::obstacle(const CheckedSend& send, const Phone* phone, Time now) {
  const bool is_template = send.type == "template";
  const bool known = phone != nullptr && phone->registered;
  if (!known && !knobs.any_recipient)
    return GraphError{131026, "Message undeliverable: the recipient is not on WhatsApp."};
  const bool window =
      knobs.window == Window::ignored || phone == nullptr || phone->window_open(now);
  if (!window && !is_template)
    return GraphError{131047,
                      "More than 24 hours have passed since the recipient last replied to the "
                      "sender number."};
  if (send.category == "marketing" && phone != nullptr && phone->stopped_marketing)
    return GraphError{131050, "The recipient has stopped marketing messages of this business."};
  if (!knobs.payment_method && ledger.must_pay(send.category, now))
    return GraphError{131042, "The account has no payment method."};
  if (is_template && !window && !limits_.reach(phone->id, knobs, now))
    return GraphError{131048, "The messaging limit of the last 24 hours is reached."};
  return std::nullopt;
}

void World::plan(Time at, Planned status) {
  planned_[{at, next_plan_++}] = std::move(status);
}

void World::plan_delivery(const std::string& wamid, const Sent& sent, Time now) {
  const Time sent_at = now + knobs.sent_delay;
  if (const auto error = obstacle(sent.send, sent.phone, now))
    return plan(sent_at, {wamid, Tick::failed, error->code, error->details});
  if (sent.send.type == "template" && knobs.templates_held) return;
  plan(sent_at, {wamid, Tick::sent, 0, {}});
  const Time then = sent_at + knobs.delivered_delay;
  if (knobs.fail_after_sent != 0)
    plan(then, {wamid, Tick::failed, knobs.fail_after_sent, "As the knob says"});
  else if (sent.send.type != "reaction")  // of which only `sent` is told
    plan(then, {wamid, Tick::delivered, 0, {}});
}

void World::plan_read(const std::string& wamid, Sent& sent, Time now) {
  if (sent.read_planned) return;
  sent.read_planned = true;
  plan(now + knobs.read_delay, {wamid, Tick::read, 0, {}});
}

void World::happen(const Planned& status, Time at) {
  const auto found = sent_.find(status.wamid);
  if (found == sent_.end()) return;
  Sent& sent = found->second;
  const bool arrives = status.tick == Tick::delivered || status.tick == Tick::read;
  if (status.tick == Tick::sent || arrives) {
    if (!sent.charge) sent.charge = ledger.quote(sent.send.category, at);
    if (arrives && !sent.delivered) {
      sent.delivered = true;
      ledger.deliver(*sent.charge, at);
    }
  }
  if (Bubble* bubble = sent.phone != nullptr ? sent.phone->find(status.wamid) : nullptr) {
    bubble->tick = status.tick;
    bubble->code = status.code;
    bubble->problem = status.details;
    touch(*sent.phone, *bubble);
  }
  const bool skipped = status.tick == Tick::delivered && knobs.delivered_skipped;
  const PricingOn pricing = knobs.pricing_on;
  const bool first_arrival =
      knobs.delivered_skipped ? status.tick == Tick::read : status.tick == Tick::delivered;
  const bool with_charge = (status.tick == Tick::sent && pricing != PricingOn::delivered) ||
                           (first_arrival && pricing != PricingOn::sent);
  if (!skipped) tell(status, sent, with_charge, at);
  if (status.tick != Tick::delivered) return;
  const bool looks = sent.phone != nullptr && sent.phone->open && sent.phone->read_receipts;
  if (knobs.reading == Reading::always || skipped || (looks && knobs.reading == Reading::when_open))
    plan_read(status.wamid, sent, at);
}

void World::tell(const Planned& status, const Sent& sent, bool with_charge, Time at) {
  StatusNews news;
  news.wamid = status.wamid;
  news.status = to_string(status.tick);
  news.at = at;
  news.phone = sent.phone;
  news.number = sent.send.number;
  news.opaque = sent.send.opaque;
  news.charge = with_charge ? &*sent.charge : nullptr;
  news.error_code = status.code;
  news.error_details = status.details;
  const Notification notification = status_notification(account.identity, news);
  for (int copy = 0; copy < (knobs.statuses_doubled ? 2 : 1); ++copy)
    withheld_.push_back(notification);
}

void World::run_until(Time now) {
  while (!planned_.empty() && planned_.begin()->first.first <= now) {
    const auto due = planned_.extract(planned_.begin());
    happen(due.mapped(), due.key().first);
  }
  if (!statuses_held_)
    release_statuses(knobs.statuses_shuffled ? Order::shuffled : Order::as_came, withheld_.size(),
                     now);
}

void World::release_statuses(Order order, std::size_t count, Time now) {
  if (order == Order::reversed) std::reverse(withheld_.begin(), withheld_.end());
  if (order == Order::shuffled) std::shuffle(withheld_.begin(), withheld_.end(), random);
  const auto end =
      withheld_.begin() + static_cast<std::ptrdiff_t>(std::min(count, withheld_.size()));
  for (auto notification = withheld_.begin(); notification != end; ++notification)
    webhooks.add(std::move(*notification), account.identity, knobs, now);
  withheld_.erase(withheld_.begin(), end);
  if (withheld_.empty()) statuses_held_ = false;
}

std::optional<Time> World::next_due() const {
  std::optional<Time> next = webhooks.next_due(knobs);
  if (!planned_.empty() && (!next || planned_.begin()->first.first < *next))
    next = planned_.begin()->first.first;
  return next;
}

}  // namespace catalina::emulator
