#include "engine/engine.hpp"

#include <algorithm>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "engine/batch.hpp"
#include "store/error.hpp"

namespace catalina::engine {
namespace {

namespace asio = boost::asio;

// Before a release that the store refused is tried again.
constexpr Millis retry_after{1000};

// Whatever kept the commit from happening, the answer to Meta is the same.
std::exception_ptr as_unavailable(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& error) {
    return std::make_exception_ptr(Unavailable(error.what()));
  }
}

Committed run_now(store::Writer& writer, Batch& batch, void (Batch::*work)(store::WriteTx&)) {
  try {
    writer.run([&](store::WriteTx& tx) { (batch.*work)(tx); });
  } catch (const store::StoreError& error) {
    throw Unavailable(error.what());
  }
  return batch.take();
}

}  // namespace

std::shared_ptr<const dialog::Knowledge> CurrentKnowledge::get() const {
  const std::lock_guard lock(mutex_);
  return knowledge_;
}

void CurrentKnowledge::publish(std::shared_ptr<const dialog::Knowledge> next) {
  const std::lock_guard lock(mutex_);
  knowledge_ = std::move(next);
}

Engine::Engine(asio::any_io_executor io, store::Writer& writer, const CurrentKnowledge& knowledge,
               const Clock& clock, OnCommit on_commit, Thinking thinking, Millis patience)
    : io_(std::move(io)),
      writer_(writer),
      knowledge_(knowledge),
      clock_(clock),
      on_commit_(std::move(on_commit)),
      thinking_(std::move(thinking)),
      patience_(patience),
      alarm_(io_) {}

std::shared_ptr<Batch> Engine::batch(whatsapp::Envelope envelope) const {
  return std::make_shared<Batch>(std::move(envelope), knowledge_.get(), thinking_, patience_,
                                 clock_);
}

// Runs `work` of the batch and commits. OnCommit and then `done` are called on the io executor.
void Engine::commit(std::shared_ptr<Batch> batch, void (Batch::*work)(store::WriteTx&), Done done) {
  const bool taken = writer_.submit(
      [batch, work](store::WriteTx& tx) { (batch.get()->*work)(tx); },
      // On the writer thread, which must never run what waits for it: hence the post. The guard
      // keeps the loop alive meanwhile.
      [this, batch, done, guard = asio::make_work_guard(io_)](std::exception_ptr failure) mutable {
        asio::post(io_, [this, batch, done = std::move(done), failure] {
          if (failure) return done(as_unavailable(failure));
          Committed committed = batch->take();
          held_ = committed.held_in_all.value_or(held_ + committed.held);
          counted_ = counted_ || committed.held_in_all;
          if (committed.held_until) release_at(*committed.held_until);
          on_commit_(std::move(committed));
          done(nullptr);
        });
      });
  if (!taken)
    asio::post(io_, [done = std::move(done)] {
      done(std::make_exception_ptr(Unavailable("the store takes no work now")));
    });
}

asio::awaitable<void> Engine::receive(whatsapp::Envelope envelope) {
  const auto submit = [this, batch = batch(std::move(envelope))](auto completion) {
    // Shared, because std::function wants what it holds to be copyable.
    auto waiting = std::make_shared<decltype(completion)>(std::move(completion));
    commit(batch, &Batch::run, [io = io_, waiting](std::exception_ptr failure) {
      const auto executor = asio::get_associated_executor(*waiting, io);
      asio::dispatch(executor, [waiting, failure] { (*waiting)(failure); });
    });
  };
  co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(std::exception_ptr)>(
      submit, asio::use_awaitable);
}

Committed Engine::receive_now(whatsapp::Envelope envelope) {
  return run_now(writer_, *batch(std::move(envelope)), &Batch::run);
}

Committed Engine::release_now() {
  return run_now(writer_, *batch({}), &Batch::release);
}

void Engine::start() {
  release();
}

void Engine::stop() {
  stopped_ = true;
  alarm_.cancel();
}

void Engine::release_at(Time due) {
  if (stopped_ || (alarm_at_ && *alarm_at_ <= due)) return;
  alarm_at_ = due;
  // Never much longer than the patience: the clock may be set back meanwhile.
  alarm_.expires_after(
      std::clamp(Millis(due - clock_.now()), Millis(0), std::max(patience_, retry_after)));
  alarm_.async_wait([this](boost::system::error_code error) {
    if (!error) release();
  });
}

void Engine::release() {
  alarm_at_.reset();
  commit(batch({}), counted_ ? &Batch::release : &Batch::take_up,
         [this](std::exception_ptr failure) {
           if (failure) release_at(clock_.now() + retry_after);
         });
}

}  // namespace catalina::engine
