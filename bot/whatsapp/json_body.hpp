// JSON from outside: parsed within limits and looked into without ever throwing. Internal to the
// room.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace catalina::whatsapp {

using Json = nlohmann::json;

// Nothing when it is not JSON in valid UTF-8. Values nested deeper than `max_depth` are dropped
// unread; half a surrogate pair becomes U+FFFD instead of spoiling the rest.
std::optional<Json> parse_json(std::string_view text, int max_depth = 64);

// The member of that name when `object` is an object that has it and it is of that type.
const Json* member(const Json& object, std::string_view name);
const Json* object_at(const Json& object, std::string_view name);
const Json* array_at(const Json& object, std::string_view name);
// Empty when missing or no string: what is not there and what is empty mean the same to us.
std::string_view string_at(const Json& object, std::string_view name);
std::optional<double> number_at(const Json& object, std::string_view name);
std::optional<std::int64_t> integer_at(const Json& object, std::string_view name);
bool flag_at(const Json& object, std::string_view name);

}  // namespace catalina::whatsapp
