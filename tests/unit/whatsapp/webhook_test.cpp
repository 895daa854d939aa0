#include "whatsapp/webhook.hpp"

#include "core/crypto.hpp"
#include "support/catch.hpp"
#include "support/payloads.hpp"
#include "unit/http/io_thread.hpp"
#include "unit/http/raw_socket.hpp"

using namespace catalina;
using namespace catalina::whatsapp;

namespace {

const std::string secret = "catalina-demo-app-secret";

std::string signature(const std::string& body, const std::string& key = secret) {
  return "sha256=" + crypto::hmac_sha256_hex(key, body);
}

bool is_signed_with_demo_secret(const std::string& body, const std::string& digits) {
  return is_signed(body, "sha256=" + digits, secret, "");
}

// The webhook on a socket, in front of a store that a test can break.
struct Endpoint {
  Endpoint() : server(io.context(), routes(), {}) { server.start(); }
  ~Endpoint() { io.stop(); }

  http::Router routes() {
    WhatsappSettings settings;
    settings.app_secret = secret;
    settings.app_secret_old = "last-years-secret";
    settings.verify_token = "token of ours";
    settings.phone_number_id = "109876543210001";
    http::Router router;
    mount_webhook(router, settings, [this](Envelope e) { return receive(std::move(e)); });
    return router;
  }
  boost::asio::awaitable<void> receive(Envelope envelope) {
    if (failure) std::rethrow_exception(failure);
    received.push_back(std::move(envelope));
    co_return;
  }

  std::string ask(const std::string& request) {
    test::RawSocket socket(server.port());
    socket.send(request);
    return socket.read_all();
  }
  std::string post_with(const std::string& body, const std::string& headers) {
    const std::string answer =
        ask("POST /webhook HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " +
            std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body);
    return answer.substr(9, 3);
  }
  std::string post(const std::string& body) {
    return post_with(body, "X-Hub-Signature-256: " + signature(body) + "\r\n");
  }

  test::IoThread io;
  std::vector<Envelope> received;  // by the io thread, read between requests
  std::exception_ptr failure;
  http::Server server;
};

}  // namespace

TEST_CASE("signatures agree with Meta's over the raw bytes") {
  CHECK(is_signed_with_demo_secret(
      R"({"object":"whatsapp_business_account","entry":[]})",
      "49efb61cf528fdda05f05a5e9501f8933d6ed262d23e1e5ac6d0e4e421f8057b"));
  CHECK(is_signed_with_demo_secret(
      R"({"object": "whatsapp_business_account", "entry": []})",
      "b35eeb8da4fc75725225baebac567d7e2086deaa8aee3e4eb3f14837e1a5e06d"));
  CHECK(is_signed_with_demo_secret(
      test::payload("01-text-hola"),
      "0f1fa39e830e621831f3129b8b71822403eeb71470c09a8a7114e32c89c9cbf0"));
  CHECK(is_signed_with_demo_secret(
      test::payload("02-text-reply-quoting-our-message"),
      "0236b4882bd3887bfdb757bccf174eee2ade528ce918d44ce27d4bd4a24f7e4c"));
}

TEST_CASE("a signature in capitals and one by the old secret are good") {
  CHECK(is_signed_with_demo_secret(
      R"({"object":"whatsapp_business_account","entry":[]})",
      "49EFB61CF528FDDA05F05A5E9501F8933D6ED262D23E1E5AC6D0E4E421F8057B"));
  CHECK(is_signed("x", signature("x", "old"), "new", "old"));
  CHECK(is_signed("x", signature("x", "new"), "new", "old"));
}

TEST_CASE("any other signature is bad") {
  const std::string good = signature("body");
  CHECK(is_signed("body", good, secret, ""));
  CHECK_FALSE(is_signed("body ", good, secret, ""));
  CHECK_FALSE(is_signed("body", "", secret, ""));
  CHECK_FALSE(is_signed("body", good.substr(7), secret, ""));
  CHECK_FALSE(is_signed("body", "SHA256=" + good.substr(7), secret, ""));
  CHECK_FALSE(is_signed("body", good + "0", secret, ""));
  CHECK_FALSE(is_signed("body", good.substr(0, 70), secret, ""));
  CHECK_FALSE(is_signed("body", good, "another", ""));
}

