#include "http/url.hpp"

#include "support/catch.hpp"

using namespace catalina::http;

TEST_CASE("an address is taken apart") {
  const auto url = parse_url("https://Graph.Facebook.com/v26.0/1?x=1");
  REQUIRE(url);
  CHECK(url->tls);
  CHECK(url->host == "graph.facebook.com");
  CHECK(url->port == 443);
  CHECK(url->target == "/v26.0/1?x=1");
  CHECK(url->authority() == "graph.facebook.com");
}

TEST_CASE("ports, IPv6 and missing paths are understood") {
  CHECK(parse_url("http://127.0.0.1:8080")->port == 8080);
  CHECK(parse_url("http://127.0.0.1:8080")->target == "/");
  CHECK(parse_url("http://[::1]:81/x")->host == "::1");
  CHECK(parse_url("http://[::1]:81/x")->authority() == "[::1]:81");
  CHECK(parse_url("http://host?x=1")->target == "/?x=1");
}

TEST_CASE("what is not plainly an address is refused") {
  for (const char* text :
       {"", "ftp://host/", "host", "http://", "http:///path", "http://user@host/",
        "http://user:secret@host/", "http://host:/", "http://host:0/", "http://host:70000/",
        "http://host:8x/", "http://ho st/", "http://host/a b", "http://host/\r\nX: y",
        "http://host/#part", "http://[::1/", "http://[::1]x/", "http://host\\@evil/"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_url(text));
  }
}

TEST_CASE("loopback is told from names that only look like it") {
  CHECK(parse_url("http://localhost/")->is_loopback());
  CHECK(parse_url("http://127.1.2.3/")->is_loopback());
  CHECK(parse_url("http://[::1]/")->is_loopback());
  CHECK_FALSE(parse_url("http://127.0.0.1.evil.example/")->is_loopback());
  CHECK_FALSE(parse_url("http://10.0.0.1/")->is_loopback());
}
