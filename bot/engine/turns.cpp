#include "engine/turns.hpp"

#include "catalog/text.hpp"
#include "notify/handoff.hpp"
#include "store/conversations.hpp"
#include "store/events.hpp"
#include "store/handoffs.hpp"
#include "store/media_jobs.hpp"

namespace catalina::engine {
namespace {

using whatsapp::InboundMessage;

// Whoever goes on typing is answered after so many times the patience all the same.
constexpr int longest_wait = 5;

// Not from the published words: whatever made the turn fail may be in them.
const dialog::Reply apology{
    .header = {},
    .body =
        "Perdona, tuve un problema y no pude responderte. ¿Me escribes otra vez en unos minutos?",
    .footer = {},
    .action = {}};

std::optional<store::HeldWords> take_held(store::WriteTx& tx, std::int64_t citizen,
                                          Committed& left) {
  auto held = store::Held::take(tx, citizen);
  if (held) left.held -= held->rows;
  return held;
}

struct EffectWriter {
  store::WriteTx& tx;
  const dialog::Knowledge& knowledge;
  std::int64_t citizen;
  Time now;

  void operator()(const dialog::HandoffRequested& handoff) const {
    const notify::Calendar calendar(knowledge.catalog->legal_terms());
    store::Handoffs::add(tx, {.citizen = citizen,
                              .reason = handoff.reason,
                              .requested_at = now,
                              .due_at = notify::handoff_term(calendar, now).due});
  }
  void operator()(const dialog::FormReceived& form) const {
    store::Events::add(tx, {.citizen = citizen, .kind = "form", .body = form.json, .at = now});
  }
};

// Words go on from words; a picture or a tap is something else.
bool goes_on(const InboundMessage& message, const store::HeldWords& held) {
  return message.content.kind == dialog::MessageKind::text && !message.media &&
         text::utf16_length(held.text) + text::utf16_length(message.content.text) <
             dialog::limits::text_body;
}

}  // namespace

struct Turns::Thought {
  dialog::Turn turn;
  dialog::Message message;  // what it was thought from
  std::chrono::microseconds took{0};
  bool leaves_words = false;  // those that waited, to be answered before it
};

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

Turns::Thought Turns::think(const dialog::Conversation& conversation,
                            const dialog::Message& message, const store::Citizen& citizen) const {
  const auto start = std::chrono::steady_clock::now();
  Thought thought{.turn = thinking_.step(conversation, message, *knowledge_,
                                         {.display_name = citizen.name, .pinned = pinned_}, now_),
                  .message = message};
  thought.took = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - start);
  return thought;
}

// A message with the words before it that still wait for an answer.
Turns::Thought Turns::think_on(const dialog::Conversation& conversation,
                               const dialog::Message& message, const std::string& waiting,
                               const store::Citizen& citizen) const {
  dialog::Message all = message;
  all.text = waiting + '\n' + message.text;
  Thought together = think(conversation, all, citizen);
  Thought alone = think(conversation, message, citizen);
  const bool keep_text = together.turn.keep_text && alone.turn.keep_text;
  const bool as_one = dialog::belong_together(alone.turn, together.turn);
  if (!as_one && keep_text) {
    dialog::Message words;
    words.text = waiting;
    const dialog::Turn before = think(conversation, words, citizen).turn;
    alone.leaves_words = dialog::answered_before(before, alone.turn);
  }
  Thought& chosen = as_one ? together : alone;
  chosen.took = together.took + alone.took;
  chosen.turn.keep_text = keep_text;
  return std::move(chosen);
}

