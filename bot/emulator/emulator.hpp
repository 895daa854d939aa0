// A strict stand-in for Meta's Cloud API: takes sends at the Graph endpoint and refuses what Meta
// documents as wrong, signs and delivers webhooks, and misbehaves on demand as Meta is allowed to.
// It plays the citizens' phones too.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "core/clock.hpp"
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
};

class Emulator {
 public:
  Emulator(boost::asio::io_context& io, Clock& clock, Options options);
  ~Emulator();
  Emulator(const Emulator&) = delete;
  Emulator& operator=(const Emulator&) = delete;

  std::uint16_t port() const;  // of the Graph API and the control interface
  void start();
  boost::asio::awaitable<void> stop();

  // Adds the phone page at /demo/ and its interface below it to a server, so that the demo has one
  // address.
  void mount_phones(http::Router& router);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace catalina::emulator
