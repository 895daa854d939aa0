#include "report.hpp"

#include <algorithm>

#include "spelling.hpp"

namespace catalina::catalog {

using nlohmann::json;

void Report::add(const Pointer& at, std::string expected) {
  problems_.push_back(document_.problem(at, std::move(expected)));
}

void Report::refers_to(const Pointer& at, const Ids& ids, const std::string& what) {
  const json& value = root().at(at);
  if (!ids || value.is_null()) return;
  const auto& id = value.get_ref<const std::string&>();
  if (std::find(ids->begin(), ids->end(), id) != ids->end()) return;
  add(at, "se esperaba " + what + " que exista; «" + id + "» no existe." + suggestion(id, *ids));
}

void Report::unique(const Pointer& list, const char* key, std::set<std::string>& seen) {
  const json& entries = root().at(list);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& value = entries[i].at(key).get_ref<const std::string&>();
    if (!seen.insert(value).second)
      add(list / i / key, "se esperaba un valor distinto; «" + value + "» está repetido");
  }
}

void Report::unique(const Pointer& list, const char* key) {
  std::set<std::string> seen;
  unique(list, key, seen);
}

void Report::has_source_if_sure(const Pointer& entry) {
  const json& value = root().at(entry);
  const auto& confidence = value.at("confianza").get_ref<const std::string&>();
  const bool sure = confidence == "verificado" || confidence == "una_fuente";
  if (sure && value.at("fuentes").empty())
    add(entry / "fuentes", "se esperaba una fuente, porque la confianza es " + confidence);
}

void Report::no_repeated_texts(const Pointer& at) {
  const json& value = root().at(at);
  if (value.is_object())
    for (const auto& [name, member] : value.items()) no_repeated_texts(at / name);
  if (!value.is_array()) return;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i].is_structured())
      no_repeated_texts(at / i);
    else if (value[i].is_string() && !seen.insert(value[i].get<std::string>()).second)
      add(at / i, "se esperaba un texto distinto; este ya está en la lista");
  }
}

}  // namespace catalina::catalog
