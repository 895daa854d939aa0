// A keep-alive pool of connections to one host, plain or TLS with verification on.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace catalina::http {

struct ClientOptions {
  int max_connections = 64;                          // further calls wait their turn
  std::chrono::milliseconds connect_timeout{5'000};  // name, connection and TLS together
  std::chrono::milliseconds answer_timeout{30'000};  // request and answer; in a download each piece
  std::chrono::milliseconds download_timeout{300'000};  // a whole download
  std::chrono::milliseconds idle_limit{50'000};  // older idle connections are not trusted again
  std::size_t max_answer = 1024 * 1024;          // bytes
  std::string tls_authority;  // PEM file of certificates trusted beside the system's
};

struct CallResult {
  enum class Kind {
    answered,  // `response` holds it, whatever its status
    not_sent,  // nothing was written: the other side cannot have acted on it
    unknown    // written at least in part, no answer: it may or may not have acted
  };
  Kind kind = Kind::not_sent;
  Response response;
  std::string error;       // what went wrong, for the log; empty when answered
  bool too_large = false;  // with unknown: the answer was larger than the caller takes
};

class Client {
 public:
  // `base_url`: scheme, host and port, for example "https://graph.facebook.com". Throws
  // std::invalid_argument.
  Client(boost::asio::any_io_executor executor, const std::string& base_url,
         ClientOptions options = {});
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // `target` starts with "/". A connection that went stale while idle is replaced without the
  // caller noticing only when nothing can have been acted on; otherwise the result is `unknown`.
  // `answer_timeout` other than zero replaces the client's own. Redirects are answers like any
  // other: nothing is ever sent to another host.
  boost::asio::awaitable<CallResult> call(std::string method, std::string target, Headers headers,
                                          std::string body,
                                          std::chrono::milliseconds answer_timeout = {});
  // GET whose body goes to `on_data` in pieces when the status is 200; the body of any other status
  // is in the response, as after call(). More than `max_bytes` ends it as `unknown`. What `on_data`
  // throws reaches the caller.
  boost::asio::awaitable<CallResult> download(std::string target, Headers headers,
                                              std::size_t max_bytes,
                                              std::function<void(std::string_view)> on_data);
  // Closes every connection: calls in hand end as `unknown`, waiting and later ones as `not_sent`.
  void close();

 private:
  struct Pool;
  std::shared_ptr<Pool> pool_;
};

}  // namespace catalina::http
