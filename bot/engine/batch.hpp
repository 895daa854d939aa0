// The part of the engine that runs inside the transaction: all of one envelope, message by message;
// or all held words whose time has come.
#pragma once

#include <memory>

#include "core/clock.hpp"
#include "engine/engine.hpp"
#include "engine/turns.hpp"
#include "store/transaction.hpp"

namespace catalina::engine {

class Batch {
 public:
  Batch(whatsapp::Envelope envelope, std::shared_ptr<const dialog::Knowledge> knowledge,
        const Thinking& thinking, Millis patience, const Clock& clock);

  // On the writer thread, once. Throws only when the store itself cannot go on: one strange or
  // failing item never takes the others with it.
  void run(store::WriteTx& tx);
  // The same for what is held; the envelope is not looked at.
  void release(store::WriteTx& tx);
  // The same for the first time in a process: counts what is left, too.
  void take_up(store::WriteTx& tx);

  // What it left to do, after its commit.
  Committed take() { return std::move(committed_); }

 private:
  void take_turns(store::WriteTx& tx);
  void receive(store::WriteTx& tx, const Turns& turns, const whatsapp::InboundMessage& message);
  void turn(store::WriteTx& tx, const Turns& turns, const whatsapp::InboundMessage& message,
            Committed& left);
  void apologise(store::WriteTx& tx, const Turns& turns, const whatsapp::InboundMessage& message,
                 const std::string& error, Committed& left);

  whatsapp::Envelope envelope_;
  std::shared_ptr<const dialog::Knowledge> knowledge_;
  const Thinking& thinking_;
  const Millis patience_;
  const Clock& clock_;
  Time now_{};  // of the whole batch
  Committed committed_;
};

}  // namespace catalina::engine
