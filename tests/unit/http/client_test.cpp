#include "http/client.hpp"

#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/server.hpp"
#include "io_thread.hpp"
#include "raw_socket.hpp"
#include "slow_names.hpp"
#include "support/catch.hpp"
#include "test_certificate.hpp"

using namespace catalina;
using namespace std::chrono_literals;
using http::CallResult;
using http::Client;
using http::ClientOptions;
using test::RawListener;
using test::RawSocket;
using Kind = http::CallResult::Kind;

namespace {

const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

// A client and the peer that the test plays.
struct Pair {
  explicit Pair(ClientOptions options = {})
      : client(io.context().get_executor(), listener.url(), std::move(options)) {}
  ~Pair() { io.stop(); }

  std::future<CallResult> call(std::string method, std::string target, std::string body = "") {
    return io.start(
        client.call(std::move(method), std::move(target), {{"X-Key", "1"}}, std::move(body)));
  }
  // One call from accept to answer, after which the connection lies idle.
  RawSocket idle_connection() {
    auto result = call("GET", "/first");
    RawSocket peer = listener.accept();
    peer.read_until("\r\n\r\n");
    peer.send(ok);
    REQUIRE(result.get().kind == Kind::answered);
    return peer;
  }

  test::IoThread io;
  RawListener listener;
  Client client;
};

boost::asio::awaitable<http::Response> greet(http::Request request) {
  http::Response response;
  response.body = "hola " + request.body;
  co_return response;
}

http::Router greeting() {
  http::Router router;
  router.add("POST", "/", greet);
  router.add("GET", "/", greet);
  return router;
}

}  // namespace

