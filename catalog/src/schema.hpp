// A JSON Schema (draft-07) that tells what is wrong in Spanish.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace catalina::catalog {

struct Violation {
  nlohmann::json::json_pointer at;
  std::string expected;
};

class Schema {
 public:
  // Throws std::runtime_error when `schema` is not a JSON Schema.
  explicit Schema(nlohmann::json schema);
  ~Schema();

  // Empty when `value` conforms. Not for several threads at once: compiled patterns are kept.
  std::vector<Violation> check(const nlohmann::json& value);

 private:
  struct Compiled;
  nlohmann::json schema_;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace catalina::catalog
