// An emulator and a tiny bot on real loopback sockets, their io thread in the background.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "core/clock.hpp"
#include "emulator/emulator.hpp"
#include "http/client.hpp"
#include "http/server.hpp"

namespace catalina::emulator::test {

using nlohmann::json;
namespace asio = boost::asio;
inline constexpr std::chrono::seconds patience{10};

// Takes every webhook and answers with the status it is told.
class FakeBot {
 public:
  explicit FakeBot(asio::io_context& io);

  std::string webhook_url() const;
  http::Server& server() { return *server_; }

  // Answers of the next webhooks; afterwards 200.
  void answer_with(std::vector<unsigned> statuses);
  struct Webhook {
    std::string body;
    std::string signature;
  };
  std::vector<Webhook> webhooks() const;
  // All messages or statuses received, in order of arrival.
  std::vector<json> items(const char* list) const;

 private:
  asio::awaitable<http::Response> take(http::Request request);

  mutable std::mutex mutex_;
  std::vector<unsigned> statuses_;
  std::vector<Webhook> webhooks_;
  std::unique_ptr<http::Server> server_;
};

struct Bench {
  explicit Bench(Clock start = Clock::starting_at(parse_utc("2026-11-21T14:30:00Z")));
  ~Bench();

  // A call of the Graph API over a socket.
  http::CallResult call(const std::string& method, const std::string& target, std::string body,
                        http::Headers headers = {});
  http::CallResult send(const json& body);
  // A text to a phone, in the window or not.
  json text_to(const std::string& number, const std::string& body = "Hola") const;

  static std::string code_of(const http::CallResult& result);

  Clock clock;
  asio::io_context io{1};
  FakeBot bot;
  Emulator emulator;
  http::Client client;
  std::thread thread;
};

}  // namespace catalina::emulator::test
