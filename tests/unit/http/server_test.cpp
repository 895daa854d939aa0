#include "http/server.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "io_thread.hpp"
#include "raw_socket.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace std::chrono_literals;
using http::Request;
using http::Response;
using test::RawSocket;

namespace {

constexpr std::size_t webhook_limit = 3 * 1024 * 1024;

boost::asio::awaitable<Response> echo(Request request) {
  Response response;
  response.body = request.method + " " + request.path + "?" + request.query + " " + request.body;
  co_return response;
}

boost::asio::awaitable<Response> size_of_body(Request request) {
  Response response;
  response.body = std::to_string(request.body.size());
  co_return response;
}

boost::asio::awaitable<Response> fail(Request) {
  throw std::runtime_error("the secret reason");
  co_return Response{};
}

boost::asio::awaitable<Response> page(Request) {
  Response response;
  response.content_type = "text/html";
  response.body = "<p>";
  response.headers = {{"Content-Security-Policy", "default-src 'self'"}};
  co_return response;
}

boost::asio::awaitable<Response> inject(Request) {
  Response response;
  response.headers = {{"Location", "/\r\nSet-Cookie: a=b"}};
  co_return response;
}

boost::asio::awaitable<Response> empty(Request) {
  Response response;
  response.status = 204;
  co_return response;
}

// A long poll that ends when the test lets it, or never.
struct Poll {
  explicit Poll(boost::asio::io_context& io)
      : timer(io, std::chrono::steady_clock::time_point::max()) {}
  boost::asio::steady_timer timer;
  std::promise<void> begun;
};

boost::asio::awaitable<Response> wait_for(std::shared_ptr<Poll> poll) {
  poll->begun.set_value();
  try {
    co_await poll->timer.async_wait(boost::asio::use_awaitable);
  } catch (const boost::system::system_error&) {  // how the test ends the wait
  }
  Response response;
  response.body = "news";
  co_return response;
}

struct Site {
  explicit Site(http::ServerOptions options = {})
      : poll(std::make_shared<Poll>(io.context())),
        server(io.context(), routes(poll), std::move(options)) {
    server.start();
  }
  ~Site() { io.stop(); }

  static http::Router routes(std::shared_ptr<Poll> poll) {
    http::Router router;
    router.add("GET", "/echo", echo);
    router.add("POST", "/echo", echo);
    router.add("POST", "/webhook", size_of_body, {webhook_limit});
    router.add("GET", "/fail", fail);
    router.add("GET", "/page", page);
    router.add("GET", "/inject", inject);
    router.add("GET", "/empty", empty);
    router.add("GET", "/poll", [poll](Request) { return wait_for(poll); });
    return router;
  }

  RawSocket connect() const { return RawSocket(server.port()); }
  // The whole answer of a connection that is closed after it.
  std::string ask(std::string_view request) const {
    RawSocket socket = connect();
    socket.send(request);
    return socket.read_all();
  }

  test::IoThread io;
  std::shared_ptr<Poll> poll;
  http::Server server;
};

std::string get(const std::string& target, const std::string& more = "Connection: close\r\n") {
  return "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + more + "\r\n";
}

std::string status_of(const std::string& answer) {
  return answer.substr(0, answer.find("\r\n"));
}

std::string body_of(const std::string& answer) {
  const std::size_t end = answer.find("\r\n\r\n");
  return end == std::string::npos ? "(none)" : answer.substr(end + 4);
}

}  // namespace

