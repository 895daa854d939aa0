// One connection of a client, plain or TLS. Internal to the room.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <functional>
#include <memory>
#include <string>

#include "http/client.hpp"
#include "http/url.hpp"

namespace catalina::http {

struct Call {
  std::string method;
  std::string target;
  Headers headers;
  std::string body;
  std::chrono::milliseconds timeout{};  // of the whole call; in a download of each piece
  std::chrono::milliseconds total{};    // of a whole download
  std::size_t max_answer = 0;           // bytes of a body
  std::function<void(std::string_view)>
      on_data;  // a download; empty: the body goes to the response
};

struct Exchange {
  CallResult result;
  bool reusable = false;  // the connection can take another call
  // The peer closed before the first byte of an answer: it may just have been tired of waiting.
  bool closed_unanswered = false;
};

class Connection {
 public:
  virtual ~Connection() = default;

  // Name, connection, TLS, all within `timeout`. Returns what went wrong, empty when it is open.
  virtual boost::asio::awaitable<std::string> open(std::chrono::milliseconds timeout) = 0;
  // Once open. Throws what `on_data` throws.
  virtual boost::asio::awaitable<Exchange> exchange(const Call& call) = 0;
  // True when the peer has closed an idle connection or sent what nobody asked for.
  virtual bool is_stale() = 0;
  virtual void close() = 0;

  std::chrono::steady_clock::time_point idle_since{};
};

// `url` must outlive the connection; so must `tls`, null for plain HTTP.
std::unique_ptr<Connection> make_connection(const boost::asio::any_io_executor& executor,
                                            const Url& url, boost::asio::ssl::context* tls);

}  // namespace catalina::http
