// The emulator's contact with the world: its sockets and timers around the pure World. Internal to
// the room.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "core/clock.hpp"
#include "emulator/emulator.hpp"
#include "emulator/world.hpp"
#include "http/client.hpp"
#include "http/server.hpp"

namespace catalina::emulator {

class Shell : public std::enable_shared_from_this<Shell> {
 public:
  Shell(boost::asio::io_context& io, Clock& clock, Options options);

  // Binds the server; apart from the constructor because routes refer weakly to this object.
  void open();
  void start();
  boost::asio::awaitable<void> stop();
  void set_webhook_url(const std::string& url);
  boost::asio::awaitable<bool> verify_webhook();

  // Any thread: something changed that may be due at once or that somebody waits for.
  void wake();
  // Io thread: returns after the next change, or after `longest`.
  boost::asio::awaitable<void> wait_for_change(std::chrono::milliseconds longest);

  // Runs `what(world, now)` under the lock and wakes what waits for its consequences.
  template <typename Act>
  auto act(Act what) {
    const std::lock_guard lock(mutex);
    wake();
    return what(world, clock.now());
  }
  // The same for who only looks: wakes nobody.
  template <typename Look>
  auto look(Look at) {
    const std::lock_guard lock(mutex);
    return at(static_cast<const World&>(world), clock.now());
  }

  // As `act`, waking somebody only when there is a result.
  template <typename Act>
  auto act_if(Act what) {
    const std::lock_guard lock(mutex);
    auto result = what(world, clock.now());
    if (result) wake();
    return result;
  }
  bool running() const { return !stopping_; }

  using Action =
      std::function<boost::asio::awaitable<http::Response>(std::shared_ptr<Shell>, http::Request)>;
  // A handler that answers 503 once the emulator is gone.
  http::Handler handler(Action action);

  const Options options;
  const std::string run_id;  // new at every start, so that a page notices
  Clock& clock;
  std::mutex mutex;  // guards world
  World world;
  std::condition_variable changed;
  std::unique_ptr<http::Server> server;

 private:
  struct Target {
    std::string path;
    std::unique_ptr<http::Client> client;
  };

  static boost::asio::awaitable<void> pump(std::shared_ptr<Shell> self);
  static boost::asio::awaitable<void> deliver(std::shared_ptr<Shell> self,
                                              std::shared_ptr<Target> target,
                                              WebhookQueue::Post post);
  void notify();

  boost::asio::io_context& io_;
  std::shared_ptr<Target> target_;  // io thread; null: nowhere to deliver
  boost::asio::steady_timer timer_;
  std::list<boost::asio::steady_timer> waiters_;
  bool woken_ = false;
  bool stopping_ = false;
};

// The routes of the three interfaces.
void mount_graph(http::Router& router, const std::shared_ptr<Shell>& shell);
void mount_control(http::Router& router, const std::shared_ptr<Shell>& shell);
void mount_phone_page(http::Router& router, const std::shared_ptr<Shell>& shell);

http::Response json_response(const nlohmann::json& body, unsigned status = 200);
// {"error":"…"} with a sentence for a person.
http::Response problem(unsigned status, const std::string& sentence);

}  // namespace catalina::emulator
