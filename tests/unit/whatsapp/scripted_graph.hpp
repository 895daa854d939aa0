// A Graph API on a real socket that answers as a test says, on the test's own thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "http/server.hpp"

namespace catalina::test {

class ScriptedGraph {
 public:
  explicit ScriptedGraph(boost::asio::io_context& io)
      : gate_(io, std::chrono::steady_clock::time_point::max()), server_(io, routes(), {}) {
    server_.start();
  }

  std::string url() const { return "http://127.0.0.1:" + std::to_string(server_.port()); }

  // The next message gets this answer; those beyond the script are accepted.
  void answer_next(unsigned status, const std::string& body) {
    http::Response response;
    response.status = status;
    response.body = body;
    script_.push_back(response);
  }
  void refuse_next(int code) {
    answer_next(400, nlohmann::json{{"error", {{"code", code}, {"message", "m"}}}}.dump());
  }
  // No message is answered until `release`.
  void hold() { holding_ = true; }
  void release() {
    holding_ = false;
    gate_.cancel();
  }

  // Texts of the messages and wamids of the read marks, in the order they came.
  std::vector<std::string> texts() const {
    std::vector<std::string> texts;
    for (const auto& message : messages) texts.push_back(message["text"]["body"]);
    return texts;
  }
  std::vector<nlohmann::json> messages;
  std::vector<nlohmann::json> read_marks;
  std::string order;  // 'm' for a message, 'r' for a read mark
  http::Request last_request;

 private:
  http::Router routes() {
    http::Router router;
    router.add("POST", "/v26.0/1098/messages",
               [this](http::Request request) { return take(std::move(request)); });
    return router;
  }

  boost::asio::awaitable<http::Response> take(http::Request request) {
    const nlohmann::json body = nlohmann::json::parse(request.body);
    last_request = std::move(request);
    http::Response accepted;
    if (body.contains("status")) {
      read_marks.push_back(body);
      order += 'r';
      accepted.body = R"({"success":true})";
      co_return accepted;
    }
    messages.push_back(body);
    order += 'm';
    accepted.body =
        R"({"messages":[{"id":"wamid.out.)" + std::to_string(messages.size()) + R"("}]})";
    http::Response answer = accepted;
    if (!script_.empty()) {
      answer = script_.front();
      script_.pop_front();
    }
    while (holding_) {
      boost::system::error_code ignored;
      co_await gate_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    }
    co_return answer;
  }

  boost::asio::steady_timer gate_;
  bool holding_ = false;
  std::deque<http::Response> script_;
  http::Server server_;
};

}  // namespace catalina::test
