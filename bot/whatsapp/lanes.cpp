#include "whatsapp/lanes.hpp"

#include <algorithm>

#include "whatsapp/render.hpp"

namespace catalina::whatsapp {
namespace {

// A flood of inbound messages slows what we send, but by no more than this.
constexpr std::chrono::seconds max_inbound_debt{1};

}  // namespace

Lanes::Lanes(LaneLimits limits) : limits_(limits), rate_(limits.interval, limits.burst) {}

void Lanes::add(store::Outgoing message, Time not_before, bool awaiting_receipt) {
  const std::int64_t citizen = message.citizen;
  if (!citizen_of_.emplace(message.id, citizen).second) return;
  Lane& lane = lanes_.try_emplace(citizen, limits_).first->second;
  leave(lane);
  lane.window_closes_at = std::max(lane.window_closes_at, message.window_closes_at);
  lane.rows.push_back({std::move(message), not_before});
  set_awaiting(lane.rows.back(), awaiting_receipt);
  line_up(citizen, lane);
}

void Lanes::tell_time(Time now) {
  const Millis back = latest_ - now;
  latest_ = now;
  if (back <= Millis(0)) return;
  rate_.clock_set_back(back);
  halted_until_ -= back;
  for (auto& [citizen, lane] : lanes_) {
    leave(lane);
    lane.pair.clock_set_back(back);
    for (Row& row : lane.rows) row.not_before -= back;
    line_up(citizen, lane);
  }
}

std::variant<Lanes::Send, Lanes::Expired, Lanes::Wait> Lanes::next(Time now) {
  tell_time(now);
  forget_rested(now);
  if (const std::optional<Wait> wait = barrier(now)) return *wait;
  const auto [ready, id, citizen] = *turns_.begin();
  Lane& lane = lanes_.at(citizen);
  store::Outgoing& message = lane.rows.front().message;
  if (lane.window_closes_at <= now && !is_template(message.content)) {
    Expired expired{std::move(message)};
    leave(lane);
    pop(lane, expired.message.id);
    line_up(citizen, lane);
    return expired;
  }
  if (rate_.ready_at(now) > now) return Wait{rate_.ready_at(now)};

  leave(lane);
  lane.in_flight = true;
  ++in_flight_;
  set_awaiting(lane.rows.front(), false);
  rate_.take(now);
  lane.pair.take(now);
  ++message.attempts;
  const bool first_answer = !message.in_reply_to.empty() && lane.answered != message.in_reply_to;
  lane.answered = message.in_reply_to;
  return Send{message, first_answer};
}

// What keeps every lane waiting, if anything does.
std::optional<Lanes::Wait> Lanes::barrier(Time now) const {
  // While halted one message at a time is let through, to see whether the trouble is over.
  const int room = halted_.empty() ? limits_.max_in_flight : 1;
  if (turns_.empty() || in_flight_ >= room) return Wait{};
  const Time ready = std::get<Time>(*turns_.begin());
  const Time earliest = halted_.empty() ? ready : std::max(ready, halted_until_);
  if (earliest > now) return Wait{earliest};
  return std::nullopt;
}

int Lanes::count(const store::Outgoing& message, int code) {
  Row& row = lanes_.at(message.citizen).rows.front();
  row.streak = row.last_code == code ? row.streak + 1 : 1;
  row.last_code = code;
  return row.streak;
}

void Lanes::finish(const store::Outgoing& message, const Decision& decision) {
  Lane& lane = lanes_.at(message.citizen);
  lane.in_flight = false;
  --in_flight_;
  const bool over = decision.kind == Decision::Kind::done ||
                    decision.kind == Decision::Kind::give_up || lane.resolved_in_flight;
  lane.resolved_in_flight = false;
  if (over) {
    pop(lane, message.id);
  } else {
    lane.rows.front().not_before = decision.at;
    set_awaiting(lane.rows.front(), decision.kind == Decision::Kind::wait_for_receipt);
  }
  line_up(message.citizen, lane);

  if (decision.kind == Decision::Kind::halt) {
    halted_ = decision.reason;
    halted_until_ = decision.at;
  } else if (decision.kind == Decision::Kind::done || decision.kind == Decision::Kind::give_up) {
    halted_.clear();  // Meta has judged a message by itself again
  } else {
    halted_until_ = std::max(halted_until_, decision.at);
  }
}

void Lanes::resolved(std::int64_t id) {
  const auto found = citizen_of_.find(id);
  if (found == citizen_of_.end()) return;
  const std::int64_t citizen = found->second;
  Lane& lane = lanes_.at(citizen);
  if (lane.in_flight && lane.rows.front().message.id == id) {
    lane.resolved_in_flight = true;
    return;
  }
  leave(lane);
  const auto row = std::find_if(lane.rows.begin(), lane.rows.end(),
                                [id](const Row& r) { return r.message.id == id; });
  set_awaiting(*row, false);
  lane.rows.erase(row);
  citizen_of_.erase(found);
  line_up(citizen, lane);
}

void Lanes::count_inbound(int messages, Time now) {
  for (int i = 0; i < messages && rate_.ready_at(now) <= now + max_inbound_debt; ++i)
    rate_.take(now);
}

std::vector<store::Outgoing> Lanes::in_flight() const {
  std::vector<store::Outgoing> messages;
  for (const auto& [citizen, lane] : lanes_)
    if (lane.in_flight) messages.push_back(lane.rows.front().message);
  return messages;
}

// Takes a lane out of whatever line it stands in.
void Lanes::leave(Lane& lane) {
  turns_.erase(lane.turn);
  resting_.erase(lane.turn);
}

void Lanes::line_up(std::int64_t citizen, Lane& lane) {
  if (lane.in_flight) return;
  if (lane.rows.empty()) {
    lane.turn = {lane.pair.idle_at(), 0, citizen};
    resting_.insert(lane.turn);
    return;
  }
  const Row& head = lane.rows.front();
  lane.turn = {lane.pair.ready_at(head.not_before), head.message.id, citizen};
  turns_.insert(lane.turn);
}

void Lanes::pop(Lane& lane, std::int64_t id) {
  set_awaiting(lane.rows.front(), false);
  citizen_of_.erase(id);
  lane.rows.pop_front();
}

void Lanes::set_awaiting(Row& row, bool awaiting) {
  awaiting_receipt_ += (awaiting ? 1 : 0) - (row.awaiting_receipt ? 1 : 0);
  row.awaiting_receipt = awaiting;
}

// A lane without messages is kept only as long as its pacing has to be remembered.
void Lanes::forget_rested(Time now) {
  while (!resting_.empty() && std::get<Time>(*resting_.begin()) <= now) {
    lanes_.erase(std::get<2>(*resting_.begin()));
    resting_.erase(resting_.begin());
  }
}

}  // namespace catalina::whatsapp
