// A strict stand-in for Meta's Cloud API: takes sends at the Graph endpoint and refuses what Meta
// documents as wrong, signs and delivers webhooks, and misbehaves on demand as Meta is allowed to.
// It plays the citizens' phones too. The README beside this file describes its HTTP interface.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "emulator/world.hpp"
#include "http/server.hpp"

namespace catalina::emulator {

struct Options {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;   // 0: any free one
  std::string webhook_url;  // where the bot listens, for example http://127.0.0.1:8080/webhook
  std::string app_secret;
  std::string verify_token;
  std::string access_token;
  std::string phone_number_id = "109876543210001";
  std::string business_account_id = "108765432109001";
  std::string display_phone_number = "573005559000";
  std::chrono::milliseconds webhook_timeout{10'000};
  bool phone_page = false;  // serve /demo/ on the emulator's own port too
};

class Shell;

// The sockets run on `io`, which one thread may run; every other member may be called from any
// thread. `clock` is the time everything goes by; it must outlive the emulator.
class Emulator {
 public:
  // Binds at once: throws std::runtime_error when the port is in use.
  Emulator(boost::asio::io_context& io, Clock& clock, Options options);
  ~Emulator();
  Emulator(const Emulator&) = delete;
  Emulator& operator=(const Emulator&) = delete;

  const Options& options() const;
  std::uint16_t port() const;  // of the Graph API and the control interface
  // Webhooks wait while there is none. Throws std::invalid_argument.
  void set_webhook_url(const std::string& url);
  void start();
  boost::asio::awaitable<void> stop();
  // The handshake Meta makes before it delivers; true when the bot passed it.
  boost::asio::awaitable<bool> verify_webhook();

  // Adds the phone page at /demo/ and its interface below it to a server, so that the demo has one
  // address. Creates the first citizens and lets statuses take a moment, as on a real phone.
  void mount_phones(http::Router& router);

  // Runs `what(world, now)` under the lock and then lets what follows from it happen: how a test
  // turns knobs, scripts outcomes and looks at what came in. Do not wait for anything inside.
  template <typename Act>
  auto act(Act what);

  // The commonest acts. `phone` is an id ("p1"); throws std::invalid_argument for an unknown one.
  std::string add_phone(NewPhone phone = {});
  std::string say(const std::string& phone, const std::string& text);  // gives the wamid
  std::string tap(const std::string& phone, const std::string& wamid, const std::string& id);
  void next_send(SendOutcome outcome);
  std::vector<SendRecord> sends();

  // Waits on the calling thread, which must not be the io thread, until it holds; false when the
  // time is over first.
  bool wait_until(const std::function<bool(World&)>& holds, std::chrono::milliseconds timeout);
  bool wait_for_sends(std::uint64_t count, std::chrono::milliseconds timeout);
  // No status and no webhook is on its way.
  bool wait_until_quiet(std::chrono::milliseconds timeout);

 private:
  // Held for the time of one act.
  class Access {
   public:
    explicit Access(Shell& shell);
    ~Access();
    Access(const Access&) = delete;
    Access& operator=(const Access&) = delete;
    World& world();
    Time now() const { return now_; }

   private:
    Shell& shell_;
    Time now_;
  };

  std::shared_ptr<Shell> shell_;
};

template <typename Act>
auto Emulator::act(Act what) {
  Access access(*shell_);
  return what(access.world(), access.now());
}

}  // namespace catalina::emulator
