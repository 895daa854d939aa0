// Sends outgoing messages to the Graph API: in order per citizen, citizens side by side, paced as
// Meta asks, tried again by error code, never sent twice on a guess. Lives on the io thread; no
// locks.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/settings.hpp"
#include "http/client.hpp"
#include "store/outbox.hpp"
#include "store/writer.hpp"

namespace catalina::whatsapp {

struct SenderStats {
  int waiting = 0;    // in lanes, not yet on the wire
  int in_flight = 0;  // requests without an answer yet
  int unknown = 0;    // waiting for their receipt
  std::int64_t accepted = 0;
  std::int64_t failed = 0;
  std::int64_t retried = 0;
  std::string halted;  // why nothing is being sent (token, payment, no way to Meta …); empty when
                       // all is well
};

class Sender {
 public:
  // The references must outlive the sender; after it is gone none of them is touched.
  Sender(boost::asio::any_io_executor io, http::Client& graph, store::Writer& writer, Clock& clock,
         const WhatsappSettings& settings);
  ~Sender();
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;

  // Takes over committed rows. Those of unknown fate may have been sent: they are held back until
  // their receipt or for `receipt_wait_seconds`, whichever is first.
  void enqueue(std::vector<store::Outgoing> messages);
  // A receipt moved these rows: whatever they waited for is over.
  void resolved(const std::vector<std::int64_t>& ids);
  // Every inbound message counts against the number's throughput.
  void count_inbound(int messages);

  // Stops taking from the lanes and waits for the answers of what is on the wire, at most `grace`.
  boost::asio::awaitable<void> stop(std::chrono::milliseconds grace);

  SenderStats stats() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace catalina::whatsapp
