#include "unit/emulator/fixture.hpp"

#include <algorithm>

namespace catalina::emulator::test {
namespace {

Options options_for(const FakeBot& bot) {
  Options options;
  options.webhook_url = bot.webhook_url();
  options.app_secret = "app-secret";
  options.verify_token = "verify-token";
  options.access_token = "access-token";
  options.phone_page = true;
  return options;
}

}  // namespace

FakeBot::FakeBot(asio::io_context& io) {
  http::Router router;
  router.add("POST", "/webhook", [this](http::Request r) { return take(std::move(r)); },
             {4 * 1024 * 1024});
  router.add("GET", "/webhook", [](http::Request request) -> asio::awaitable<http::Response> {
    http::Response response;
    for (const auto& [name, value] : http::parse_query(request.query)) {
      if (name == "hub.challenge") response.body = value;
      if (name == "hub.verify_token" && value != "verify-token") response.status = 403;
    }
    co_return response;
  });
  server_ = std::make_unique<http::Server>(io, std::move(router), http::ServerOptions{});
  server_->start();
}

std::string FakeBot::webhook_url() const {
  return "http://127.0.0.1:" + std::to_string(server_->port()) + "/webhook";
}

void FakeBot::answer_with(std::vector<unsigned> statuses) {
  const std::lock_guard lock(mutex_);
  statuses_ = std::move(statuses);
}

asio::awaitable<http::Response> FakeBot::take(http::Request request) {
  http::Response response;
  const std::lock_guard lock(mutex_);
  if (!statuses_.empty()) {
    response.status = statuses_.front();
    statuses_.erase(statuses_.begin());
  }
  webhooks_.push_back(
      {request.body, std::string(http::find_header(request.headers, "X-Hub-Signature-256"))});
  co_return response;
}

std::vector<FakeBot::Webhook> FakeBot::webhooks() const {
  const std::lock_guard lock(mutex_);
  return webhooks_;
}

std::vector<json> FakeBot::items(const char* list) const {
  std::vector<json> items;
  for (const Webhook& webhook : webhooks()) {
    const json body = json::parse(webhook.body);
    for (const json& entry : body.at("entry"))
      for (const json& change : entry.at("changes"))
        if (change["value"].contains(list))
          for (const json& item : change["value"][list]) items.push_back(item);
  }
  return items;
}

Bench::Bench(Clock start)
    : clock(start),
      bot(io),
      emulator(io, clock, options_for(bot)),
      client(io.get_executor(), "http://127.0.0.1:" + std::to_string(emulator.port())) {
  emulator.act([](World& world, Time) { world.knobs = Knobs{}; });
  emulator.start();
  thread = std::thread([this] { io.run(); });
}

Bench::~Bench() {
  asio::co_spawn(io, emulator.stop(), asio::use_future).get();
  client.close();
  asio::co_spawn(io, bot.server().stop(std::chrono::milliseconds(0)), asio::use_future).get();
  thread.join();
}

http::CallResult Bench::call(const std::string& method, const std::string& target, std::string body,
                             http::Headers headers) {
  headers.emplace_back("Authorization", "Bearer access-token");
  if (http::find_header(headers, "Content-Type").empty())
    headers.emplace_back("Content-Type", "application/json");
  return asio::co_spawn(io, client.call(method, target, std::move(headers), std::move(body)),
                        asio::use_future)
      .get();
}

http::CallResult Bench::send(const json& body) {
  return call("POST", "/v26.0/109876543210001/messages", body.dump());
}

json Bench::text_to(const std::string& number, const std::string& body) const {
  return {{"messaging_product", "whatsapp"},
          {"to", number},
          {"type", "text"},
          {"text", {{"body", body}}},
          {"biz_opaque_callback_data", "out-1"}};
}

std::string Bench::code_of(const http::CallResult& result) {
  const json body = json::parse(result.response.body, nullptr, false);
  if (!body.is_object() || !body.contains("error")) return "none";
  return std::to_string(result.response.status) + "/" + body["error"]["code"].dump();
}

}  // namespace catalina::emulator::test
