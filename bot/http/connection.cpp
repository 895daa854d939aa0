#include "http/connection.hpp"

#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <optional>
#include <type_traits>
#include <vector>

#include "http/lookup.hpp"

namespace catalina::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using boost::system::error_code;
using tcp = asio::ip::tcp;
using steady = std::chrono::steady_clock;

constexpr std::uint32_t max_header = 64 * 1024;    // bytes of an answer's status line and headers
constexpr std::size_t read_buffer = 128 * 1024;    // bytes read ahead of the parser
constexpr std::size_t download_piece = 64 * 1024;  // bytes

auto redirect(error_code& error) {
  return asio::redirect_error(asio::use_awaitable, error);
}

wire::request<wire::string_body> make_request(const Call& call, const Url& url) {
  wire::request<wire::string_body> request;
  request.method_string(call.method);
  request.target(call.target);
  request.version(11);
  request.set(wire::field::host, url.authority());
  request.set(wire::field::user_agent, "catalina");
  for (const auto& [name, value] : call.headers) request.set(name, value);
  request.body() = call.body;
  if (!call.body.empty() || (call.method != "GET" && call.method != "HEAD"))
    request.content_length(call.body.size());
  return request;
}

template <typename Body>
Response read_head(const wire::response<Body>& message) {
  Response response;
  response.status = message.result_int();
  response.content_type = message[wire::field::content_type];
  for (const auto& field : message)
    response.headers.emplace_back(field.name_string(), field.value());
  return response;
}

template <typename Stream>
class StreamConnection final : public Connection {
  static constexpr bool is_tls = !std::is_same_v<Stream, beast::tcp_stream>;

 public:
  StreamConnection(Stream stream, const Url& url)
      : stream_(std::move(stream)), url_(url), lookup_(stream_.get_executor()) {}

  asio::awaitable<std::string> open(std::chrono::milliseconds timeout) override {
    error_code error;
    socket().expires_after(timeout);
    const std::vector<tcp::endpoint> endpoints = co_await lookup_.run(url_, timeout, error);
    if (error) co_return "cannot find " + url_.host + ": " + error.message();
    co_await socket().async_connect(endpoints, redirect(error));
    if (error) co_return "cannot connect to " + url_.authority() + ": " + error.message();
    socket().socket().set_option(tcp::no_delay(true), error);
    if constexpr (is_tls) {
      if (const error_code bad_name = verify_host_name(); bad_name)
        co_return "cannot verify " + url_.host + ": " + bad_name.message();
      co_await stream_.async_handshake(asio::ssl::stream_base::client, redirect(error));
      if (error) co_return "no trusted TLS with " + url_.authority() + ": " + error.message();
    }
    co_return "";
  }

  asio::awaitable<Exchange> exchange(const Call& call) override {
    Exchange exchange;
    error_code error;
    const wire::request<wire::string_body> request = make_request(call, url_);
    socket().expires_after(call.timeout);
    const std::size_t written = co_await wire::async_write(stream_, request, redirect(error));
    if (error) {
      exchange.result.kind = written == 0 ? CallResult::Kind::not_sent : CallResult::Kind::unknown;
      exchange.result.error = "cannot send the request: " + error.message();
      co_return exchange;
    }
    exchange.result.kind = CallResult::Kind::unknown;
    unsigned status = 0;
    do {  // interim answers (100 Continue, 103 Early Hints) come before the one that counts
      if (call.on_data)
        error = co_await read_download(call, exchange);
      else
        error = co_await read_whole(call, exchange);
      status = exchange.result.response.status;
    } while (!error && status < 200 && status != 101);
    if (error) {
      exchange.reusable = false;
      exchange.result.too_large = error == wire::error::body_limit;
      exchange.result.error = "no whole answer: " + error.message();
    } else {
      exchange.result.kind = CallResult::Kind::answered;
    }
    co_return exchange;
  }

