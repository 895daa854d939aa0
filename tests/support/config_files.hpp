// The files of config/ as they stand in the source tree, for tests that want the real catalog.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

#include "catalog/documents.hpp"

namespace catalina::test {

inline std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// Every .json of `folder` (relative to config/) and below it, sorted by path; paths relative to
// `folder`. The settings and the schemas are no part of the catalog.
inline catalog::Files config_files(const std::string& folder = "") {
  const auto root = std::filesystem::path(CATALINA_SOURCE_DIR) / "config" / folder;
  catalog::Files files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const std::string path = std::filesystem::relative(entry.path(), root).generic_string();
    if (entry.path().extension() != ".json" || path.starts_with("schemas/") ||
        path.starts_with("catalina."))
      continue;
    files.push_back({path, read_text(entry.path())});
  }
  std::sort(files.begin(), files.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

inline catalog::Files config_schemas() {
  return config_files("schemas");
}

}  // namespace catalina::test
