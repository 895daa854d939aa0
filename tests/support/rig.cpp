#include "support/rig.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/use_future.hpp>
#include <stdexcept>
#include <utility>

#include "core/crypto.hpp"

namespace catalina::test {

namespace asio = boost::asio;
using nlohmann::json;

namespace {

constexpr auto patience = std::chrono::seconds(10);

http::Router route_everything(const http::Handler& handler) {
  http::Router router;
  router.add("POST", "/*", handler);
  return router;
}

}  // namespace

RecordingGraph::RecordingGraph(asio::io_context& io)
    : server_(io, route_everything([this](http::Request request) {
                return answer(std::move(request));
              }),
              {}) {}

asio::awaitable<http::Response> RecordingGraph::answer(http::Request request) {
  http::Response response;
  response.content_type = "application/json";
  json body = json::parse(request.body);
  if (body.contains("status")) {
    response.body = R"({"success":true})";
    co_return response;
  }
  const std::lock_guard lock(mutex_);
  std::string wamid = std::exchange(next_wamid_, {});
  if (wamid.empty()) wamid = "wamid.test." + std::to_string(sent_.size() + 1);
  json answer{{"messaging_product", "whatsapp"}, {"messages", json::array({{{"id", wamid}}})}};
  sent_.push_back(std::move(body));
  arrived_.notify_all();
  response.body = answer.dump();
  co_return response;
}

std::vector<json> RecordingGraph::wait_for(std::size_t count) {
  std::unique_lock lock(mutex_);
  if (!arrived_.wait_for(lock, patience, [&] { return sent_.size() >= count; }))
    throw std::runtime_error("the Graph API got " + std::to_string(sent_.size()) +
                             " messages, not " + std::to_string(count));
  return sent_;
}

std::vector<json> RecordingGraph::sent() {
  const std::lock_guard lock(mutex_);
  return sent_;
}

void RecordingGraph::name_next(std::string wamid) {
  const std::lock_guard lock(mutex_);
  next_wamid_ = std::move(wamid);
}

asio::awaitable<void> RecordingGraph::stop() {
  return server_.stop(std::chrono::seconds(1));
}

Rig::Rig()
    : io_(1),
      graph_(io_),
      settings_(load_settings([](const std::string&) { return std::nullopt; })),
      clock_(Clock::starting_at(parse_utc("2026-11-21T14:30:00Z"))) {
  settings_.http.port = 0;
  settings_.data_dir = data_ / "data";
  settings_.whatsapp.app_secret = app_secret;
  settings_.whatsapp.verify_token = verify_token;
  settings_.whatsapp.access_token = access_token;
  settings_.whatsapp.phone_number_id = phone_number_id;
  settings_.whatsapp.business_account_id = "108765432109001";
  settings_.whatsapp.graph_url = "http://127.0.0.1:" + std::to_string(graph_.port());
  settings_.engine_hold_seconds = 0;  // tests that are about it set it themselves
  graph_.start();
  start();
}

Rig::~Rig() {
  stop();
}

void Rig::start() {
  io_.restart();
  app_ = std::make_unique<App>(io_, settings_, clock_);
  app_->start();
  client_ = std::make_unique<http::Client>(io_.get_executor(),
                                           "http://127.0.0.1:" + std::to_string(app_->port()));
  thread_ = std::thread([this] {
    const auto work = asio::make_work_guard(io_);
    io_.run();
  });
}

void Rig::stop() {
  asio::co_spawn(io_, app_->stop(), asio::use_future).get();
  io_.stop();
  thread_.join();
  client_.reset();
  app_.reset();
}

void Rig::restart() {
  stop();
  start();
}

http::CallResult Rig::call(const std::string& method, const std::string& target,
                           http::Headers headers, const std::string& body) {
  return asio::co_spawn(io_, client_->call(method, target, std::move(headers), body),
                        asio::use_future)
      .get();
}

unsigned Rig::post_webhook(const std::string& body, std::optional<std::string> signature) {
  if (!signature) signature = "sha256=" + crypto::hmac_sha256_hex(app_secret, body);
  http::Headers headers{{"Content-Type", "application/json"}};
  if (!signature->empty()) headers.emplace_back("X-Hub-Signature-256", *signature);
  const http::CallResult result = call("POST", "/webhook", std::move(headers), body);
  if (result.kind != http::CallResult::Kind::answered)
    throw std::runtime_error("no answer: " + result.error);
  return result.response.status;
}

http::Response Rig::get(const std::string& target) {
  http::CallResult result = call("GET", target, {}, "");
  if (result.kind != http::CallResult::Kind::answered)
    throw std::runtime_error("no answer: " + result.error);
  return std::move(result.response);
}

void Rig::settle() {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (std::chrono::steady_clock::now() < deadline) {
    const json health = json::parse(get("/health").body);
    if (health["queue_depth"] == 0 && health["outgoing_waiting"] == 0 &&
        health["outgoing_in_flight"] == 0)
      return;
  }
  throw std::runtime_error("Catalina does not come to rest");
}

std::string text_webhook(const std::string& wamid, const std::string& phone,
                         const std::string& text) {
  const json value{
      {"messaging_product", "whatsapp"},
      {"metadata",
       {{"display_phone_number", "573005559000"}, {"phone_number_id", phone_number_id}}},
      {"contacts",
       {{{"profile", {{"name", "Vecina"}}}, {"wa_id", phone}, {"user_id", "CO.7" + phone}}}},
      {"messages",
       {{{"from", phone},
         {"from_user_id", "CO.7" + phone},
         {"id", wamid},
         {"timestamp", "1795271400"},  // 2026-11-21T14:30:00Z
         {"type", "text"},
         {"text", {{"body", text}}}}}}};
  return json{
      {"object", "whatsapp_business_account"},
      {"entry",
       {{{"id", "108765432109001"}, {"changes", {{{"field", "messages"}, {"value", value}}}}}}}}
      .dump();
}

}  // namespace catalina::test
