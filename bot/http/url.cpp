#include "http/url.hpp"

#include <algorithm>
#include <charconv>

namespace catalina::http {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

bool is_ipv6_character(char c) {
  return (c >= 'a' && c <= 'f') || (c >= '0' && c <= '9') || c == ':' || c == '.';
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

}  // namespace

std::string Url::authority() const {
  std::string text = host.find(':') == std::string::npos ? host : "[" + host + "]";
  if (port != (tls ? 443 : 80)) text += ":" + std::to_string(port);
  return text;
}

bool Url::is_loopback() const {
  return host == "localhost" || host == "::1" ||
         (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos);
}

std::optional<Url> parse_url(std::string_view text) {
  const auto unprintable = [](char c) { return c <= ' ' || c == '\x7f'; };
  if (std::any_of(text.begin(), text.end(), unprintable)) return std::nullopt;
  Url url;
  if (take_prefix(text, "https://"))
    url.tls = true;
  else if (!take_prefix(text, "http://"))
    return std::nullopt;

  const std::size_t authority_end = std::min(text.find_first_of("/?#"), text.size());
  std::string_view authority = text.substr(0, authority_end);
  text.remove_prefix(authority_end);
  if (text.find('#') != std::string_view::npos) return std::nullopt;
  url.target = text.starts_with("/") ? std::string(text) : "/" + std::string(text);

  std::string_view host;
  const bool bracketed = take_prefix(authority, "[");
  const std::size_t host_end = authority.find(bracketed ? ']' : ':');
  host = authority.substr(0, host_end);
  if (bracketed && host_end == std::string_view::npos) return std::nullopt;
  authority.remove_prefix(std::min(authority.size(), host.size() + (bracketed ? 1 : 0)));
  std::transform(host.begin(), host.end(), std::back_inserter(url.host), lower);
  if (url.host.empty() || !std::all_of(url.host.begin(), url.host.end(),
                                       bracketed ? is_ipv6_character : is_host_character))
    return std::nullopt;

  url.port = url.tls ? 443 : 80;
  if (authority.empty()) return url;
  if (!take_prefix(authority, ":")) return std::nullopt;
  const auto [end, error] =
      std::from_chars(authority.data(), authority.data() + authority.size(), url.port);
  if (error != std::errc() || end != authority.data() + authority.size() || url.port == 0)
    return std::nullopt;
  return url;
}

}  // namespace catalina::http