  bool is_stale() override {
    char byte = 0;
    error_code error;
    auto& plain = socket().socket();
    plain.non_blocking(true, error);
    plain.receive(asio::buffer(&byte, 1), tcp::socket::message_peek, error);
    return error != asio::error::would_block;
  }

  void close() override {
    lookup_.cancel();
    socket().close();
  }

 private:
  beast::tcp_stream& socket() { return beast::get_lowest_layer(stream_); }

  error_code verify_host_name() {
    error_code error;
    if constexpr (is_tls) {
      asio::ip::make_address(url_.host, error);
      // Server name indication is for names only.
      if (error && SSL_set_tlsext_host_name(stream_.native_handle(), url_.host.c_str()) != 1)
        return asio::error::invalid_argument;
      stream_.set_verify_callback(asio::ssl::host_name_verification(url_.host), error);
    }
    return error;
  }

  // Reads the head of an answer. An end before its first byte is no more than a connection that
  // died idle.
  template <typename Parser>
  asio::awaitable<error_code> read_answer_head(const Call& call, Parser& parser,
                                               Exchange& exchange) {
    error_code error;
    parser.header_limit(max_header);
    parser.body_limit(call.max_answer);
    if (call.method == "HEAD") parser.skip(true);
    co_await wire::async_read_header(stream_, buffer_, parser, redirect(error));
    exchange.closed_unanswered =
        (error == wire::error::end_of_stream || error == asio::error::connection_reset ||
         error == asio::ssl::error::stream_truncated) &&
        !parser.got_some() && buffer_.size() == 0;
    co_return error;
  }

  asio::awaitable<error_code> read_whole(const Call& call, Exchange& exchange) {
    wire::response_parser<wire::string_body> parser;
    error_code error = co_await read_answer_head(call, parser, exchange);
    if (error) co_return error;
    co_await wire::async_read(stream_, buffer_, parser, redirect(error));
    if (error) co_return error;
    exchange.result.response = read_head(parser.get());
    exchange.result.response.body = std::move(parser.get().body());
    exchange.reusable = parser.keep_alive() && buffer_.size() == 0;
    co_return error;
  }

  asio::awaitable<error_code> read_download(const Call& call, Exchange& exchange) {
    const steady::time_point end = steady::now() + call.total;
    wire::response_parser<wire::buffer_body> parser;
    error_code error = co_await read_answer_head(call, parser, exchange);
    if (error) co_return error;
    exchange.result.response = read_head(parser.get());
    const bool wanted = exchange.result.response.status == 200;
    std::vector<char> piece(download_piece);
    buffer_.reserve(download_piece);
    while (!parser.is_done()) {
      auto& body = parser.get().body();
      body.data = piece.data();
      body.size = piece.size();
      socket().expires_at(std::min(steady::now() + call.timeout, end));
      co_await wire::async_read(stream_, buffer_, parser, redirect(error));
      if (error == wire::error::need_buffer) error = {};
      if (error) co_return error;
      const std::string_view data(piece.data(), piece.size() - body.size);
      if (wanted)
        call.on_data(data);
      else
        exchange.result.response.body += data;
    }
    exchange.reusable = parser.keep_alive() && buffer_.size() == 0;
    co_return error;
  }

  Stream stream_;
  const Url& url_;
  Lookup lookup_;
  beast::flat_buffer buffer_{read_buffer};
};

}  // namespace

std::unique_ptr<Connection> make_connection(const asio::any_io_executor& executor, const Url& url,
                                            asio::ssl::context* tls) {
  if (tls == nullptr)
    return std::make_unique<StreamConnection<beast::tcp_stream>>(beast::tcp_stream(executor), url);
  using TlsStream = beast::ssl_stream<beast::tcp_stream>;
  return std::make_unique<StreamConnection<TlsStream>>(TlsStream(beast::tcp_stream(executor), *tls),
                                                       url);
}

}  // namespace catalina::http
