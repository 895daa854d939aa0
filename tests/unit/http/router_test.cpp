#include "http/server.hpp"
#include "support/catch.hpp"

using namespace catalina::http;

namespace {

Handler none() {
  return [](Request) -> boost::asio::awaitable<Response> { co_return Response{}; };
}

}  // namespace

TEST_CASE("the most precise pattern that knows the method answers") {
  Router router;
  router.add("GET", "/*", none());
  router.add("GET", "/panel/*", none());
  router.add("GET", "/panel/login", none());
  router.add("POST", "/panel/login", none(), {1});
  CHECK(router.find("GET", "/other").pattern == "/*");
  CHECK(router.find("GET", "/panel/").pattern == "/panel/*");
  CHECK(router.find("GET", "/panel/x/y").pattern == "/panel/*");
  CHECK(router.find("GET", "/panel/login").pattern == "/panel/login");
  CHECK(router.find("POST", "/panel/login").options.max_body == 1);
  CHECK(router.find("HEAD", "/panel/login").pattern == "/panel/login");
}

TEST_CASE("a known path with another method names the methods it knows") {
  Router router;
  router.add("GET", "/webhook", none());
  router.add("POST", "/webhook", none());
  const Router::Match match = router.find("DELETE", "/webhook");
  CHECK(match.handler == nullptr);
  CHECK(match.allow == "GET, HEAD, POST");
  CHECK(router.find("GET", "/webhooks").allow.empty());
}

TEST_CASE("a route that is there twice is a mistake of ours") {
  Router router;
  router.add("GET", "/x", none());
  CHECK_THROWS_AS(router.add("GET", "/x", none()), std::logic_error);
  CHECK_THROWS_AS(router.add("GET", "x", none()), std::logic_error);
}
