// Catalina as a running process: everything that works together, wired in one place. The only part
// that knows all concrete types.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>

#include "core/clock.hpp"
#include "core/settings.hpp"
#include "http/server.hpp"

namespace catalina {

class App {
 public:
  // Opens the store, loads the catalog (see app/published_catalog.hpp), binds the port. Throws
  // std::runtime_error with one plain sentence when any of it cannot be. `more_routes` adds to the
  // server's.
  App(boost::asio::io_context& io, const Settings& settings, Clock& clock,
      const std::function<void(http::Router&)>& more_routes = {});
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  std::uint16_t port() const;
  void start();
  // Health says "draining"; requests in hand and messages on the wire are finished, then the store
  // is closed. What was not committed by then was not acknowledged either, and is delivered again.
  boost::asio::awaitable<void> stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Runs `io` until SIGINT or SIGTERM, then `stop`, then returns. A second signal ends the process at
// once.
void run_until_signal(boost::asio::io_context& io,
                      std::function<boost::asio::awaitable<void>()> stop);

}  // namespace catalina
