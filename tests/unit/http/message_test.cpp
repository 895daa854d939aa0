#include "http/message.hpp"

#include "support/catch.hpp"

using namespace catalina::http;

TEST_CASE("headers are found without regard to case, the first of a name") {
  const Headers headers{{"Content-Type", "a"}, {"X-Key", "1"}, {"x-key", "2"}};
  CHECK(find_header(headers, "x-KEY") == "1");
  CHECK(find_header(headers, "content-type") == "a");
  CHECK(find_header(headers, "X-Ke").empty());
}

TEST_CASE("a query is decoded, in order, with the odd forms browsers send") {
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  CHECK(parse_query("hub.mode=subscribe&hub.challenge=a%2Bb+c") ==
        Pairs{{"hub.mode", "subscribe"}, {"hub.challenge", "a+b c"}});
  CHECK(parse_query("a&b=&=c&&d=1=2") == Pairs{{"a", ""}, {"b", ""}, {"", "c"}, {"d", "1=2"}});
  CHECK(parse_query("").empty());
}

TEST_CASE("percent signs without two hex digits stand for themselves") {
  CHECK(percent_decode("ni%C3%B1o") == "ni\xC3\xB1o");
  CHECK(percent_decode("100%") == "100%");
  CHECK(percent_decode("%4") == "%4");
  CHECK(percent_decode("%zz%41") == "%zzA");
}