TEST_CASE("an empty secret signs nothing") {
  CHECK_FALSE(is_signed("body", signature("body", ""), "", ""));
  CHECK_FALSE(is_signed("body", signature("body", ""), "secret", ""));
}

TEST_CASE("the handshake gives back the challenge to whoever knows the token") {
  CHECK(handshake_challenge("hub.mode=subscribe&hub.challenge=11%2058&hub.verify_token=t%20o",
                            "t o") == "11 58");
  CHECK_FALSE(handshake_challenge("hub.mode=subscribe&hub.challenge=1&hub.verify_token=x", "t"));
  CHECK_FALSE(handshake_challenge("hub.mode=other&hub.challenge=1&hub.verify_token=t", "t"));
  CHECK_FALSE(handshake_challenge("hub.mode=subscribe&hub.challenge=1", ""));
  CHECK_FALSE(handshake_challenge(
      "hub.mode=subscribe&hub.verify_token=t&hub.challenge=" + std::string(1025, '1'), "t"));
}

TEST_CASE("a handshake over HTTP answers the challenge and nothing else") {
  Endpoint endpoint;
  const std::string answer = endpoint.ask(
      "GET /webhook?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=token+of+ours "
      "HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK(answer.substr(9, 3) == "200");
  CHECK(answer.find("Content-Type: text/plain\r\n") != std::string::npos);
  CHECK(answer.substr(answer.find("\r\n\r\n") + 4) == "1158201444");
  CHECK(
      endpoint.ask("GET /webhook HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").substr(9, 3) ==
      "403");
}

TEST_CASE("a signed notification is taken over, then answered 200") {
  Endpoint endpoint;
  CHECK(endpoint.post(test::payload("01-text-hola")) == "200");
  REQUIRE(endpoint.received.size() == 1);
  CHECK(endpoint.received[0].messages.size() == 1);
  const std::string body = test::payload("12-interactive-button-reply");
  CHECK(endpoint.post_with(body, "x-hub-signature-256: " + signature(body, "last-years-secret") +
                                     "\r\n") == "200");
  CHECK(endpoint.received.size() == 2);
}

TEST_CASE("without a good signature nothing is read") {
  Endpoint endpoint;
  const std::string body = test::payload("01-text-hola");
  CHECK(endpoint.post_with(body, "") == "401");
  CHECK(endpoint.post_with(body, "X-Hub-Signature-256: " + signature(body, "x") + "\r\n") == "401");
  CHECK(endpoint.post_with("garbage", "") == "401");
  CHECK(endpoint.received.empty());
}

TEST_CASE("a signed body that Meta would not send is 400") {
  Endpoint endpoint;
  CHECK(endpoint.post("[]") == "400");
  CHECK(endpoint.post("{") == "400");
  CHECK(endpoint.post("") == "400");
  CHECK(endpoint.received.empty());
}

TEST_CASE("what holds nothing for us is 200 and goes no further") {
  Endpoint endpoint;
  CHECK(endpoint.post(R"({"object":"page","entry":[]})") == "200");
  CHECK(endpoint.post(R"({"object":"whatsapp_business_account","entry":[7]})") == "200");
  CHECK(endpoint.received.empty());
}

TEST_CASE("whatever keeps a notification from being stored is 503") {
  Endpoint endpoint;
  endpoint.failure = std::make_exception_ptr(StoreUnavailable("the queue is full"));
  CHECK(endpoint.post(test::payload("01-text-hola")) == "503");
  endpoint.failure = std::make_exception_ptr(std::runtime_error("disk full"));
  CHECK(endpoint.post(test::payload("01-text-hola")) == "503");
  endpoint.failure = nullptr;
  CHECK(endpoint.post(test::payload("01-text-hola")) == "200");
}

TEST_CASE("a body beyond Meta's limit is 413, the hostile ones within it are served") {
  Endpoint endpoint;
  CHECK(endpoint.post(std::string(max_webhook_body + 1, ' ')) == "413");
  CHECK(endpoint.post(test::huge_text_payload()) == "200");
  CHECK(endpoint.post(test::deep_nesting_payload()) == "200");
  CHECK(endpoint.received.size() == 2);
}

TEST_CASE("another method is 405, another path 404") {
  Endpoint endpoint;
  CHECK(
      endpoint.ask("PUT /webhook HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").substr(9, 3) ==
      "405");
  CHECK(endpoint.ask("POST /webhook/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            .substr(9, 3) == "404");
}
