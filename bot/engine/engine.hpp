// Runs the turns: takes what the webhook received, has the dialog decide, writes everything in one
// transaction, and only then lets the webhook answer 200.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <vector>

#include "core/clock.hpp"
#include "dialog/knowledge.hpp"
#include "dialog/step.hpp"
#include "store/outbox.hpp"
#include "store/writer.hpp"
#include "whatsapp/envelope.hpp"
#include "whatsapp/render.hpp"

namespace catalina::engine {

class Batch;

// The snapshot turns are run with; publishing swaps it. Thread-safe.
class CurrentKnowledge {
 public:
  explicit CurrentKnowledge(std::shared_ptr<const dialog::Knowledge> first)
      : knowledge_(std::move(first)) {}
  std::shared_ptr<const dialog::Knowledge> get() const;
  void publish(std::shared_ptr<const dialog::Knowledge> next);

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const dialog::Knowledge> knowledge_;
};

// The store cannot take it now: answer 503 and let Meta deliver again.
struct Unavailable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// What a commit left to do, told on the io executor in the order of commits.
struct Committed {
  std::vector<store::Outgoing> outgoing;  // new messages for the sender
  std::vector<std::int64_t> receipts;     // outgoing rows that a receipt moved
  bool media = false;                     // a media download was queued
  int stale = 0;                          // messages too old to be answered
  int held = 0;                           // rows of held words: added, less those taken
  std::optional<int> held_in_all;         // of them, when they were counted
  std::optional<Time> held_until;         // when words that are held have to be answered next
};

// The pure functions a turn is made of. Tests put others in their place, to see a turn fail.
struct Thinking {
  std::function<dialog::Turn(const dialog::Conversation&, const dialog::Message&,
                             const dialog::Knowledge&, const dialog::Records&, Time)>
      step = dialog::step;
  std::function<std::string(const dialog::Reply&)> render = whatsapp::render;
};

// Must outlive the writer's last job and the io executor's last handler.
class Engine {
 public:
  using OnCommit = std::function<void(Committed)>;

  // `patience`: how long the answer to words that look unfinished waits for more of them; zero:
  // not at all.
  Engine(boost::asio::any_io_executor io, store::Writer& writer, const CurrentKnowledge& knowledge,
         const Clock& clock, OnCommit on_commit, Thinking thinking = {},
         Millis patience = Millis(0));

  // Takes up the words that an earlier process held. On the io thread, like `stop`, after which
  // words stay held for the next process.
  void start();
  void stop();

  // Citizens whose words wait for more of them, and then for an answer.
  int held() const { return held_; }

  // Returns after the commit that holds all of it: seen ids, conversations, events, outgoing
  // messages, receipts. Throws Unavailable when nothing was stored. A message that is already known
  // changes nothing; a turn that throws is recorded as failed and answered with an apology. Call on
  // the io thread.
  boost::asio::awaitable<void> receive(whatsapp::Envelope envelope);

  // The same without waiting on a coroutine, and without OnCommit: for the terminal chat and the
  // conversation tests. Blocks.
  Committed receive_now(whatsapp::Envelope envelope);
  // Answers the held words that are due, in the same way.
  Committed release_now();

 private:
  using Done = std::function<void(std::exception_ptr)>;
  std::shared_ptr<Batch> batch(whatsapp::Envelope envelope) const;
  void commit(std::shared_ptr<Batch> batch, void (Batch::*work)(store::WriteTx&), Done done);
  void release_at(Time due);
  void release();

  boost::asio::any_io_executor io_;
  store::Writer& writer_;
  const CurrentKnowledge& knowledge_;
  const Clock& clock_;
  OnCommit on_commit_;
  Thinking thinking_;
  const Millis patience_;
  boost::asio::steady_timer alarm_;
  std::optional<Time> alarm_at_;
  int held_ = 0;
  bool counted_ = false;  // what an earlier process held
  bool stopped_ = false;
};

}  // namespace catalina::engine
