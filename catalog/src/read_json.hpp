// How the readers of config/ take values out of JSON that passed its schema. What is not as they
// expect ends in an exception: nlohmann's own, or std::runtime_error for a word that no list knows.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/model.hpp"

namespace catalina::catalog {

using nlohmann::json;

// The words of the files and what they mean here, one table per list of choices.
template <typename T>
using Choices = std::pair<std::string_view, T>;

inline constexpr Choices<Confidence> confidences[] = {{"verificado", Confidence::verificado},
                                                      {"una_fuente", Confidence::una_fuente},
                                                      {"nacional", Confidence::nacional},
                                                      {"por_validar", Confidence::por_validar}};

inline constexpr Choices<TermUnit> term_units[] = {{"inmediato", TermUnit::inmediato},
                                                   {"dias_habiles", TermUnit::dias_habiles},
                                                   {"dias_calendario", TermUnit::dias_calendario},
                                                   {"meses", TermUnit::meses}};

template <typename T, std::size_t N>
T choose(const Choices<T> (&choices)[N], const json& word) {
  const auto& text = word.get_ref<const std::string&>();
  for (const auto& [name, value] : choices)
    if (name == text) return value;
  throw std::runtime_error("unknown word \"" + text + "\"");
}

inline std::string text(const json& object, const char* key) {
  return object.at(key).get<std::string>();
}

// For what may be null or left out.
inline std::string text_or_empty(const json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? std::string() : found->get<std::string>();
}

inline std::vector<std::string> texts(const json& object, const char* key) {
  return object.at(key).get<std::vector<std::string>>();
}

// What `read` makes of the object at `key`, if there is one.
template <typename Read>
auto object_or_none(const json& object, const char* key, Read read) {
  const auto found = object.find(key);
  using Value = decltype(read(object));
  return found == object.end() || found->is_null() ? std::optional<Value>() : read(*found);
}

inline std::optional<int> number_or_none(const json& object, const char* key) {
  const json& value = object.at(key);
  return value.is_null() ? std::nullopt : std::optional(value.get<int>());
}

template <typename Read>
auto list(const json& object, const char* key, Read read) {
  std::vector<decltype(read(object))> items;
  const json& array = object.at(key);
  items.reserve(array.size());
  for (const json& item : array) items.push_back(read(item));
  return items;
}

}  // namespace catalina::catalog
