#include "whatsapp/sender.hpp"

#include <algorithm>
#include <bit>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <random>

#include "core/log.hpp"
#include "whatsapp/lanes.hpp"
#include "whatsapp/outcome_writer.hpp"
#include "whatsapp/render.hpp"
#include "whatsapp/send_policy.hpp"

namespace catalina::whatsapp {
namespace {

namespace asio = boost::asio;
using steady = std::chrono::steady_clock;

// Blue ticks are a courtesy: they may not hold up an answer for long, nor double the traffic of a
// busy hour.
constexpr std::chrono::seconds read_mark_timeout{3};
constexpr int read_mark_backlog = 36;
// Beyond this many sent messages whose outcome is not on disk nothing more is sent: each of them
// would have its fate unknown after a crash.
constexpr std::size_t max_unrecorded = 1024;
constexpr std::chrono::hours longest_sleep{1};
// Attempts without an answer after which health calls it a halt: one may be bad luck.
constexpr std::int64_t silence_that_alarms = 3;
// After the grace of a stop, the time to hand the last outcomes to the store.
constexpr std::chrono::seconds record_grace{1};

Millis to_millis(double seconds) {
  return Millis(static_cast<Millis::rep>(seconds * 1000));
}

LaneLimits lane_limits(const WhatsappSettings& settings) {
  using Micros = RateLimit::Micros;
  const double rate = settings.messages_per_second;
  LaneLimits limits;
  limits.interval = Micros(static_cast<Micros::rep>(1e6 / rate));
  // A quarter of a second's worth at once: smooth enough for Meta's own bucket, which we cannot
  // see.
  limits.burst = std::max(1, static_cast<int>(rate / 4));
  limits.pair_interval = Micros(static_cast<Micros::rep>(1e6 * settings.pair_seconds));
  limits.pair_burst = settings.pair_burst;
  limits.max_in_flight = settings.connections;
  return limits;
}

Outcome read_outcome(const http::CallResult& call) {
  Outcome outcome;
  switch (call.kind) {
    case http::CallResult::Kind::answered:
      return read_answer(static_cast<int>(call.response.status), call.response.body);
    case http::CallResult::Kind::not_sent:
      outcome.kind = Outcome::Kind::not_sent;
      break;
    case http::CallResult::Kind::unknown:
      outcome.kind = Outcome::Kind::unknown;
      break;
  }
  outcome.details = call.error;
  return outcome;
}

// Attempts that end alike are counted together; outcomes without a code of Meta's have these.
int streak_code(const Outcome& outcome) {
  switch (outcome.kind) {
    case Outcome::Kind::not_sent:
      return -2;
    case Outcome::Kind::unknown:
      return -3;
    default:
      return outcome.code;
  }
}

}  // namespace

struct Sender::State : std::enable_shared_from_this<Sender::State> {
  State(asio::any_io_executor executor, http::Client& client, store::Writer& w, Clock& c,
        const WhatsappSettings& s)
      : io(std::move(executor)),
        graph(client),
        writer(w),
        clock(c),
        lanes(lane_limits(s)),
        receipt_wait(to_millis(s.receipt_wait_seconds)),
        read_marks(s.read_marks),
        target("/" + s.graph_version + "/" + s.phone_number_id + "/messages"),
        headers{{"Authorization", "Bearer " + s.access_token},
                {"Content-Type", "application/json"}},
        alarm(io),
        changed(io),
        random(std::random_device()()) {}

  // Separate from the constructor: what it registers refers to this object weakly.
  void begin() {
    outcomes = std::make_shared<OutcomeWriter>(io, writer, [self = weak_from_this()] {
      if (const auto state = self.lock()) state->look();
    });
    clock.on_jump([self = weak_from_this()] {
      const auto state = self.lock();
      if (!state) return;
      asio::post(state->io, [self] {
        if (const auto woken = self.lock()) woken->look();
      });
    });
  }

  // Sends all that may go now and sets the alarm for what may go later. Called after every news.
  void look();
  void set_alarm(std::optional<Time> until);
  void send(Lanes::Send item);
  static asio::awaitable<void> attempt(std::shared_ptr<State> self, store::Outgoing message,
                                       std::string body, bool mark_read);
  void finish(const store::Outgoing& message, const Outcome& outcome);
  void note_silence(const Outcome& outcome);
  void record(const store::Outgoing& message, const Outcome& outcome, const Decision& decision);
  void expire(const store::Outgoing& message);
  bool all_recorded() const { return outcomes->pending() == 0; }
  bool all_done() const { return lanes.in_flight_count() == 0 && all_recorded(); }
  asio::awaitable<void> wait_until(bool (State::*quiet)() const, steady::time_point end);

