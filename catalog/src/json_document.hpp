// A JSON file that remembers on which line each of its values stands, so that a problem can be
// shown where it is.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <unordered_map>
#include <variant>

#include "catalog/documents.hpp"

namespace catalina::catalog {

using Pointer = nlohmann::json::json_pointer;

// What a file may hold at most. The largest of ours have 100 KB, 7,000 values and texts of 300
// bytes; the limits keep a hostile or broken file from costing more than a moment of time and
// memory. The one on texts also bounds the recursion of std::regex, on which the patterns of the
// schemas run.
namespace file_limits {
inline constexpr std::size_t bytes = std::size_t{2} << 20;
inline constexpr std::size_t values = 50'000;
inline constexpr std::size_t depth = 32;
inline constexpr std::size_t list_items = 5'000;  // of one list, or fields of one object
inline constexpr std::size_t text_bytes = 8'000;
}  // namespace file_limits

class JsonDocument {
 public:
  // The first problem when the file is not JSON, names a field twice, or exceeds a limit.
  static std::variant<JsonDocument, Problem> parse(const File& file);

  const std::string& path() const { return path_; }
  const nlohmann::json& root() const { return root_; }

  // A problem with the value at `at`. When there is none (a field that is missing), it is shown on
  // the line of what should hold it.
  Problem problem(const Pointer& at, std::string expected) const;

 private:
  friend class DocumentBuilder;

  std::string path_;
  nlohmann::json root_;
  std::unordered_map<std::string, int> lines_;  // by JSON pointer
};

// How a person writes the place of a value: "pasos[2].texto", counted from 0 as in JSON.
std::string field_name(const nlohmann::json& root, const Pointer& at);

}  // namespace catalina::catalog
