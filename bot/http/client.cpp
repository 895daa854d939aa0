#include "http/client.hpp"

#include <openssl/ssl.h>

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "http/connection.hpp"

namespace catalina::http {
namespace {

namespace asio = boost::asio;
using steady = std::chrono::steady_clock;

Url read_base_url(const std::string& text) {
  const std::optional<Url> url = parse_url(text);
  if (!url || url->target != "/")
    throw std::invalid_argument("\"" + text + "\" is not an address like https://host:port");
  return *url;
}

std::unique_ptr<asio::ssl::context> make_tls(const Url& url, const ClientOptions& options) {
  if (!url.tls) return nullptr;
  auto tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_client);
  SSL_CTX_set_min_proto_version(tls->native_handle(), TLS1_2_VERSION);
  tls->set_default_verify_paths();
  if (!options.tls_authority.empty()) tls->load_verify_file(options.tls_authority);
  tls->set_verify_mode(asio::ssl::verify_peer);
  return tls;
}

// What the peer cannot tell from a call made once.
bool is_safe_to_repeat(const Call& call) {
  return !call.on_data && (call.method == "GET" || call.method == "HEAD");
}

}  // namespace

struct Client::Pool : std::enable_shared_from_this<Client::Pool> {
  Pool(asio::any_io_executor e, const std::string& base_url, ClientOptions o)
      : executor(std::move(e)),
        options(std::move(o)),
        url(read_base_url(base_url)),
        tls(make_tls(url, options)) {}

  // The right to one connection, given back when it goes out of scope.
  class Lease {
   public:
    explicit Lease(std::shared_ptr<Pool> pool) : pool_(std::move(pool)) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() {
      drop();
      pool_->give_back();
    }

    // True when `connection()` is one that has carried a call before.
    bool take_idle() {
      connection_ = pool_->pop_idle();
      if (connection_) pool_->busy.push_back(connection_.get());
      return connection_ != nullptr;
    }
    asio::awaitable<std::string> open() {
      connection_ = make_connection(pool_->executor, pool_->url, pool_->tls.get());
      pool_->busy.push_back(connection_.get());
      co_return co_await connection_->open(pool_->options.connect_timeout);
    }
    void drop() {
      std::erase(pool_->busy, connection_.get());
      connection_.reset();
    }
    void keep() {
      std::erase(pool_->busy, connection_.get());
      connection_->idle_since = steady::now();
      if (!pool_->closed) pool_->idle.push_back(std::move(connection_));
    }
    Connection& connection() { return *connection_; }

   private:
    std::shared_ptr<Pool> pool_;
    std::unique_ptr<Connection> connection_;
  };

  struct Waiter {
    asio::steady_timer timer;
    bool granted = false;
  };

  // Waits for one of `max_connections`, in the order of calls. False when the client closed.
  asio::awaitable<bool> wait_for_turn() {
    if (closed) co_return false;
    if (in_use < options.max_connections) {
      ++in_use;
      co_return true;
    }
    // Owned by the queue and by this frame: a cancelled call leaves its place to the next.
    const auto waiter = std::make_shared<Waiter>(
        Waiter{asio::steady_timer(executor, steady::time_point::max()), false});
    waiting.push_back(waiter);
    boost::system::error_code woken;
    co_await waiter->timer.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    std::erase(waiting, waiter);
    co_return waiter->granted;
  }

  void give_back() {
    if (waiting.empty()) {
      --in_use;
      return;
    }
    const std::shared_ptr<Waiter> next = waiting.front();
    waiting.pop_front();
    next->granted = true;
    next->timer.cancel();
  }

  // The idle connection used last, if the peer still holds it.
  std::unique_ptr<Connection> pop_idle() {
    while (!idle.empty()) {
      std::unique_ptr<Connection> connection = std::move(idle.back());
      idle.pop_back();
      if (connection->idle_since + options.idle_limit > steady::now() && !connection->is_stale())
        return connection;
    }
    return nullptr;
  }

  asio::awaitable<CallResult> run(Call call);

  void close() {
    closed = true;
    idle.clear();
    for (Connection* connection : busy) connection->close();
    for (const auto& waiter : std::exchange(waiting, {})) waiter->timer.cancel();
  }

  const asio::any_io_executor executor;
  const ClientOptions options;
  const Url url;
  const std::unique_ptr<asio::ssl::context> tls;
  int in_use = 0;
  bool closed = false;
  std::vector<std::unique_ptr<Connection>> idle;
  std::vector<Connection*> busy;  // for close(); each owned by its lease
  std::deque<std::shared_ptr<Waiter>> waiting;
};

asio::awaitable<CallResult> Client::Pool::run(Call call) {
  CallResult failure;
  if (!co_await wait_for_turn()) {
    failure.error = "the client is closed";
    co_return failure;
  }
  Lease lease(shared_from_this());
  for (;;) {
    const bool reused = lease.take_idle();
    if (!reused) {
      failure.error = co_await lease.open();
      if (!failure.error.empty()) co_return failure;
    }
    Exchange exchange = co_await lease.connection().exchange(call);
    if (exchange.reusable)
      lease.keep();
    else
      lease.drop();
    // A connection that died while idle says nothing about the peer: try the next, at last a new
    // one.
    const bool nothing_acted_on = exchange.result.kind == CallResult::Kind::not_sent ||
                                  (exchange.closed_unanswered && is_safe_to_repeat(call));
    if (!reused || !nothing_acted_on || closed) co_return std::move(exchange.result);
  }
}

Client::Client(asio::any_io_executor executor, const std::string& base_url, ClientOptions options)
    : pool_(std::make_shared<Pool>(std::move(executor), base_url, std::move(options))) {}

Client::~Client() {
  close();
}

// Not coroutines themselves: what they start holds the pool, not the client.
asio::awaitable<CallResult> Client::call(std::string method, std::string target, Headers headers,
                                         std::string body,
                                         std::chrono::milliseconds answer_timeout) {
  Call call;
  call.method = std::move(method);
  call.target = std::move(target);
  call.headers = std::move(headers);
  call.body = std::move(body);
  call.timeout = answer_timeout.count() > 0 ? answer_timeout : pool_->options.answer_timeout;
  call.max_answer = pool_->options.max_answer;
  return pool_->run(std::move(call));
}

asio::awaitable<CallResult> Client::download(std::string target, Headers headers,
                                             std::size_t max_bytes,
                                             std::function<void(std::string_view)> on_data) {
  Call call;
  call.method = "GET";
  call.target = std::move(target);
  call.headers = std::move(headers);
  call.timeout = pool_->options.answer_timeout;
  call.total = pool_->options.download_timeout;
  call.max_answer = max_bytes;
  call.on_data = std::move(on_data);
  return pool_->run(std::move(call));
}

void Client::close() {
  pool_->close();
}

}  // namespace catalina::http
