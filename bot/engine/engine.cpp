#include "engine/engine.hpp"

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

// Whatever kept the commit from happening, the answer to Meta is the same.
std::exception_ptr as_unavailable(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& error) {
    return std::make_exception_ptr(Unavailable(error.what()));
  }
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
               const Clock& clock, OnCommit on_commit, Thinking thinking)
    : io_(std::move(io)),
      writer_(writer),
      knowledge_(knowledge),
      clock_(clock),
      on_commit_(std::move(on_commit)),
      thinking_(std::move(thinking)) {}

asio::awaitable<void> Engine::receive(whatsapp::Envelope envelope) {
  const auto batch =
      std::make_shared<Batch>(std::move(envelope), knowledge_.get(), thinking_, clock_);
  const auto submit = [this, batch](auto completion) {
    // Shared, because std::function wants what it holds to be copyable.
    auto handler = std::make_shared<decltype(completion)>(std::move(completion));
    const auto resume = [io = io_](auto waiting, std::exception_ptr failure) {
      const auto executor = asio::get_associated_executor(*waiting, io);
      asio::dispatch(executor, [waiting, failure] { (*waiting)(failure); });
    };
    const bool taken = writer_.submit(
        [batch](store::WriteTx& tx) { batch->run(tx); },
        // On the writer thread, which must never run the webhook's coroutine: hence the post. The
        // guard keeps the loop alive meanwhile.
        [this, batch, handler, resume,
         guard = asio::make_work_guard(io_)](std::exception_ptr failure) mutable {
          asio::post(io_, [this, batch, resume, waiting = std::move(handler), failure] {
            if (failure) return resume(waiting, as_unavailable(failure));
            on_commit_(batch->take());
            resume(waiting, nullptr);
          });
        });
    if (!taken)
      asio::post(io_, [resume, waiting = std::move(handler)] {
        resume(waiting, std::make_exception_ptr(Unavailable("the store takes no work now")));
      });
  };
  co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(std::exception_ptr)>(
      submit, asio::use_awaitable);
}

Committed Engine::receive_now(whatsapp::Envelope envelope) {
  Batch batch(std::move(envelope), knowledge_.get(), thinking_, clock_);
  try {
    writer_.run([&](store::WriteTx& tx) { batch.run(tx); });
  } catch (const store::StoreError& error) {
    throw Unavailable(error.what());
  }
  return batch.take();
}

}  // namespace catalina::engine
