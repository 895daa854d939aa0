#include "emulator/shell.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <stdexcept>

#include "core/crypto.hpp"
#include "core/log.hpp"

namespace catalina::emulator {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::milliseconds longest_sleep{60'000};
constexpr std::chrono::milliseconds shortest_sleep{1};
constexpr std::chrono::milliseconds stop_grace{2'000};
constexpr int webhook_connections = 256;

asio::awaitable<void> sleep(asio::steady_timer& timer, std::chrono::milliseconds duration) {
  boost::system::error_code ignored;
  timer.expires_after(duration);
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

asio::awaitable<http::Response> run(std::shared_ptr<Shell> shell, Shell::Action action,
                                    http::Request request) {
  if (!shell) co_return problem(503, "The emulator is gone");
  co_return co_await action(std::move(shell), std::move(request));
}

Identity identity_of(const Options& options) {
  Identity identity;
  identity.phone_number_id = options.phone_number_id;
  identity.business_account_id = options.business_account_id;
  identity.display_phone_number = options.display_phone_number;
  return identity;
}

}  // namespace

http::Response json_response(const nlohmann::json& body, unsigned status) {
  http::Response response;
  response.status = status;
  response.content_type = "application/json";
  response.body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return response;
}

http::Response problem(unsigned status, const std::string& sentence) {
  return json_response({{"error", sentence}}, status);
}

Shell::Shell(asio::io_context& io, Clock& time, Options given)
    : options(std::move(given)),
      run_id(crypto::random_hex(8)),
      clock(time),
      world(identity_of(options), options.access_token),
      io_(io),
      timer_(io) {}

void Shell::open() {
  http::Router router;
  mount_graph(router, shared_from_this());
  mount_control(router, shared_from_this());
  if (options.phone_page) mount_phone_page(router, shared_from_this());
  http::ServerOptions server_options;
  server_options.address = options.address;
  server_options.port = options.port;
  server = std::make_unique<http::Server>(io_, std::move(router), server_options);
  if (!options.webhook_url.empty()) set_webhook_url(options.webhook_url);
  clock.on_jump([weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->act([](World& w, Time) { w.touch(); });
  });
}

void Shell::start() {
  server->start();
  asio::co_spawn(io_, pump(shared_from_this()), asio::detached);
}

asio::awaitable<void> Shell::stop() {
  const auto self = shared_from_this();
  stopping_ = true;
  notify();
  co_await server->stop(stop_grace);
  if (target_) target_->client->close();
}

void Shell::set_webhook_url(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos)
    throw std::invalid_argument("\"" + url + "\" is not a webhook address");
  const std::size_t slash = url.find('/', scheme + 3);
  http::ClientOptions client_options;
  client_options.max_connections = webhook_connections;
  client_options.answer_timeout = options.webhook_timeout;
  auto target = std::make_shared<Target>();
  target->path = slash == std::string::npos ? "/" : url.substr(slash);
  target->client =
      std::make_unique<http::Client>(io_.get_executor(), url.substr(0, slash), client_options);
  asio::post(io_, [self = shared_from_this(), target] {
    self->target_ = target;
    self->notify();
  });
}

void Shell::wake() {
  changed.notify_all();
  asio::post(io_, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->notify();
  });
}

void Shell::notify() {
  woken_ = true;
  timer_.cancel();
  for (asio::steady_timer& waiter : waiters_) waiter.cancel();
}

asio::awaitable<void> Shell::wait_for_change(std::chrono::milliseconds longest) {
  const auto self = shared_from_this();
  if (stopping_) co_return;
  const auto waiter = waiters_.emplace(waiters_.end(), io_);
  co_await sleep(*waiter, longest);
  waiters_.erase(waiter);
}

asio::awaitable<void> Shell::pump(std::shared_ptr<Shell> self) {
  while (!self->stopping_) {
    self->woken_ = false;
    std::vector<WebhookQueue::Post> posts;
    std::chrono::milliseconds pause = longest_sleep;
    bool news = false;
    {
      const std::lock_guard lock(self->mutex);
      World& world = self->world;
      const Time now = self->clock.now();
      const std::uint64_t before = world.revision();
      world.run_until(now);
      if (self->target_) posts = world.webhooks.take_due(world.knobs, world.account.identity, now);
      news = world.revision() != before;
      const auto next = world.next_due();
      if (next && (self->target_ || *next > now))
        pause = std::clamp<std::chrono::milliseconds>(*next - now, shortest_sleep, longest_sleep);
    }
    for (WebhookQueue::Post& post : posts)
      asio::co_spawn(self->io_, deliver(self, self->target_, std::move(post)), asio::detached);
    self->changed.notify_all();
    if (news)
      for (asio::steady_timer& waiter : self->waiters_) waiter.cancel();
    if (!self->woken_) co_await sleep(self->timer_, pause);
  }
}

asio::awaitable<void> Shell::deliver(std::shared_ptr<Shell> self, std::shared_ptr<Target> target,
                                     WebhookQueue::Post post) {
  http::Headers headers{
      {"Content-Type", "application/json"},
      {"User-Agent", "facebookexternalua"},
      {"X-Hub-Signature-256",
       post.signature.value_or("sha256=" +
                               crypto::hmac_sha256_hex(self->options.app_secret, post.body))}};
  const http::CallResult result =
      co_await target->client->call("POST", target->path, std::move(headers), std::move(post.body));
  const bool answered = result.kind == http::CallResult::Kind::answered;
  const bool ok = answered && result.response.status == 200;
  if (!ok)
    log::warn("the bot did not take a webhook",
              {{"status", answered ? result.response.status : 0U}, {"reason", result.error}});
  self->act([&](World& w, Time now) { w.webhook_answered(post.id, ok, now); });
}

asio::awaitable<bool> Shell::verify_webhook() {
  const auto self = shared_from_this();
  const auto target = target_;
  if (!target) co_return false;
  const std::string challenge = std::to_string(std::stoull(crypto::random_hex(6), nullptr, 16));
  const std::string question =
      target->path + (target->path.find('?') == std::string::npos ? "?" : "&") +
      "hub.mode=subscribe&hub.challenge=" + challenge + "&hub.verify_token=" + options.verify_token;
  const http::CallResult result =
      co_await target->client->call("GET", question, http::Headers(), std::string());
  co_return result.kind == http::CallResult::Kind::answered&& result.response.status == 200 &&
      result.response.body == challenge;
}

http::Handler Shell::handler(Action action) {
  return [weak = weak_from_this(), action = std::move(action)](http::Request request) {
    return run(weak.lock(), action, std::move(request));
  };
}

}  // namespace catalina::emulator
