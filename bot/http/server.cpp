#include "http/server.hpp"

#include <openssl/ssl.h>

#include <bit>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <list>
#include <optional>
#include <stdexcept>

#include "core/log.hpp"
#include "http/session.hpp"

namespace catalina::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

constexpr std::chrono::milliseconds accept_pause{100};  // when the system is out of descriptors
// After `stop` has aborted what was left, a handler that cannot be cancelled gets this long.
constexpr std::chrono::seconds last_wait{1};

// "127.0.0.1:8080", as the operator wrote it.
std::string place(const ServerOptions& options) {
  return options.address + ":" + std::to_string(options.port);
}

tcp::acceptor bind(asio::io_context& io, const ServerOptions& options) {
  error_code error;
  const asio::ip::address address = asio::ip::make_address(options.address, error);
  if (error) throw std::runtime_error("\"" + options.address + "\" is not an IP address");
  const tcp::endpoint endpoint(address, options.port);
  tcp::acceptor acceptor(io);
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(tcp::acceptor::max_listen_connections, error);
  if (error == asio::error::address_in_use)
    throw std::runtime_error(place(options) + " is already in use by another program");
  if (error)
    throw std::runtime_error("cannot listen on " + place(options) + ": " + error.message());
  return acceptor;
}

std::optional<asio::ssl::context> load_tls(const ServerOptions& options) {
  if (options.tls_certificate.empty()) return std::nullopt;
  asio::ssl::context tls(asio::ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
  error_code error;
  tls.use_certificate_chain_file(options.tls_certificate, error);
  if (error)
    throw std::runtime_error("cannot use the TLS certificate " + options.tls_certificate + ": " +
                             error.message());
  tls.use_private_key_file(options.tls_key, asio::ssl::context::pem, error);
  if (error)
    throw std::runtime_error("cannot use the TLS key " + options.tls_key + ": " + error.message());
  return tls;
}

}  // namespace

struct Server::State {
  struct Live {
    std::unique_ptr<Session> session;
    asio::cancellation_signal cancel;
  };

  State(asio::io_context& io, Router r, ServerOptions o)
      : router(std::move(r)),
        options(std::move(o)),
        tls(load_tls(options)),
        acceptor(bind(io, options)),
        port(acceptor.local_endpoint().port()),
        changed(io) {}

  void close_acceptor() {
    error_code ignored;
    acceptor.close(ignored);
    changed.cancel();
  }

  void drain() {
    close_acceptor();
    for (Live& live : sessions) live.session->drain();
  }

  void abort() {
    close_acceptor();
    for (Live& live : sessions) {
      live.session->abort();
      live.cancel.emit(asio::cancellation_type::terminal);
    }
  }

  const Router router;
  const ServerOptions options;
  std::optional<asio::ssl::context> tls;
  tcp::acceptor acceptor;
  const std::uint16_t port;
  std::list<Live> sessions;
  asio::steady_timer changed;  // cancelled whenever a session ends: a condition to wait for
};

namespace {

// Waits for `timer` to pass or to be cancelled, which is how this file signals that something
// changed.
asio::awaitable<void> wait(asio::steady_timer& timer, asio::steady_timer::time_point until) {
  error_code ignored;
  timer.expires_at(until);
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

// What runs when a session has ended. The signal that cancels it must live until now, so the list
// lets go of both here and not in the session's own coroutine.
template <typename State>
auto forget(std::shared_ptr<State> state, typename std::list<typename State::Live>::iterator live) {
  return [state = std::move(state), live](const std::exception_ptr& failure) {
    if (failure && state->acceptor.is_open()) log::error("a connection ended with an exception");
    state->sessions.erase(live);
    state->changed.cancel();
  };
}

template <typename State>
asio::awaitable<void> accept(std::shared_ptr<State> state) {
  using clock = std::chrono::steady_clock;
  const auto limit = static_cast<std::size_t>(state->options.max_connections);
  std::uint64_t failures = 0;
  while (state->acceptor.is_open()) {
    if (state->sessions.size() >= limit) {
      co_await wait(state->changed, clock::time_point::max());
      continue;
    }
    error_code error;
    tcp::socket socket =
        co_await state->acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (error) {
      if (!state->acceptor.is_open()) co_return;
      if (std::has_single_bit(++failures))  // ten a second while it lasts: the 1st, 2nd, 4th, 8th …
        log::warn("cannot accept a connection", {{"reason", error.message()}, {"times", failures}});
      co_await wait(state->changed, clock::now() + accept_pause);
      continue;
    }
    const auto live = state->sessions.emplace(state->sessions.end());
    live->session = make_session(std::move(socket), state->router, state->options,
                                 state->tls ? &*state->tls : nullptr);
    asio::co_spawn(state->acceptor.get_executor(), live->session->run(),
                   asio::bind_cancellation_slot(live->cancel.slot(), forget(state, live)));
  }
}

}  // namespace

Server::Server(asio::io_context& io, Router router, ServerOptions options)
    : state_(std::make_shared<State>(io, std::move(router), std::move(options))) {}

Server::~Server() {
  state_->abort();
}

std::uint16_t Server::port() const {
  return state_->port;
}

void Server::start() {
  asio::co_spawn(state_->acceptor.get_executor(), accept(state_), asio::detached);
}

asio::awaitable<void> Server::stop(std::chrono::milliseconds grace) {
  using clock = std::chrono::steady_clock;
  const std::shared_ptr<State> state = state_;  // outlives the server while this waits
  state->drain();
  for (const auto until = clock::now() + grace; !state->sessions.empty() && clock::now() < until;)
    co_await wait(state->changed, until);
  state->abort();
  for (const auto until = clock::now() + last_wait;
       !state->sessions.empty() && clock::now() < until;)
    co_await wait(state->changed, until);
}

}  // namespace catalina::http
