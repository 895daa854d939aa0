#include "engine/batch.hpp"

#include <algorithm>
#include <iterator>

#include "core/log.hpp"
#include "notify/handoff.hpp"
#include "store/citizens.hpp"
#include "store/conversations.hpp"
#include "store/error.hpp"
#include "store/events.hpp"
#include "store/handoffs.hpp"
#include "store/inbound.hpp"
#include "store/media_jobs.hpp"
#include "store/pins.hpp"

namespace catalina::engine {
namespace {

using whatsapp::InboundKind;
using whatsapp::InboundMessage;

// An older message is remembered and not answered: by then its window is closed, and the citizen
// has long gone another way. Meta redelivers for up to seven days.
constexpr auto stale_after = std::chrono::hours(24);

// Not from the published words: whatever made the turn fail may be in them.
const dialog::Reply apology{
    .header = {},
    .body =
        "Perdona, tuve un problema y no pude responderte. ¿Me escribes otra vez en unos minutos?",
    .footer = {},
    .action = {}};

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
}

store::InboundRecord record_of(const InboundMessage& message, Time now) {
  store::InboundRecord record;
  record.wamid = message.wamid;
  record.type = message.type;
  record.sent_at = message.sent_at;
  record.received_at = now;
  record.quoted_wamid = message.quoted_wamid;
  record.referral_json = message.referral_json;
  return record;
}

// Meta's clock may be ahead of ours; nobody writes in the future.
store::Citizen meet_writer(store::WriteTx& tx, const InboundMessage& message, Time now) {
  store::Citizen citizen =
      store::Citizens::meet(tx, message.from, message.name, message.username, now);
  store::Citizens::open_window(tx, citizen, std::min(message.sent_at, now));
  return citizen;
}

struct EffectWriter {
  store::WriteTx& tx;
  std::int64_t citizen;
  Time now;

  void operator()(const dialog::HandoffRequested& handoff) const {
    store::Handoffs::add(tx, {.citizen = citizen,
                              .reason = handoff.reason,
                              .requested_at = now,
                              .due_at = notify::handoff_term(now).due});
  }
  void operator()(const dialog::FormReceived& form) const {
    store::Events::add(tx, {.citizen = citizen, .kind = "form", .body = form.json, .at = now});
  }
};

}  // namespace

Batch::Batch(whatsapp::Envelope envelope, std::shared_ptr<const dialog::Knowledge> knowledge,
             const Thinking& thinking, const Clock& clock)
    : envelope_(std::move(envelope)),
      knowledge_(std::move(knowledge)),
      thinking_(thinking),
      clock_(clock) {
  // Meta promises no order, not even within one request.
  std::stable_sort(
      envelope_.messages.begin(), envelope_.messages.end(),
      [](const InboundMessage& a, const InboundMessage& b) { return a.sent_at < b.sent_at; });
}

void Batch::run(store::WriteTx& tx) {
  now_ = clock_.now();
  if (!envelope_.messages.empty()) pinned_ = store::Pins::in_force(tx, now_);
  for (const InboundMessage& message : envelope_.messages) receive(tx, message);

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

void Batch::receive(store::WriteTx& tx, const InboundMessage& message) {
  Committed left;
  const auto failure = attempt(tx, [&] { turn(tx, message, left); });
  if (!failure) {
    append(committed_, std::move(left));
    return;
  }
  Committed sorry;
  const auto lost = attempt(tx, [&] { apologise(tx, message, *failure, sorry); });
  if (lost)
    log::error("message could not be stored", {{"type", message.type}, {"reason", *lost}});
  else
    append(committed_, std::move(sorry));
}

void Batch::turn(store::WriteTx& tx, const InboundMessage& message, Committed& left) {
  if (store::Inbound::seen(tx, message.wamid)) return;

  store::InboundRecord record = record_of(message, now_);
  if (message.from.bsuid.empty() && message.from.phone.empty()) {
    record.outcome = store::InboundOutcome::unidentified;
  } else if (message.kind == InboundKind::identity_change) {
    record.citizen = store::Citizens::change_identity(tx, message.previous, message.from);
  } else if (message.kind == InboundKind::turn) {
    const store::Citizen citizen = meet_writer(tx, message, now_);
    if (now_ - message.sent_at <= stale_after) return answer(tx, message, citizen, left);
    // Its text is not kept: only a turn decides whether it may be.
    record.outcome = store::InboundOutcome::stale;
    left.stale = 1;
    record.citizen = citizen.id;
  }
  store::Inbound::add(tx, record);
}

void Batch::answer(store::WriteTx& tx, const InboundMessage& message, const store::Citizen& citizen,
                   Committed& left) {
  const dialog::Conversation conversation = store::Conversations::load(tx, citizen.id);
  const auto start = std::chrono::steady_clock::now();
  dialog::Turn turn = thinking_.step(conversation, message.content, *knowledge_,
                                     {.display_name = citizen.name, .pinned = pinned_}, now_);
  const auto took = std::chrono::steady_clock::now() - start;

  store::InboundRecord record = record_of(message, now_);
  record.citizen = citizen.id;
  record.outcome =
      turn.replies.empty() ? store::InboundOutcome::silent : store::InboundOutcome::answered;
  if (turn.keep_text) {
    if (!message.content.text.empty()) record.text = message.content.text;
    record.choice = message.content.choice;
    record.context = conversation;
  } else {
    turn.why.evidence.clear();  // it may quote them
  }
  record.why = std::move(turn.why);
  record.catalog_version = knowledge_->version;
  record.took = std::chrono::duration_cast<std::chrono::microseconds>(took);
  const std::int64_t inbound = store::Inbound::add(tx, record);

  store::Conversations::save(tx, citizen.id, turn.conversation, now_);
  for (const dialog::Effect& effect : turn.effects)
    std::visit(EffectWriter{tx, citizen.id, now_}, effect);
  for (const dialog::Reply& reply : turn.replies)
    left.outgoing.push_back(store::Outbox::add(tx, {.citizen = citizen.id,
                                                    .content = thinking_.render(reply),
                                                    .in_reply_to = message.wamid,
                                                    .created_at = now_}));
  if (message.media && turn.keep_text) {
    store::MediaJobs::add(tx, inbound, *message.media, now_);
    left.media = true;
  }
}

// The turn is over for good: the message is remembered as seen, or Meta would deliver it, and it
// would fail, for seven days.
void Batch::apologise(store::WriteTx& tx, const InboundMessage& message, const std::string& error,
                      Committed& left) {
  store::InboundRecord record = record_of(message, now_);
  record.outcome = store::InboundOutcome::failed;
  record.catalog_version = knowledge_->version;
  record.error = error;
  if (message.kind == InboundKind::turn) {
    record.citizen = meet_writer(tx, message, now_).id;
    left.outgoing.push_back(store::Outbox::add(tx, {.citizen = *record.citizen,
                                                    .content = thinking_.render(apology),
                                                    .in_reply_to = message.wamid,
                                                    .created_at = now_}));
  }
  // The reason stands in the row only: it may quote what the citizen wrote.
  log::error("turn failed", {{"inbound", store::Inbound::add(tx, record)}});
}

}  // namespace catalina::engine
