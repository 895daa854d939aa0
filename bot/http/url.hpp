// Absolute http and https addresses, read strictly: what is not plainly an address is refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace catalina::http {

struct Url {
  bool tls = false;
  std::string host;  // lower case, without the brackets of an IPv6 address
  std::uint16_t port = 0;
  std::string target;  // path and query, at least "/"

  // As the Host header wants it: the port only when it is not the scheme's own.
  std::string authority() const;
  // True for "localhost" and loopback addresses.
  bool is_loopback() const;
};

// Nothing for another scheme, user information, a fragment, blanks or control characters.
std::optional<Url> parse_url(std::string_view text);

}  // namespace catalina::http
