// Turns "this value breaks the schema" into what an editor should have written there, in Spanish.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "schema.hpp"

namespace catalina::catalog {

// The part of `schema` that speaks about the value at `at` inside `root`: follows properties, items
// and local references. nullptr where the schema branches (oneOf and the like) or says nothing.
const nlohmann::json* schema_at(const nlohmann::json& schema, const nlohmann::json& root,
                                const nlohmann::json::json_pointer& at);

// What is wrong with the value itself, not with those inside it, except fields that are missing or
// have no business there. Empty when `node` has only rules that are not told one by one.
std::vector<Violation> explain(const nlohmann::json& node, const nlohmann::json& value,
                               const nlohmann::json::json_pointer& at);

// For the rules that `explain` does not tell: the description that the schema gives of the value.
std::string described(const nlohmann::json* node);

}  // namespace catalina::catalog
