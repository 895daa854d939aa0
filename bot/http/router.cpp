#include <algorithm>
#include <stdexcept>

#include "http/server.hpp"

namespace catalina::http {
namespace {

bool is_prefix_pattern(std::string_view pattern) {
  return pattern.ends_with("/*");
}

bool matches(std::string_view pattern, std::string_view path) {
  if (!is_prefix_pattern(pattern)) return pattern == path;
  return path.starts_with(pattern.substr(0, pattern.size() - 1));
}

// A literal path is more precise than any prefix, and a longer prefix than a shorter one.
std::size_t precision(std::string_view pattern) {
  return is_prefix_pattern(pattern) ? pattern.size() : std::string_view::npos;
}

void add_method(std::string& allow, std::string_view method) {
  if (allow.find(method) != std::string::npos) return;
  if (!allow.empty()) allow += ", ";
  allow += method;
}

}  // namespace

void Router::add(std::string method, std::string pattern, Handler handler, RouteOptions options) {
  if (!pattern.starts_with("/"))
    throw std::logic_error("route \"" + pattern + "\" does not start with /");
  for (const Route& route : routes_)
    if (route.method == method && route.pattern == pattern)
      throw std::logic_error("route " + method + " " + pattern + " is there twice");
  routes_.push_back({std::move(method), std::move(pattern), std::move(handler), options});
}

Router::Match Router::find(std::string_view method, std::string_view path) const {
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  const Route* best = nullptr;
  std::string allow;
  for (const Route& route : routes_) {
    if (!matches(route.pattern, path)) continue;
    add_method(allow, route.method);
    if (route.method == "GET") add_method(allow, "HEAD");
    if (route.method != wanted) continue;
    if (best == nullptr || precision(route.pattern) > precision(best->pattern)) best = &route;
  }
  if (best == nullptr) return {nullptr, {}, {}, std::move(allow)};
  return {&best->handler, best->options, best->pattern, std::move(allow)};
}

}  // namespace catalina::http