TEST_CASE("a request reaches its handler and its answer comes back") {
  const Site site;
  CHECK(body_of(site.ask(get("/ec%68o?a=%201"))) == "GET /echo?a=%201 ");
  CHECK(body_of(site.ask(get("http://x/echo?y"))) == "GET /echo?y ");
  CHECK(body_of(site.ask("POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                         "Content-Length: 4\r\n\r\nhola")) == "POST /echo? hola");
  CHECK(body_of(site.ask("POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                         "Transfer-Encoding: chunked\r\n\r\n2\r\nho\r\n2\r\nla\r\n0\r\n\r\n")) ==
        "POST /echo? hola");
}

TEST_CASE("every answer carries the security headers, and a handler may set its own") {
  const Site site;
  const std::string plain = site.ask(get("/nowhere"));
  CHECK(plain.find("X-Content-Type-Options: nosniff\r\n") != std::string::npos);
  CHECK(plain.find("Referrer-Policy: no-referrer\r\n") != std::string::npos);
  CHECK(plain.find("Cross-Origin-Opener-Policy: same-origin\r\n") != std::string::npos);
  CHECK(plain.find("X-Frame-Options: DENY\r\n") != std::string::npos);
  CHECK(plain.find("Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n") !=
        std::string::npos);
  const std::string html = site.ask(get("/page"));
  CHECK(html.find("Content-Security-Policy: default-src 'self'\r\n") != std::string::npos);
  CHECK(html.find("default-src 'none'") == std::string::npos);
}

TEST_CASE("two requests sent at once are answered in order on one connection") {
  const Site site;
  RawSocket socket = site.connect();
  socket.send(get("/echo?1", "") + get("/echo?2"));
  const std::string answers = socket.read_all();
  const std::size_t first = answers.find("GET /echo?1");
  const std::size_t second = answers.find("GET /echo?2");
  CHECK(first != std::string::npos);
  CHECK(second != std::string::npos);
  CHECK(first < second);
}

TEST_CASE("HEAD gets the headers of GET and no body") {
  const Site site;
  const std::string answer =
      site.ask("HEAD /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK(status_of(answer) == "HTTP/1.1 200 OK");
  CHECK(answer.find("Content-Length: 12\r\n") != std::string::npos);
  CHECK(body_of(answer).empty());
}

TEST_CASE("an answer without a body says nothing about one") {
  const Site site;
  const std::string answer = site.ask(get("/empty"));
  CHECK(status_of(answer) == "HTTP/1.1 204 No Content");
  CHECK(answer.find("Content-Length") == std::string::npos);
}

TEST_CASE("an unknown path is 404, a known path with another method 405 with Allow") {
  const Site site;
  CHECK(status_of(site.ask(get("/nowhere"))) == "HTTP/1.1 404 Not Found");
  const std::string answer =
      site.ask("DELETE /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK(status_of(answer) == "HTTP/1.1 405 Method Not Allowed");
  CHECK(answer.find("Allow: GET, HEAD, POST\r\n") != std::string::npos);
}

TEST_CASE("a handler that throws answers 500 without the reason, and the next request is served") {
  const Site site;
  RawSocket socket = site.connect();
  socket.send(get("/fail", ""));
  const std::string answer = socket.read_until("Internal Server Error\n");
  CHECK(status_of(answer) == "HTTP/1.1 500 Internal Server Error");
  CHECK(answer.find("secret") == std::string::npos);
  socket.send(get("/echo"));
  CHECK(status_of(socket.read_all()) == "HTTP/1.1 200 OK");
}

TEST_CASE("a line break in a response header never reaches the wire") {
  const Site site;
  const std::string answer = site.ask(get("/inject"));
  CHECK(status_of(answer) == "HTTP/1.1 500 Internal Server Error");
  CHECK(answer.find("Set-Cookie") == std::string::npos);
}

TEST_CASE("a body over the route's limit is refused before it is read") {
  const Site site;
  const std::string head = "POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Length: ";
  RawSocket announced = site.connect();
  announced.send(head + std::to_string(webhook_limit + 1) + "\r\n\r\n");
  CHECK(status_of(announced.read_until("\n\r\n")) == "HTTP/1.1 413 Payload Too Large");

  // A client that does not wait for the answer still gets to see it.
  RawSocket eager = site.connect();
  eager.send(head + std::to_string(webhook_limit + 1) + "\r\n\r\n");
  eager.send(std::string(webhook_limit + 1, 'x'));
  CHECK(status_of(eager.read_all()) == "HTTP/1.1 413 Payload Too Large");
  CHECK_FALSE(eager.closed_by_reset());

  RawSocket exact = site.connect();
  exact.send(head + std::to_string(webhook_limit) + "\r\nConnection: close\r\n\r\n");
  exact.send(std::string(webhook_limit, 'x'));
  CHECK(body_of(exact.read_all()) == std::to_string(webhook_limit));
}

TEST_CASE("a chunked body over the limit is refused where it passes it") {
  const Site site;
  RawSocket socket = site.connect();
  socket.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  socket.send("10001\r\n" + std::string(0x10001, 'x') + "\r\n0\r\n\r\n");
  CHECK(status_of(socket.read_all()) == "HTTP/1.1 413 Payload Too Large");
}

TEST_CASE("Expect: 100-continue is asked for the body, or refused without it") {
  const Site site;
  RawSocket socket = site.connect();
  const std::string head = "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n";
  socket.send(head + "Connection: close\r\nContent-Length: 2\r\n\r\n");
  CHECK(socket.read_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
  socket.send("si");
  CHECK(body_of(socket.read_all()) == "POST /echo? si");

  RawSocket refused = site.connect();
  refused.send(head + "Content-Length: 99999999\r\n\r\n");
  CHECK(status_of(refused.read_until("\r\n\r\n")) == "HTTP/1.1 413 Payload Too Large");
  CHECK(status_of(site.ask("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: tea\r\n"
                           "Content-Length: 2\r\n\r\n")) == "HTTP/1.1 417 Expectation Failed");
}

TEST_CASE("what is not HTTP is answered 400 and the connection closed") {
  const Site site;
  for (const std::string request :
       {"\x16\x03\x01\x02 garbage\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nBad Header\r\n\r\n", "GET /echo HTTP/1.1\r\n\r\n",
        "GET /echo HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
        "0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
    CAPTURE(request);
    RawSocket socket = site.connect();
    socket.send(request);
    socket.finish_sending();
    CHECK(status_of(socket.read_all()) == "HTTP/1.1 400 Bad Request");
  }
  // Where such a body ends is anybody's guess, so what follows is not taken for a request.
  const std::string answer = site.ask(
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n"
      "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(status_of(answer) == "HTTP/1.1 501 Not Implemented");
  CHECK(answer.find("200 OK") == std::string::npos);
}

TEST_CASE("headers beyond the limit are refused") {
  const Site site;
  CHECK(status_of(site.ask(get("/echo", "X: " + std::string(20'000, 'x') + "\r\n"))) ==
        "HTTP/1.1 431 Request Header Fields Too Large");
}

TEST_CASE("slow and cut-off requests end without an answer and without harm") {
  http::ServerOptions options;
  options.header_timeout = options.body_timeout = options.idle_timeout = 50ms;
  const Site site(options);
  CHECK(site.ask("").empty());  // connects and says nothing
  CHECK(site.ask("GET /echo HT").empty());
  CHECK(site.ask("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf").empty());
  RawSocket idle = site.connect();
  idle.send(get("/echo", ""));
  CHECK(status_of(idle.read_all()) == "HTTP/1.1 200 OK");  // then closed for idleness
  RawSocket cut = site.connect();
  cut.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf");
  cut.close();
  CHECK(status_of(site.ask(get("/echo"))) == "HTTP/1.1 200 OK");
}

TEST_CASE("connections beyond the limit wait until another ends") {
  http::ServerOptions options;
  options.max_connections = 1;
  const Site site(options);
  RawSocket first = site.connect();
  first.send(get("/echo?1", ""));
  first.read_until("GET /echo?1");
  RawSocket second = site.connect();
  second.send(get("/echo?2"));
  first.close();
  CHECK(body_of(second.read_all()).find("GET /echo?2") == 0);
}

TEST_CASE("a stop lets the request in hand finish, ends idle connections and takes no new ones") {
  Site site;
  RawSocket idle = site.connect();
  idle.send(get("/echo", ""));
  idle.read_until("GET /echo?");
  RawSocket polling = site.connect();
  polling.send(get("/poll", ""));
  site.poll->begun.get_future().wait();

  std::future<void> stopped = site.io.start(site.server.stop(10s));
  CHECK(idle.read_all().find("HTTP") == std::string::npos);
  CHECK_FALSE(idle.timed_out());
  boost::asio::post(site.io.context(), [&] { site.poll->timer.cancel(); });
  const std::string answer = polling.read_all();
  CHECK(body_of(answer) == "news");
  CHECK(answer.find("Connection: close") != std::string::npos);
  polling.close();
  stopped.get();
  CHECK_THROWS(site.connect());
}

TEST_CASE("a stop cancels what outlives its grace") {
  Site site;
  RawSocket polling = site.connect();
  polling.send(get("/poll", ""));
  site.poll->begun.get_future().wait();
  site.io.run(site.server.stop(1ms));
  CHECK(polling.read_all().empty());
  CHECK_FALSE(polling.timed_out());
}

TEST_CASE("a server that cannot start says why in one plain line") {
  boost::asio::io_context io;
  const http::Server first(io, {}, {});
  http::ServerOptions options;
  options.port = first.port();
  CHECK_THROWS_WITH(http::Server(io, {}, options), "127.0.0.1:" + std::to_string(first.port()) +
                                                       " is already in use by another program");
  options.port = 0;
  options.address = "example";
  CHECK_THROWS_WITH(http::Server(io, {}, options), "\"example\" is not an IP address");
  options.address = "192.0.2.1";  // nobody's own address
  CHECK_THROWS_WITH(http::Server(io, {}, options),
                    Catch::StartsWith("cannot listen on 192.0.2.1:0: "));
  options.address = "127.0.0.1";
  options.tls_certificate = "/nowhere.pem";
  CHECK_THROWS_WITH(http::Server(io, {}, options),
                    Catch::StartsWith("cannot use the TLS certificate /nowhere.pem: "));
}
