#include "http/session.hpp"

#include <array>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <optional>
#include <type_traits>

#include "core/log.hpp"

namespace catalina::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using boost::system::error_code;
using tcp = asio::ip::tcp;

constexpr std::uint32_t max_header = 16 * 1024;      // bytes of request line and headers
constexpr std::size_t read_buffer = 64 * 1024;       // bytes read ahead of the parser
constexpr std::size_t max_linger = 8 * 1024 * 1024;  // bytes thrown away after the last answer
constexpr std::chrono::seconds linger_timeout{2};

using Parser = wire::request_parser<wire::string_body>;

// A page may load nothing and be shown in no frame unless its handler says otherwise.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> security_headers{{
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Referrer-Policy", "no-referrer"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
}};

Response plain_answer(unsigned status) {
  Response response;
  response.status = status;
  response.body = std::string(wire::obsolete_reason(static_cast<wire::status>(status))) + "\n";
  return response;
}

// Status codes that never carry a body.
bool is_bodiless(unsigned status) {
  return status < 200 || status == 204 || status == 304;
}

// A line break in a value would let whoever chose it write headers of their own.
void check_header(std::string_view text) {
  if (text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos)
    throw std::invalid_argument("a line break in a response header");
}

void fill_headers(wire::fields& fields, const Response& response) {
  if (!response.body.empty()) {
    check_header(response.content_type);
    fields.set(wire::field::content_type, response.content_type);
  }
  for (const auto& [name, value] : response.headers) {
    check_header(name);
    check_header(value);
    fields.insert(name, value);
  }
  for (const auto& [name, value] : security_headers)
    if (fields.find(name) == fields.end()) fields.insert(name, value);
}

template <typename Stream>
class StreamSession final : public Session {
  static constexpr bool is_tls = !std::is_same_v<Stream, beast::tcp_stream>;

 public:
  StreamSession(Stream stream, std::string remote, const Router& router,
                const ServerOptions& options)
      : stream_(std::move(stream)),
        remote_(std::move(remote)),
        router_(router),
        options_(options) {}

  asio::awaitable<void> run() override {
    bool open = true;
    if constexpr (is_tls) {
      error_code error;
      socket().expires_after(options_.header_timeout);
      co_await stream_.async_handshake(asio::ssl::stream_base::server, redirect(error));
      open = !error;
    }
    for (bool first = true; open && !draining_; first = false) open = co_await serve_one(first);
    co_await close_politely();
  }

  void drain() override {
    draining_ = true;
    if (idle_) socket().cancel();
  }

  void abort() override {
    draining_ = true;
    socket().close();
  }

 private:
  static auto redirect(error_code& error) {
    return asio::redirect_error(asio::use_awaitable, error);
  }

  beast::tcp_stream& socket() { return beast::get_lowest_layer(stream_); }

  // Reads and answers one request. False: nothing more can come over this connection.
  asio::awaitable<bool> serve_one(bool first) {
    if (buffer_.size() == 0 && !co_await wait_for_request(first)) co_return false;
    Parser parser;
    parser.header_limit(max_header);
    parser.body_limit(boost::none);  // set below, when the route is known
    error_code error;
    socket().expires_after(options_.header_timeout);
    co_await wire::async_read_header(stream_, buffer_, parser, redirect(error));
    if (error) co_return co_await refuse_unreadable(error);

    const auto& head = parser.get();
    Request request = read_head(head);
    request.remote = remote_;
    const Router::Match match = router_.find(request.method, request.path);
    if (const unsigned status = refusal(parser, match); status != 0) {
      Response response = plain_answer(status);
      if (status == 405) response.headers.emplace_back("Allow", match.allow);
      // A body that goes unread, or whose end is in doubt, would pass for a next request.
      const bool clear = (status == 404 || status == 405) && content_is_absent(parser);
      co_return co_await answer(std::move(response), head, clear && head.keep_alive());
    }
    if (!co_await read_body(parser, match.options)) co_return false;
    co_return co_await handle(match, std::move(request), parser.release());
  }

  asio::awaitable<bool> wait_for_request(bool first) {
    error_code error;
    socket().expires_after(first ? options_.header_timeout : options_.idle_timeout);
    idle_ = true;
    const std::size_t size =
        co_await stream_.async_read_some(buffer_.prepare(4096), redirect(error));
    idle_ = false;
    buffer_.commit(size);
    co_return !error;
  }

  static bool content_is_absent(const Parser& parser) {
    return !parser.chunked() && parser.content_length().value_or(0) == 0;
  }

  // The status that answers a request by its head alone; 0 when it may go on.
  static unsigned refusal(const Parser& parser, const Router::Match& match) {
    const auto& head = parser.get();
    if (head.version() >= 11 && head.count(wire::field::host) != 1) return 400;
    if (head.count(wire::field::transfer_encoding) != 0 && !parser.chunked()) return 501;
    if (match.handler == nullptr) return match.allow.empty() ? 404 : 405;
    if (parser.content_length().value_or(0) > match.options.max_body) return 413;
    const auto expect = head[wire::field::expect];
    if (!expect.empty() && !beast::iequals(expect, "100-continue")) return 417;
    return 0;
  }

  asio::awaitable<bool> read_body(Parser& parser, const RouteOptions& route) {
    error_code error;
    socket().expires_after(options_.body_timeout);
    if (!content_is_absent(parser) && !parser.get()[wire::field::expect].empty()) {
      constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
      co_await asio::async_write(stream_, asio::buffer(go_on), redirect(error));
      if (error) co_return false;
    }
    parser.body_limit(route.max_body);
    // Few requests need more room than their head did; large ones are read in large pieces.
    if (parser.chunked() || parser.content_length().value_or(0) > buffer_.capacity())
      buffer_.reserve(read_buffer);
    co_await wire::async_read(stream_, buffer_, parser, redirect(error));
    if (error) co_return co_await refuse_unreadable(error);
    co_return true;
  }

