// Catalina as a whole inside a test: the real app on a thread of its own, real sockets, a Graph API
// that records what it is sent. Speaks to her as Meta does.
#pragma once

#include <boost/asio/io_context.hpp>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/app.hpp"
#include "core/clock.hpp"
#include "core/settings.hpp"
#include "http/client.hpp"
#include "http/server.hpp"
#include "support/temp_dir.hpp"

namespace catalina::test {

inline constexpr const char* app_secret = "catalina-demo-app-secret";
inline constexpr const char* verify_token = "catalina-demo-verify-token";
inline constexpr const char* access_token = "catalina-demo-access-token";
inline constexpr const char* phone_number_id = "109876543210001";

// Plays POST /{version}/{phone number id}/messages: accepts everything and remembers it.
class RecordingGraph {
 public:
  explicit RecordingGraph(boost::asio::io_context& io);
  std::uint16_t port() const { return server_.port(); }
  // Messages sent so far, read marks left out. Waits until there are at least `count`; throws after
  // ten seconds.
  std::vector<nlohmann::json> wait_for(std::size_t count);
  std::vector<nlohmann::json> sent();
  // The wamid of the next message; the others get one each that is made up.
  void name_next(std::string wamid);
  void start() { server_.start(); }
  boost::asio::awaitable<void> stop();

 private:
  boost::asio::awaitable<http::Response> answer(http::Request request);

  http::Server server_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<nlohmann::json> sent_;
  std::string next_wamid_;
};

class Rig {
 public:
  // The clock stands at 2026-11-21T14:30:00Z, where the payload files live, and ticks on.
  Rig();
  ~Rig();

  // POST /webhook; signed unless `signature` says otherwise. The HTTP status.
  unsigned post_webhook(const std::string& body,
                        std::optional<std::string> signature = std::nullopt);
  http::Response get(const std::string& target);
  http::CallResult call(const std::string& method, const std::string& target, http::Headers headers,
                        const std::string& body);

  RecordingGraph& graph() { return graph_; }
  Settings& settings() { return settings_; }
  std::filesystem::path database() const { return data_ / "data/catalina.db"; }
  // Waits for the sender to have nothing left to do, by asking /health.
  void settle();
  // Stops Catalina and starts her again on the same store.
  void restart();

 private:
  void start();
  void stop();

  TempDir data_;
  boost::asio::io_context io_;
  RecordingGraph graph_;
  Settings settings_;
  Clock clock_;
  std::unique_ptr<App> app_;
  std::unique_ptr<http::Client> client_;
  std::thread thread_;
};

// A signed-as-usual webhook body with one text message.
std::string text_webhook(const std::string& wamid, const std::string& phone,
                         const std::string& text);

}  // namespace catalina::test
