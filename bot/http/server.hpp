// A small HTTP/1.1 server over Beast: keep-alive, limits, deadlines, graceful stop. Runs on one io
// thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"

namespace catalina::http {

// A coroutine that answers one request. An exception becomes a 500 with no detail and one log line.
using Handler = std::function<boost::asio::awaitable<Response>(Request)>;

struct RouteOptions {
  std::size_t max_body = 64 * 1024;  // bytes; more is answered 413 without reading on
};

// Which handler answers what. Patterns are literal paths, or a prefix that ends in "/*". Of those
// that know the method the most precise wins; a known path with another method answers 405 with
// Allow, an unknown path 404. HEAD is answered by GET.
class Router {
 public:
  // Throws std::logic_error when the same route is added twice.
  void add(std::string method, std::string pattern, Handler handler, RouteOptions options = {});

  struct Match {
    const Handler* handler = nullptr;
    RouteOptions options;
    std::string_view pattern;  // for the log: unlike the path it holds nobody's data
    std::string allow;         // methods the path knows, for a 405; empty: unknown path
  };
  Match find(std::string_view method, std::string_view path) const;

 private:
  struct Route {
    std::string method;
    std::string pattern;
    Handler handler;
    RouteOptions options;
  };
  std::vector<Route> routes_;
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;       // 0: any free one
  std::string tls_certificate;  // PEM file; empty: plain
  std::string tls_key;
  int max_connections = 256;  // beyond it new connections wait in the kernel's queue
  std::chrono::milliseconds header_timeout{10'000};  // a new connection's first byte, TLS, headers
  std::chrono::milliseconds body_timeout{30'000};    // a whole body, received or sent
  std::chrono::milliseconds idle_timeout{75'000};    // between two requests
};

class Server {
 public:
  // Binds at once: throws std::runtime_error with a plain sentence when the port is in use or the
  // certificate bad.
  Server(boost::asio::io_context& io, Router router, ServerOptions options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  void start();
  // Stops accepting, lets requests in hand finish for at most `grace`, then closes what is left.
  boost::asio::awaitable<void> stop(std::chrono::milliseconds grace);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace catalina::http