TEST_CASE("a call is sent as it was meant and its answer read") {
  Pair pair;
  auto result = pair.call("POST", "/v1/x?y=1", "{}");
  RawSocket peer = pair.listener.accept();
  const std::string head = peer.read_until("\r\n\r\n");
  CHECK(head.find("POST /v1/x?y=1 HTTP/1.1\r\n") == 0);
  CHECK(head.find("Host: 127.0.0.1:" + std::to_string(pair.listener.port())) != std::string::npos);
  CHECK(head.find("X-Key: 1\r\n") != std::string::npos);
  CHECK(peer.read_until("{}") == "{}");
  peer.send(
      "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 404 Not Found\r\nX-A: b\r\n"
      "Content-Type: text/x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
  const CallResult answer = result.get();
  CHECK(answer.kind == Kind::answered);
  CHECK(answer.response.status == 404);
  CHECK(answer.response.body == "abc");
  CHECK(answer.response.content_type == "text/x");
  CHECK(http::find_header(answer.response.headers, "x-a") == "b");
}

TEST_CASE("a connection is used again") {
  Pair pair;
  RawSocket peer = pair.idle_connection();
  auto second = pair.call("POST", "/second", "x");
  CHECK(peer.read_until("\r\n\r\nx").find("POST /second") == 0);
  peer.send(ok);
  CHECK(second.get().kind == Kind::answered);
}

TEST_CASE("a connection the peer closed while idle is not used, not even for a POST") {
  Pair pair;
  RawSocket peer = pair.idle_connection();
  peer.finish_sending();
  auto second = pair.call("POST", "/second", "x");
  RawSocket fresh = pair.listener.accept();
  fresh.read_until("\r\n\r\nx");
  fresh.send(ok);
  CHECK(second.get().kind == Kind::answered);
  CHECK(peer.read_all().empty());
}

TEST_CASE("an idle connection on which something unasked arrived is not used") {
  Pair pair;
  RawSocket peer = pair.idle_connection();
  peer.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged");
  auto second = pair.call("GET", "/second");
  RawSocket fresh = pair.listener.accept();
  fresh.read_until("\r\n\r\n");
  fresh.send(ok);
  CHECK(second.get().response.body == "ok");
}

TEST_CASE("a connection that lay idle too long is not trusted") {
  ClientOptions options;
  options.idle_limit = 0ms;
  Pair pair(options);
  RawSocket peer = pair.idle_connection();
  auto second = pair.call("POST", "/second", "x");
  RawSocket fresh = pair.listener.accept();
  fresh.read_until("\r\n\r\nx");
  fresh.send(ok);
  CHECK(second.get().kind == Kind::answered);
}

TEST_CASE("a download that trickles ends at its own deadline") {
  ClientOptions options;
  options.download_timeout = 30ms;
  Pair pair(options);
  auto result = pair.io.start(pair.client.download("/file", {}, 1000, [](std::string_view) {}));
  RawSocket peer = pair.listener.accept();
  peer.read_until("\r\n\r\n");
  peer.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\na");
  CHECK(result.get().kind == Kind::unknown);
}

TEST_CASE("closed before any answer: GET is repeated on a new connection, POST is unknown") {
  Pair pair;
  {
    RawSocket peer = pair.idle_connection();
    auto get = pair.call("GET", "/second");
    peer.read_until("\r\n\r\n");
    peer.close();
    RawSocket fresh = pair.listener.accept();
    CHECK(fresh.read_until("\r\n\r\n").find("GET /second") == 0);
    fresh.send(ok);
    CHECK(get.get().kind == Kind::answered);
    auto post = pair.call("POST", "/third", "x");
    fresh.read_until("\r\n\r\nx");
    fresh.close();
    const CallResult lost = post.get();
    CHECK(lost.kind == Kind::unknown);
    CHECK(lost.error.find("no whole answer: ") == 0);
  }
  auto next = pair.call("GET", "/fourth");
  RawSocket fresh = pair.listener.accept();
  fresh.read_until("\r\n\r\n");
  fresh.send(ok);
  CHECK(next.get().kind == Kind::answered);
}

TEST_CASE("an answer that is cut off, garbage or too large leaves the outcome unknown") {
  ClientOptions options;
  options.max_answer = 10;
  Pair pair(options);
  for (const std::string answer :
       {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", "HTTP/1.1 200", "\x15\x03\x01",
        "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nabcdefghijk"}) {
    CAPTURE(answer);
    auto result = pair.call("POST", "/");
    RawSocket peer = pair.listener.accept();
    peer.read_until("\r\n\r\n");
    peer.send(answer);
    peer.close();
    const CallResult call = result.get();
    CHECK(call.kind == Kind::unknown);
    CHECK(call.too_large == (answer.find("11") != std::string::npos));
  }
}

TEST_CASE("an answer that ends with the connection is whole, and the connection is not kept") {
  Pair pair;
  auto result = pair.call("GET", "/");
  RawSocket peer = pair.listener.accept();
  peer.read_until("\r\n\r\n");
  peer.send("HTTP/1.1 200 OK\r\n\r\nall of it");
  peer.close();
  CHECK(result.get().response.body == "all of it");
  auto second = pair.call("GET", "/");
  RawSocket fresh = pair.listener.accept();
  fresh.read_until("\r\n\r\n");
  fresh.send(ok);
  CHECK(second.get().kind == Kind::answered);
}

TEST_CASE("no answer in time is unknown") {
  ClientOptions options;
  options.answer_timeout = 30ms;
  Pair pair(options);
  auto result = pair.call("POST", "/");
  RawSocket peer = pair.listener.accept();
  CHECK(result.get().kind == Kind::unknown);
}

TEST_CASE("nobody there: not sent") {
  test::IoThread io;
  std::string url;
  {
    const RawListener gone;
    url = gone.url();
  }
  Client client(io.context().get_executor(), url);
  const CallResult result = io.run(client.call("POST", "/", {}, "x"));
  CHECK(result.kind == Kind::not_sent);
  CHECK(result.error.find("cannot connect to 127.0.0.1:") == 0);
  io.stop();
}

TEST_CASE("a name that is not found in time is given up, and the client lives on") {
  test::IoThread io;
  const test::SlowNames slow;
  ClientOptions options;
  options.connect_timeout = 30ms;
  Client client(io.context().get_executor(), "http://" + slow.name, options);
  for (int i = 0; i < 2; ++i) {
    const CallResult result = io.run(client.call("POST", "/", {}, "x"));
    CHECK(result.kind == Kind::not_sent);
    CHECK(result.error == "cannot find slow.invalid: " +
                              boost::system::error_code(boost::asio::error::timed_out).message());
  }
  io.stop();
}

TEST_CASE("closing ends the search for a name") {
  test::IoThread io;
  const test::SlowNames slow;
  ClientOptions options;
  options.connect_timeout = 1h;
  Client client(io.context().get_executor(), "http://" + slow.name, options);
  auto result = io.start(client.call("POST", "/", {}, "x"));
  slow.wait_until_asked();
  boost::asio::post(io.context(), [&] { client.close(); });
  CHECK(result.get().kind == Kind::not_sent);
  io.stop();
}

TEST_CASE("calls beyond the connections wait their turn in order") {
  ClientOptions options;
  options.max_connections = 1;
  Pair pair(options);
  auto first = pair.call("GET", "/1");
  RawSocket peer = pair.listener.accept();
  peer.read_until("\r\n\r\n");
  auto second = pair.call("GET", "/2");
  auto third = pair.call("GET", "/3");
  peer.send(ok);
  CHECK(peer.read_until("\r\n\r\n").find("GET /2") == 0);
  peer.send(ok);
  CHECK(peer.read_until("\r\n\r\n").find("GET /3") == 0);
  peer.send(ok);
  CHECK(first.get().kind == Kind::answered);
  CHECK(second.get().kind == Kind::answered);
  CHECK(third.get().kind == Kind::answered);
}

TEST_CASE("closing ends the call in hand as unknown and the waiting one as not sent") {
  ClientOptions options;
  options.max_connections = 1;
  Pair pair(options);
  auto first = pair.call("POST", "/1");
  RawSocket peer = pair.listener.accept();
  peer.read_until("\r\n\r\n");
  auto second = pair.call("POST", "/2");
  boost::asio::post(pair.io.context(), [&] { pair.client.close(); });
  CHECK(first.get().kind == Kind::unknown);
  CHECK(second.get().kind == Kind::not_sent);
  CHECK(pair.call("POST", "/3").get().kind == Kind::not_sent);
}

TEST_CASE("a download comes in pieces and stops at its limit") {
  Pair pair;
  std::string data;
  const auto download = [&](std::size_t limit) {
    data.clear();
    return pair.io.start(
        pair.client.download("/file", {}, limit, [&](std::string_view d) { data += d; }));
  };
  const std::string file(300'000, 'f');
  const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + file;
  {
    auto result = download(300'000);
    RawSocket peer = pair.listener.accept();
    peer.read_until("\r\n\r\n");
    peer.send(answer);
    CHECK(result.get().kind == Kind::answered);
    CHECK(data == file);
    auto refused = download(299'999);
    peer.read_until("\r\n\r\n");
    peer.send(answer);
    const CallResult call = refused.get();
    CHECK(call.kind == Kind::unknown);
    CHECK(call.too_large);
    CHECK(data.empty());
  }
  auto endless = download(100'000);
  RawSocket peer = pair.listener.accept();
  peer.read_until("\r\n\r\n");
  peer.send("HTTP/1.1 200 OK\r\n\r\n" + file);  // no length given
  const CallResult call = endless.get();
  CHECK(call.too_large);
  CHECK(data.size() <= 100'000);
}

TEST_CASE("the body of a refused download is no data") {
  Pair pair;
  std::string data;
  auto result = pair.io.start(
      pair.client.download("/file", {}, 1000, [&](std::string_view d) { data += d; }));
  RawSocket peer = pair.listener.accept();
  peer.read_until("\r\n\r\n");
  peer.send("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone");
  const CallResult call = result.get();
  CHECK(call.response.status == 404);
  CHECK(call.response.body == "gone");
  CHECK(data.empty());
}

TEST_CASE("what a download's taker throws reaches the caller, and the client lives on") {
  Pair pair;
  auto result = pair.io.start(pair.client.download(
      "/file", {}, 1000, [](std::string_view) { throw std::runtime_error("disk full"); }));
  RawSocket peer = pair.listener.accept();
  peer.read_until("\r\n\r\n");
  peer.send(ok);
  CHECK_THROWS_WITH(result.get(), "disk full");
  auto next = pair.call("GET", "/");
  RawSocket fresh = pair.listener.accept();
  fresh.read_until("\r\n\r\n");
  fresh.send(ok);
  CHECK(next.get().kind == Kind::answered);
}

TEST_CASE("over TLS the name and the issuer of the certificate are verified") {
  const test::TestCertificate certificate("localhost");
  const test::TestCertificate other("other.example");
  test::IoThread io;
  http::ServerOptions server_options;
  server_options.tls_certificate = certificate.certificate_file();
  server_options.tls_key = certificate.key_file();
  http::Server server(io.context(), greeting(), server_options);
  server.start();
  const std::string port = std::to_string(server.port());
  ClientOptions trusting;
  trusting.tls_authority = certificate.certificate_file();

  Client good(io.context().get_executor(), "https://localhost:" + port, trusting);
  CHECK(io.run(good.call("POST", "/", {}, "a")).response.body == "hola a");
  CHECK(io.run(good.call("POST", "/", {}, "b")).response.body == "hola b");

  Client wrong_name(io.context().get_executor(), "https://127.0.0.1:" + port, trusting);
  const CallResult refused = io.run(wrong_name.call("POST", "/", {}, "a"));
  CHECK(refused.kind == Kind::not_sent);
  CHECK(refused.error.find("no trusted TLS with ") == 0);

  Client stranger(io.context().get_executor(), "https://localhost:" + port);
  CHECK(io.run(stranger.call("POST", "/", {}, "a")).kind == Kind::not_sent);

  RawSocket plain(server.port());
  plain.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(plain.read_all().find("HTTP/1.1 200") == std::string::npos);

  server_options.tls_key = other.key_file();
  server_options.port = 0;
  CHECK_THROWS_WITH(http::Server(io.context(), greeting(), server_options),
                    Catch::StartsWith("cannot use the TLS key "));
  io.stop();
}

TEST_CASE("a base address is scheme, host and port") {
  boost::asio::io_context io;
  for (const char* url : {"", "graph.facebook.com", "https://host/path", "ftp://host"}) {
    CAPTURE(url);
    CHECK_THROWS_AS(Client(io.get_executor(), url), std::invalid_argument);
  }
}
