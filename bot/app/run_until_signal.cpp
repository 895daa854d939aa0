#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>

#include "app/app.hpp"
#include "core/log.hpp"

namespace catalina {

namespace asio = boost::asio;

void run_until_signal(asio::io_context& io, std::function<asio::awaitable<void>()> stop) {
  asio::signal_set signals(io, SIGINT, SIGTERM);
  signals.async_wait([&](const boost::system::error_code& error, int) {
    if (error) return;
    log::info("stopping; a second signal ends at once");
    signals.async_wait([](const boost::system::error_code& second, int number) {
      if (!second) _exit(128 + number);
    });
    asio::co_spawn(io, stop(), [&io](const std::exception_ptr& failure) {
      if (failure) log::error("the stop failed");
      io.stop();
    });
  });
  io.run();
}

}  // namespace catalina
