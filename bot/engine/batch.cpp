#include "engine/batch.hpp"

#include <algorithm>
#include <iterator>

#include "core/log.hpp"
#include "engine/turns.hpp"
#include "store/citizens.hpp"
#include "store/error.hpp"
#include "store/events.hpp"
#include "store/held_words.hpp"
#include "store/inbound.hpp"
#include "store/pins.hpp"

namespace catalina::engine {
namespace {

using whatsapp::InboundKind;
using whatsapp::InboundMessage;

// An older message is remembered and not answered: by then its window is closed, and the citizen
// has long gone another way. Meta redelivers for up to seven days.
constexpr auto stale_after = std::chrono::hours(24);

// Held words answered in one commit at most; the others follow in the next.
constexpr int most_released = 256;

// Runs `work` in a savepoint. Errors of the item come back as text; those of the store itself go on
// up, because then nothing of this commit will be there. Returns nothing on success.
template <typename Work>
std::optional<std::string> attempt(store::WriteTx& tx, const Work& work) {
  try {
    tx.nested(work);
    return std::nullopt;
  } catch (const store::StoreError& error) {
    if (error.cause() == store::StoreError::Cause::environment) throw;
    return error.what();
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "not a std::exception";
  }
}

void append(Committed& all, Committed part) {
  std::move(part.outgoing.begin(), part.outgoing.end(), std::back_inserter(all.outgoing));
  all.media = all.media || part.media;
  all.stale += part.stale;
  all.held += part.held;
  if (part.held_until)
    all.held_until = std::min(*part.held_until, all.held_until.value_or(*part.held_until));
}

// Meta's clock may be ahead of ours; nobody writes in the future.
store::Citizen meet_writer(store::WriteTx& tx, const InboundMessage& message, Time now) {
  store::Citizen citizen =
      store::Citizens::meet(tx, message.from, message.name, message.username, now);
  store::Citizens::open_window(tx, citizen, std::min(message.sent_at, now));
  return citizen;
}

}  // namespace

Batch::Batch(whatsapp::Envelope envelope, std::shared_ptr<const dialog::Knowledge> knowledge,
             const Thinking& thinking, Millis patience, const Clock& clock)
    : envelope_(std::move(envelope)),
      knowledge_(std::move(knowledge)),
      thinking_(thinking),
      patience_(patience),
      clock_(clock) {
  // Meta promises no order, not even within one request.
  std::stable_sort(
      envelope_.messages.begin(), envelope_.messages.end(),
      [](const InboundMessage& a, const InboundMessage& b) { return a.sent_at < b.sent_at; });
}

void Batch::run(store::WriteTx& tx) {
  now_ = clock_.now();
  if (!envelope_.messages.empty()) take_turns(tx);

  for (const whatsapp::Receipt& receipt : envelope_.receipts) {
    std::optional<std::int64_t> moved;
    const auto error = attempt(tx, [&] { moved = store::Outbox::apply(tx, receipt, now_); });
    if (error) log::error("receipt could not be applied", {{"reason", *error}});
    if (!error && moved) committed_.receipts.push_back(*moved);
  }

  for (const whatsapp::AccountEvent& event : envelope_.account_events) {
    const auto error = attempt(tx, [&] {
      store::Events::add(
          tx, {.citizen = {}, .kind = "account:" + event.field, .body = event.json, .at = now_});
    });
    if (error) log::error("account event could not be stored", {{"reason", *error}});
  }
}

void Batch::take_turns(store::WriteTx& tx) {
  const Turns turns(knowledge_, thinking_, store::Pins::in_force(tx, now_), patience_, now_);
  for (const InboundMessage& message : envelope_.messages) receive(tx, turns, message);
}

void Batch::release(store::WriteTx& tx) {
  now_ = clock_.now();
  const Turns turns(knowledge_, thinking_, store::Pins::in_force(tx, now_), patience_, now_);
  for (const store::HeldWords& held : store::Held::due(tx, now_, now_ + patience_, most_released)) {
    Committed left;
    const auto failure = attempt(tx, [&] { turns.answer_held(tx, held.citizen, left); });
    if (failure) {
      left = {};
      const auto lost = attempt(tx, [&] { turns.give_up_held(tx, held.citizen, *failure, left); });
      log::error("turn failed", {{"inbound", held.inbound}});
      if (lost) {
        // Still due, it would be tried again at once, and for ever.
        if (const auto taken = store::Held::take(tx, held.citizen)) committed_.held -= taken->rows;
        continue;
      }
    }
    append(committed_, std::move(left));
  }
  committed_.held_until = store::Held::next_due(tx);
}

void Batch::take_up(store::WriteTx& tx) {
  release(tx);
  committed_.held_in_all = store::Held::count(tx);
}

void Batch::receive(store::WriteTx& tx, const Turns& turns, const InboundMessage& message) {
  Committed left;
  const auto failure = attempt(tx, [&] { turn(tx, turns, message, left); });
  if (!failure) {
    append(committed_, std::move(left));
    return;
  }
  Committed sorry;
  const auto lost = attempt(tx, [&] { apologise(tx, turns, message, *failure, sorry); });
  if (lost)
    log::error("message could not be stored", {{"type", message.type}, {"reason", *lost}});
  else
    append(committed_, std::move(sorry));
}

void Batch::turn(store::WriteTx& tx, const Turns& turns, const InboundMessage& message,
                 Committed& left) {
  if (store::Inbound::seen(tx, message.wamid)) return;

  store::InboundRecord record = record_of(message, now_);
  if (message.from.bsuid.empty() && message.from.phone.empty()) {
    record.outcome = store::InboundOutcome::unidentified;
  } else if (message.kind == InboundKind::identity_change) {
    record.citizen = store::Citizens::change_identity(tx, message.previous, message.from);
  } else if (message.kind == InboundKind::turn) {
    const store::Citizen citizen = meet_writer(tx, message, now_);
    if (now_ - message.sent_at <= stale_after) return turns.answer(tx, message, citizen, left);
    // Its text is not kept: only a turn decides whether it may be.
    record.outcome = store::InboundOutcome::stale;
    left.stale = 1;
    record.citizen = citizen.id;
  }
  store::Inbound::add(tx, record);
}

// The turn is over for good: the message is remembered as seen, or Meta would deliver it, and it
// would fail, for seven days.
void Batch::apologise(store::WriteTx& tx, const Turns& turns, const InboundMessage& message,
                      const std::string& error, Committed& left) {
  store::InboundRecord record = record_of(message, now_);
  record.outcome = store::InboundOutcome::failed;
  record.catalog_version = knowledge_->version;
  record.error = error;
  if (message.kind == InboundKind::turn) {
    record.citizen = meet_writer(tx, message, now_).id;
    turns.apologise(tx, *record.citizen, message.wamid, left);
  }
  // The reason stands in the row only: it may quote what the citizen wrote.
  log::error("turn failed", {{"inbound", store::Inbound::add(tx, record)}});
}

}  // namespace catalina::engine