void Turns::answer(store::WriteTx& tx, const InboundMessage& message, const store::Citizen& citizen,
                   Committed& left) const {
  std::optional<store::HeldWords> held = take_held(tx, citizen.id, left);
  if (held && !goes_on(message, *held)) {
    answer_words(tx, *held, citizen, left);
    held.reset();
  }
  std::string before = store::Conversations::load_json(tx, citizen.id);
  auto conversation = dialog::Conversation::from_json(before);
  Thought thought = held ? think_on(conversation, message.content, held->text, citizen)
                         : think(conversation, message.content, citizen);
  if (thought.leaves_words) {
    // Two answers, each of which can be explained by itself, as if nothing had been held.
    answer_words(tx, *held, citizen, left);
    held.reset();
    before = store::Conversations::load_json(tx, citizen.id);
    conversation = dialog::Conversation::from_json(before);
    thought = think(conversation, message.content, citizen);
  }

  store::InboundRecord record = record_of(message, now_);
  record.citizen = citizen.id;
  const Time since = held ? held->since : now_;
  if (thought.turn.unfinished && patience_ > Millis(0) && !message.media &&
      now_ - since < longest_wait * patience_) {
    record.id = store::Inbound::add(tx, record);
    const Time due_at = now_ + patience_;
    store::Held::keep(tx, {.inbound = record.id,
                           .citizen = citizen.id,
                           .text = thought.message.text,
                           .since = since,
                           .due_at = due_at});
    left.held += 1;
    left.held_until = due_at;
    return;
  }
  describe(record, before, thought);
  record.id = store::Inbound::add(tx, record);
  carry_out(tx, record, thought, left);
  if (message.media && thought.turn.keep_text) {
    store::MediaJobs::add(tx, record.id, *message.media, now_);
    left.media = true;
  }
}

void Turns::answer_held(store::WriteTx& tx, std::int64_t citizen, Committed& left) const {
  const auto held = take_held(tx, citizen, left);
  const auto writer = store::Citizens::find(tx, citizen);
  if (held && writer) answer_words(tx, *held, *writer, left);
}

void Turns::answer_words(store::WriteTx& tx, const store::HeldWords& held,
                         const store::Citizen& citizen, Committed& left) const {
  store::InboundRecord record = store::Inbound::find(tx, held.inbound).value();
  dialog::Message words;
  words.text = held.text;
  words.sent_at = record.sent_at;
  const std::string before = store::Conversations::load_json(tx, citizen.id);
  Thought thought = think(dialog::Conversation::from_json(before), words, citizen);
  describe(record, before, thought);
  store::Inbound::settle(tx, record);
  carry_out(tx, record, thought, left);
}

void Turns::give_up_held(store::WriteTx& tx, std::int64_t citizen, const std::string& error,
                         Committed& left) const {
  const auto held = take_held(tx, citizen, left);
  if (!held) return;
  store::InboundRecord record = store::Inbound::find(tx, held->inbound).value();
  record.outcome = store::InboundOutcome::failed;
  record.catalog_version = knowledge_->version;
  record.error = error;
  store::Inbound::settle(tx, record);
  apologise(tx, citizen, record.wamid, left);
}

void Turns::apologise(store::WriteTx& tx, std::int64_t citizen, const std::string& wamid,
                      Committed& left) const {
  say(tx, citizen, wamid, apology, left);
}

// Writes down what was decided and why. `before`: the conversation, as JSON.
void Turns::describe(store::InboundRecord& record, const std::string& before,
                     Thought& thought) const {
  dialog::Turn& turn = thought.turn;
  record.outcome =
      turn.replies.empty() ? store::InboundOutcome::silent : store::InboundOutcome::answered;
  if (turn.keep_text) {
    if (!thought.message.text.empty()) record.text = thought.message.text;
    record.choice = thought.message.choice;
    record.context = before;
  } else {
    turn.why.evidence.clear();  // it may quote them
  }
  record.why = turn.why;
  record.catalog_version = knowledge_->version;
  record.took = thought.took;
}

void Turns::carry_out(store::WriteTx& tx, const store::InboundRecord& record,
                      const Thought& thought, Committed& left) const {
  const std::int64_t citizen = record.citizen.value();
  store::Conversations::save(tx, citizen, thought.turn.conversation, now_);
  for (const dialog::Effect& effect : thought.turn.effects)
    std::visit(EffectWriter{tx, *knowledge_, citizen, now_}, effect);
  for (const dialog::Reply& reply : thought.turn.replies)
    say(tx, citizen, record.wamid, reply, left);
}

void Turns::say(store::WriteTx& tx, std::int64_t citizen, const std::string& wamid,
                const dialog::Reply& reply, Committed& left) const {
  left.outgoing.push_back(store::Outbox::add(tx, {.citizen = citizen,
                                                  .content = thinking_.render(reply),
                                                  .in_reply_to = wamid,
                                                  .created_at = now_}));
}

}  // namespace catalina::engine
