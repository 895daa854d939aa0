// Turns inside the transaction: thought, and either written in full or held for the words that are
// likely to follow.
//
// People type one thought in three bubbles. When a turn looks unfinished, only its words are
// written, and the conversation stays as it was; the next message of the citizen is thought
// together with them, and when none comes in time they are answered by themselves. So nothing that
// was answered ever has to be taken back, and one commit still decides everything.
#pragma once

#include <memory>

#include "core/clock.hpp"
#include "engine/engine.hpp"
#include "store/citizens.hpp"
#include "store/held_words.hpp"
#include "store/inbound.hpp"
#include "store/transaction.hpp"

namespace catalina::engine {

// What is known of a message before its turn.
store::InboundRecord record_of(const whatsapp::InboundMessage& message, Time now);

class Turns {
 public:
  // `thinking` must outlive this object. `pinned` is for everybody, as it stands in this
  // transaction, and `now` the time of all of it. `patience`: how long words may wait; zero: not at
  // all.
  Turns(std::shared_ptr<const dialog::Knowledge> knowledge, const Thinking& thinking,
        std::optional<dialog::PinnedMessage> pinned, Millis patience, Time now)
      : knowledge_(std::move(knowledge)),
        thinking_(thinking),
        pinned_(std::move(pinned)),
        patience_(patience),
        now_(now) {}

  // Answers a message that was not seen before, or holds it; what was held of the citizen is
  // answered with it, or before it.
  void answer(store::WriteTx& tx, const whatsapp::InboundMessage& message,
              const store::Citizen& citizen, Committed& left) const;
  // Answers what was held of a citizen, if anything still is.
  void answer_held(store::WriteTx& tx, std::int64_t citizen, Committed& left) const;
  // Says sorry in its place, when it cannot be answered.
  void give_up_held(store::WriteTx& tx, std::int64_t citizen, const std::string& error,
                    Committed& left) const;
  void apologise(store::WriteTx& tx, std::int64_t citizen, const std::string& wamid,
                 Committed& left) const;

 private:
  struct Thought;
  Thought think(const dialog::Conversation& conversation, const dialog::Message& message,
                const store::Citizen& citizen) const;
  Thought think_on(const dialog::Conversation& conversation, const dialog::Message& message,
                   const std::string& waiting, const store::Citizen& citizen) const;
  void answer_words(store::WriteTx& tx, const store::HeldWords& held, const store::Citizen& citizen,
                    Committed& left) const;
  void describe(store::InboundRecord& record, const std::string& before, Thought& thought) const;
  void carry_out(store::WriteTx& tx, const store::InboundRecord& record, const Thought& thought,
                 Committed& left) const;
  void say(store::WriteTx& tx, std::int64_t citizen, const std::string& wamid,
           const dialog::Reply& reply, Committed& left) const;

  std::shared_ptr<const dialog::Knowledge> knowledge_;
  const Thinking& thinking_;
  std::optional<dialog::PinnedMessage> pinned_;
  Millis patience_;
  Time now_;
};

}  // namespace catalina::engine
