// HTTP requests and responses as plain values, so that handlers need not include Beast.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace catalina::http {

using Headers = std::vector<std::pair<std::string, std::string>>;

// The first header of that name, compared without case; empty when there is none.
std::string_view find_header(const Headers& headers, std::string_view name);

// Compares ASCII text without case, as HTTP does with the names of headers.
bool equal_without_case(std::string_view a, std::string_view b);

struct Request {
  std::string method;  // "GET"
  std::string path;    // percent-decoded, without the query
  std::string query;   // raw, without "?"
  Headers headers;
  std::string body;
  std::string
      remote;  // peer address, for limits and audits; never logged next to what a citizen wrote
};

// "%C3%B1" as "ñ". A "%" without two hex digits behind it stands for itself, as browsers have it.
std::string percent_decode(std::string_view text);

// Values of a query string, percent-decoded, in order. "+" is a space.
std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query);

struct Response {
  unsigned status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
  Headers headers;    // beside Content-Type, Content-Length, Connection and the security headers of
                      // every answer
  bool drop = false;  // close the connection without an answer: how the emulator plays a network
                      // that fails
};

}  // namespace catalina::http
