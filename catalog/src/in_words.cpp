#include "in_words.hpp"

namespace catalina::catalog {

std::string in_words(const nlohmann::ordered_json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_null()) return {};
  if (value.is_boolean()) return value.get<bool>() ? "sí" : "no";
  if (!value.is_structured()) return value.dump();

  std::string words;
  for (const auto& [name, member] : value.items()) {
    if (value.is_object() && (member.is_null() || member.empty())) continue;  // says nothing
    if (!words.empty()) words += value.is_object() ? "; " : "\n";
    if (value.is_object()) words += name + ": ";
    words += in_words(member);
  }
  return words;
}

}  // namespace catalina::catalog
