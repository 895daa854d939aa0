// One accepted connection: reads requests, has them answered, and ends politely. Internal to the
// room.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <memory>

#include "http/server.hpp"

namespace catalina::http {

class Session {
 public:
  virtual ~Session() = default;

  // Ends when the connection does. Throws nothing but what a cancellation of the coroutine throws.
  virtual boost::asio::awaitable<void> run() = 0;
  // No further request: waiting for one ends now, one in hand is answered first.
  virtual void drain() = 0;
  // Closes at once.
  virtual void abort() = 0;
};

// `router` and `options` must outlive the session. `tls` may be null: plain HTTP.
std::unique_ptr<Session> make_session(boost::asio::ip::tcp::socket socket, const Router& router,
                                      const ServerOptions& options, boost::asio::ssl::context* tls);

}  // namespace catalina::http
