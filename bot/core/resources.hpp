// Files that were built into the binary: the default configuration and the pages.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace catalina::resources {

// `path` relative to the project, for example "config/catalina.json" or "bot/demo/index.html".
std::optional<std::string_view> find(std::string_view path);

// Paths that start with `prefix`, sorted.
std::vector<std::string_view> list(std::string_view prefix);

}  // namespace catalina::resources