  const asio::any_io_executor io;
  http::Client& graph;
  store::Writer& writer;
  Clock& clock;
  Lanes lanes;
  std::shared_ptr<OutcomeWriter> outcomes;
  const Millis receipt_wait;
  const bool read_marks;
  const std::string target;
  const http::Headers headers;
  asio::steady_timer alarm;
  asio::steady_timer changed;  // cancelled on news: a condition for `stop`
  std::minstd_rand random;
  SenderStats counts;
  std::int64_t silence = 0;   // attempts in a row, of all lanes, without any answer of Meta's
  std::string silence_cause;  // of the last of them
  bool looking = false;
  bool stopping = false;
  bool closed = false;  // the sender is gone, and perhaps all that the references point to
};

void Sender::State::look() {
  changed.cancel();
  if (looking || stopping) return;
  looking = true;
  for (;;) {
    if (outcomes->pending() >= max_unrecorded) break;
    auto next = lanes.next(clock.now());
    if (auto* item = std::get_if<Lanes::Send>(&next)) {
      send(std::move(*item));
    } else if (auto* expired = std::get_if<Lanes::Expired>(&next)) {
      expire(expired->message);
    } else {
      set_alarm(std::get<Lanes::Wait>(next).until);
      break;
    }
  }
  looking = false;
}

void Sender::State::set_alarm(std::optional<Time> until) {
  if (!until) {
    alarm.cancel();
    return;
  }
  alarm.expires_after(std::clamp<Millis>(*until - clock.now(), Millis(1), longest_sleep));
  alarm.async_wait([self = weak_from_this()](boost::system::error_code error) {
    const auto state = self.lock();
    if (!error && state) state->look();
  });
}

void Sender::State::send(Lanes::Send item) {
  const bool mark_read = read_marks && item.first_answer && item.message.attempts == 1 &&
                         lanes.halted().empty() && lanes.waiting() <= read_mark_backlog;
  const std::string opaque = store::Outbox::opaque(writer.store_id(), item.message.id);
  std::string body;
  try {
    body = message_body(item.message.content, item.message.to, opaque);
  } catch (const std::exception& error) {
    Outcome outcome;
    outcome.kind = Outcome::Kind::refused;
    outcome.code = 100;  // what Meta calls a parameter that is not valid
    outcome.details = error.what();
    finish(item.message, outcome);
    return;
  }
  asio::co_spawn(io,
                 attempt(shared_from_this(), std::move(item.message), std::move(body), mark_read),
                 asio::detached);
}

asio::awaitable<void> Sender::State::attempt(std::shared_ptr<State> self, store::Outgoing message,
                                             std::string body, bool mark_read) {
  Outcome outcome;
  try {
    if (mark_read)
      co_await self->graph.call("POST", self->target, self->headers,
                                read_mark_body(message.in_reply_to, true), read_mark_timeout);
    if (self->closed) co_return;
    outcome = read_outcome(
        co_await self->graph.call("POST", self->target, self->headers, std::move(body)));
  } catch (const std::exception& error) {  // it may have got out before
    outcome.kind = Outcome::Kind::unknown;
    outcome.details = error.what();
  }
  if (!self->closed) self->finish(message, outcome);
}

void Sender::State::finish(const store::Outgoing& message, const Outcome& outcome) {
  note_silence(outcome);
  lanes.tell_time(clock.now());
  const int attempts = lanes.count(message, streak_code(outcome));
  const double jitter = std::uniform_real_distribution(0.0, 1.0)(random);
  const Decision decision = decide(outcome, attempts, clock.now(), receipt_wait, jitter);
  const std::string halted = lanes.halted();
  lanes.finish(message, decision);
  record(message, outcome, decision);
  if (halted != lanes.halted()) {
    if (lanes.halted().empty())
      log::info("messages are being sent again");
    else
      log::error("no message can be sent", {{"reason", lanes.halted()}, {"code", outcome.code}});
  }
  look();
}

// A dead path to Meta makes each message wait by itself; the operator is told that nothing goes, at
// once and then ever more rarely.
void Sender::State::note_silence(const Outcome& outcome) {
  const bool answered =
      outcome.kind == Outcome::Kind::accepted || outcome.kind == Outcome::Kind::refused;
  if (answered) {
    if (silence > 0) log::info("Meta answers again");
    silence = 0;
    return;
  }
  silence_cause = outcome.details;
  if (std::has_single_bit(static_cast<std::uint64_t>(++silence)))
    log::warn("Meta does not answer", {{"attempts", silence}, {"reason", silence_cause}});
}

void Sender::State::record(const store::Outgoing& message, const Outcome& outcome,
                           const Decision& decision) {
  using store::Outbox;
  using store::WriteTx;
  const std::int64_t id = message.id;
  const int attempts = message.attempts;
  const int code = std::max(outcome.code, 0);
  const Time now = clock.now();
  switch (decision.kind) {
    case Decision::Kind::done:
      ++counts.accepted;
      outcomes->write(id, [id, wamid = outcome.wamid, now](WriteTx& tx) {
        Outbox::accepted(tx, id, wamid, now);
      });
      break;
    case Decision::Kind::retry:
    case Decision::Kind::halt:
      ++counts.retried;
      log::debug("a message has to wait",
                 {{"outgoing", id}, {"attempts", attempts}, {"code", code}});
      outcomes->write(id, [id, attempts, at = decision.at, code](WriteTx& tx) {
        Outbox::retry_at(tx, id, attempts, at, code);
      });
      break;
    case Decision::Kind::wait_for_receipt:
      ++counts.retried;
      log::warn("a message's fate is unknown", {{"outgoing", id}, {"code", code}});
      outcomes->write(id, [id, attempts, at = decision.at](WriteTx& tx) {
        Outbox::fate_unknown(tx, id, attempts, at);
      });
      break;
    case Decision::Kind::give_up:
      ++counts.failed;
      log::warn("a message will never be sent",
                {{"outgoing", id}, {"code", code}, {"reason", decision.reason}});
      outcomes->write(id, [id, code, now,
                           reason = outcome.details.empty()
                                        ? decision.reason
                                        : decision.reason + ": " + outcome.details](WriteTx& tx) {
        Outbox::failed(tx, id, code, reason, now);
      });
      break;
  }
}

void Sender::State::expire(const store::Outgoing& message) {
  Outcome closed_window;
  closed_window.kind = Outcome::Kind::refused;
  closed_window.code = window_closed;
  record(message, closed_window, decide(closed_window, 1, clock.now(), receipt_wait, 0));
}

// Until `quiet`, or `end`.
asio::awaitable<void> Sender::State::wait_until(bool (State::*quiet)() const,
                                                steady::time_point end) {
  while (!closed && !(this->*quiet)() && steady::now() < end) {
    boost::system::error_code ignored;
    changed.expires_at(end);
    co_await changed.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
}

Sender::Sender(asio::any_io_executor io, http::Client& graph, store::Writer& writer, Clock& clock,
               const WhatsappSettings& settings)
    : state_(std::make_shared<State>(std::move(io), graph, writer, clock, settings)) {
  state_->begin();
}

Sender::~Sender() {
  state_->stopping = true;
  state_->closed = true;
  state_->alarm.cancel();
  state_->outcomes->close();
}

void Sender::enqueue(std::vector<store::Outgoing> messages) {
  const Time receipt_due = state_->clock.now() + state_->receipt_wait;
  for (store::Outgoing& message : messages) {
    const bool awaiting = message.state == store::OutgoingState::unknown;
    const Time not_before = awaiting ? std::max(message.due_at, receipt_due) : message.due_at;
    state_->lanes.add(std::move(message), not_before, awaiting);
  }
  state_->look();
}

void Sender::resolved(const std::vector<std::int64_t>& ids) {
  for (const std::int64_t id : ids) state_->lanes.resolved(id);
  state_->look();
}

void Sender::count_inbound(int messages) {
  state_->lanes.count_inbound(messages, state_->clock.now());
}

asio::awaitable<void> Sender::stop(std::chrono::milliseconds grace) {
  const std::shared_ptr<State> state = state_;
  state->stopping = true;
  state->alarm.cancel();
  co_await state->wait_until(&State::all_done, steady::now() + grace);
  if (state->closed) co_return;
  // What is still without an answer may have been taken: the next start waits for its receipt.
  Outcome unknown;
  unknown.kind = Outcome::Kind::unknown;
  Decision hold;
  hold.kind = Decision::Kind::wait_for_receipt;
  hold.at = state->clock.now() + state->receipt_wait;
  for (const store::Outgoing& message : state->lanes.in_flight())
    state->record(message, unknown, hold);
  co_await state->wait_until(&State::all_recorded, steady::now() + record_grace);
}

SenderStats Sender::stats() const {
  SenderStats stats = state_->counts;
  stats.waiting = state_->lanes.waiting();
  stats.in_flight = state_->lanes.in_flight_count();
  stats.unknown = state_->lanes.awaiting_receipt();
  stats.halted = state_->lanes.halted();
  if (stats.halted.empty() && state_->silence >= silence_that_alarms)
    stats.halted = "Meta does not answer: " + state_->silence_cause;
  return stats;
}

}  // namespace catalina::whatsapp
