// Writes what became of each piece of work (a message, a download), and keeps it until the store
// has it: a full queue or a full disk delays the record of what was done, but never loses it.
// Internal to the room; lives on the io thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <unordered_map>

#include "store/writer.hpp"

namespace catalina::whatsapp {

class OutcomeWriter : public std::enable_shared_from_this<OutcomeWriter> {
 public:
  // `on_stored` is called each time something reached the store.
  OutcomeWriter(boost::asio::any_io_executor io, store::Writer& writer,
                std::function<void()> on_stored);

  // The newest outcome of a row replaces one that the store does not have yet.
  void write(std::int64_t row, store::Writer::Work work);
  // Rows whose outcome the store does not have yet.
  std::size_t pending() const { return pending_.size(); }
  bool holds(std::int64_t row) const { return pending_.contains(row); }
  // Forgets everything; the writer is not touched any more.
  void close();

 private:
  struct Outcome {
    store::Writer::Work work;
    std::int64_t version = 0;
    bool submitted = false;
  };

  void submit(std::int64_t row, Outcome& outcome);
  void stored(std::int64_t row, std::int64_t version, const std::exception_ptr& failure);
  void submit_later();
  void submit_all();

  boost::asio::any_io_executor io_;
  store::Writer& writer_;
  std::function<void()> on_stored_;
  std::unordered_map<std::int64_t, Outcome> pending_;
  std::int64_t versions_ = 0;
  boost::asio::steady_timer timer_;
  bool timer_runs_ = false;
  bool closed_ = false;
};

}  // namespace catalina::whatsapp
