// The part of the engine that runs inside the transaction: all of one envelope, message by message.
#pragma once

#include <memory>
#include <optional>

#include "core/clock.hpp"
#include "engine/engine.hpp"
#include "store/citizens.hpp"
#include "store/transaction.hpp"

namespace catalina::engine {

class Batch {
 public:
  Batch(whatsapp::Envelope envelope, std::shared_ptr<const dialog::Knowledge> knowledge,
        const Thinking& thinking, const Clock& clock);

  // On the writer thread, once. Throws only when the store itself cannot go on: one strange or
  // failing item never takes the others with it.
  void run(store::WriteTx& tx);

  // What it left to do, after `run` and its commit.
  Committed take() { return std::move(committed_); }

 private:
  void receive(store::WriteTx& tx, const whatsapp::InboundMessage& message);
  void turn(store::WriteTx& tx, const whatsapp::InboundMessage& message, Committed& left);
  void answer(store::WriteTx& tx, const whatsapp::InboundMessage& message,
              const store::Citizen& citizen, Committed& left);
  void apologise(store::WriteTx& tx, const whatsapp::InboundMessage& message,
                 const std::string& error, Committed& left);

  whatsapp::Envelope envelope_;
  std::shared_ptr<const dialog::Knowledge> knowledge_;
  const Thinking& thinking_;
  const Clock& clock_;
  Time now_{};                                   // of the whole batch
  std::optional<dialog::PinnedMessage> pinned_;  // for everybody, as it stands in this transaction
  Committed committed_;
};

}  // namespace catalina::engine
