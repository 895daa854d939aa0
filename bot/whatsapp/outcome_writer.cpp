#include "whatsapp/outcome_writer.hpp"

#include <boost/asio/post.hpp>

#include "core/log.hpp"

namespace catalina::whatsapp {
namespace {

constexpr std::chrono::milliseconds resubmit_after{100};

enum class Failure { none, passing, final };

Failure classify(const std::exception_ptr& failure, std::string& reason) {
  if (!failure) return Failure::none;
  try {
    std::rethrow_exception(failure);
  } catch (const store::StoreError& error) {
    reason = error.what();
    return error.cause() == store::StoreError::Cause::environment ? Failure::passing
                                                                  : Failure::final;
  } catch (const std::exception& error) {
    reason = error.what();
    return Failure::final;
  }
}

}  // namespace

OutcomeWriter::OutcomeWriter(boost::asio::any_io_executor io, store::Writer& writer,
                             std::function<void()> on_stored)
    : io_(std::move(io)), writer_(writer), on_stored_(std::move(on_stored)), timer_(io_) {}

void OutcomeWriter::write(std::int64_t row, store::Writer::Work work) {
  if (closed_) return;
  Outcome& outcome = pending_[row];
  outcome = {std::move(work), ++versions_};
  submit(row, outcome);
}

void OutcomeWriter::submit(std::int64_t row, Outcome& outcome) {
  // The writer answers on its own thread, perhaps after all this is gone.
  const auto done = [self = weak_from_this(), io = io_, row,
                     version = outcome.version](std::exception_ptr failure) {
    boost::asio::post(io, [self, row, version, failure = std::move(failure)] {
      if (const auto writer = self.lock()) writer->stored(row, version, failure);
    });
  };
  outcome.submitted = writer_.submit(outcome.work, done);
  if (!outcome.submitted) submit_later();
}

void OutcomeWriter::stored(std::int64_t row, std::int64_t version,
                           const std::exception_ptr& failure) {
  const auto found = pending_.find(row);
  // A newer outcome has taken its place, and is on its way by itself.
  if (closed_ || found == pending_.end() || found->second.version != version) return;
  std::string reason;
  const Failure kind = classify(failure, reason);
  if (kind == Failure::passing) {
    found->second.submitted = false;
    submit_later();
    return;
  }
  if (kind == Failure::final)
    log::error("an outcome cannot be stored", {{"row", row}, {"reason", reason}});
  pending_.erase(found);
  on_stored_();
}

void OutcomeWriter::submit_later() {
  if (std::exchange(timer_runs_, true)) return;
  timer_.expires_after(resubmit_after);
  timer_.async_wait([self = weak_from_this()](boost::system::error_code error) {
    const auto writer = self.lock();
    if (!error && writer) writer->submit_all();
  });
}

void OutcomeWriter::submit_all() {
  timer_runs_ = false;
  if (closed_) return;
  for (auto& [row, outcome] : pending_)
    if (!outcome.submitted) submit(row, outcome);
}

void OutcomeWriter::close() {
  closed_ = true;
  pending_.clear();
  timer_.cancel();
}

}  // namespace catalina::whatsapp
