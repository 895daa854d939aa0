#include "core/resources.hpp"

#include <algorithm>
#include <span>

#include "core/embedded_table.hpp"

namespace catalina::resources {
namespace {

std::span<const EmbeddedFile> files() {
  return {embedded_files, embedded_file_count};
}

}  // namespace

std::optional<std::string_view> find(std::string_view path) {
  for (const EmbeddedFile& file : files())
    if (path == file.path)
      return std::string_view(file.begin, static_cast<std::size_t>(file.end - file.begin));
  return std::nullopt;
}

std::vector<std::string_view> list(std::string_view prefix) {
  std::vector<std::string_view> paths;
  for (const EmbeddedFile& file : files())
    if (std::string_view(file.path).starts_with(prefix)) paths.emplace_back(file.path);
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace catalina::resources