  asio::awaitable<bool> handle(const Router::Match& match, Request request,
                               wire::request<wire::string_body> message) {
    request.body = std::move(message.body());
    Response response;
    socket().expires_never();
    try {
      response = co_await (*match.handler)(std::move(request));
    } catch (const std::exception& failure) {
      if (!socket().socket().is_open()) co_return false;  // we aborted it
      log::error("a request failed", {{"method", std::string_view(message.method_string())},
                                      {"route", match.pattern},
                                      {"reason", failure.what()}});
      response = plain_answer(500);
    }
    if (response.drop) co_return false;
    try {
      co_return co_await answer(std::move(response), message, message.keep_alive());
    } catch (const std::invalid_argument& failure) {
      log::error("a response is not fit to send",
                 {{"route", match.pattern}, {"reason", failure.what()}});
    }
    co_return co_await answer(plain_answer(500), message, false);
  }

  // What was not HTTP, too large or cut off. Always false.
  asio::awaitable<bool> refuse_unreadable(error_code error) {
    unsigned status = 400;
    if (error == wire::error::header_limit || error == wire::error::buffer_overflow)
      status = 431;
    else if (error == wire::error::body_limit)
      status = 413;
    else if (error == wire::error::end_of_stream || error == wire::error::partial_message ||
             error.category() != make_error_code(wire::error::bad_method).category())
      co_return false;  // the peer left, or was too slow
    wire::request<wire::string_body> head;
    head.version(11);
    co_return co_await answer(plain_answer(status), head, false);
  }

  static Request read_head(const wire::request<wire::string_body>& head);

  // Sends an answer. True when the connection can take another request.
  asio::awaitable<bool> answer(Response response, const wire::request<wire::string_body>& head,
                               bool keep_alive) {
    keep_alive = keep_alive && !draining_;
    const bool bodiless = is_bodiless(response.status);
    if (bodiless || head.method() == wire::verb::head) {
      wire::response<wire::empty_body> message;
      fill_headers(message, response);
      if (!bodiless) message.content_length(response.body.size());
      co_return co_await send(message, response.status, head.version(), keep_alive);
    }
    wire::response<wire::string_body> message;
    fill_headers(message, response);
    message.content_length(response.body.size());
    message.body() = std::move(response.body);
    co_return co_await send(message, response.status, head.version(), keep_alive);
  }

  template <typename Message>
  asio::awaitable<bool> send(Message& message, unsigned status, unsigned version, bool keep_alive) {
    error_code error;
    message.result(status);
    message.version(version);
    message.keep_alive(keep_alive);
    socket().expires_after(options_.body_timeout);
    co_await wire::async_write(stream_, message, redirect(error));
    said_goodbye_ = !keep_alive;
    co_return !error && keep_alive;
  }

  // A close with unread input would reset the connection and could take our last answer with it:
  // say that we are done and throw away what still comes, for a short while.
  asio::awaitable<void> close_politely() {
    error_code error;
    socket().expires_after(linger_timeout);
    if constexpr (is_tls)
      if (socket().socket().is_open()) co_await stream_.async_shutdown(redirect(error));
    if (!said_goodbye_ || !socket().socket().is_open()) co_return;
    socket().socket().shutdown(tcp::socket::shutdown_send, error);
    std::array<char, 16 * 1024> discarded;
    std::size_t total = 0;
    while (!error && total < max_linger)
      total += co_await socket().async_read_some(asio::buffer(discarded), redirect(error));
    socket().close();
  }

  Stream stream_;
  beast::flat_buffer buffer_{read_buffer};
  std::string remote_;
  const Router& router_;
  const ServerOptions& options_;
  bool draining_ = false;
  bool idle_ = false;          // waiting for a request with nothing owed to the peer
  bool said_goodbye_ = false;  // the last answer announced that we close
};

// The path alone of "/path?query" and of "http://host/path?query", the form for proxies.
template <typename Stream>
Request StreamSession<Stream>::read_head(const wire::request<wire::string_body>& head) {
  Request request;
  request.method = head.method_string();
  std::string_view target = head.target();
  if (const std::size_t scheme = target.find("://");
      scheme != std::string_view::npos && !target.starts_with("/")) {
    const std::size_t path = target.find('/', scheme + 3);
    target = path == std::string_view::npos ? "/" : target.substr(path);
  }
  const std::size_t question = target.find('?');
  request.path = percent_decode(target.substr(0, question));
  if (question != std::string_view::npos) request.query = target.substr(question + 1);
  for (const auto& field : head) request.headers.emplace_back(field.name_string(), field.value());
  return request;
}

}  // namespace

std::unique_ptr<Session> make_session(tcp::socket socket, const Router& router,
                                      const ServerOptions& options, asio::ssl::context* tls) {
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  const tcp::endpoint peer = socket.remote_endpoint(ignored);
  std::string remote = peer.address().to_string();
  if (tls == nullptr)
    return std::make_unique<StreamSession<beast::tcp_stream>>(beast::tcp_stream(std::move(socket)),
                                                              std::move(remote), router, options);
  using TlsStream = beast::ssl_stream<beast::tcp_stream>;
  return std::make_unique<StreamSession<TlsStream>>(
      TlsStream(beast::tcp_stream(std::move(socket)), *tls), std::move(remote), router, options);
}

}  // namespace catalina::http
