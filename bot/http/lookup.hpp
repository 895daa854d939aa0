// The addresses of a host, in time. Internal to the room.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <memory>
#include <vector>

#include "http/url.hpp"

namespace catalina::http {

// The system's resolver can neither be hurried nor stopped. So nobody waits for it: a lookup that
// has run out of time, or was cancelled, is left to end on the resolver's own thread.
class Lookup {
 public:
  explicit Lookup(const boost::asio::any_io_executor& executor);

  // Once. Sets `error` to `timed_out` when `timeout` has passed.
  boost::asio::awaitable<std::vector<boost::asio::ip::tcp::endpoint>> run(
      const Url& url, std::chrono::milliseconds timeout, boost::system::error_code& error);
  // Ends `run` at once.
  void cancel();

 private:
  struct State;
  std::shared_ptr<State> state_;  // shared with the resolver, which may take longer than we do
};

}  // namespace catalina::http
