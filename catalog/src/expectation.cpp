#include "expectation.hpp"

#include <algorithm>
#include <regex>

#include "catalog/text.hpp"
#include "spelling.hpp"

namespace catalina::catalog {
namespace {

using nlohmann::json;
using Pointer = json::json_pointer;

constexpr int max_references = 8;  // a reference to a reference to …

const json* resolve(const json& schema, const json* node) {
  for (int i = 0; node && node->is_object() && node->contains("$ref"); ++i) {
    const std::string reference = node->at("$ref").get<std::string>();
    if (i == max_references || !reference.starts_with("#")) return nullptr;
    const Pointer target(reference.substr(1));
    node = schema.contains(target) ? &schema.at(target) : nullptr;
  }
  return node;
}

const json* member(const json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

const json* item_schema(const json& node, std::size_t index) {
  const json* items = member(node, "items");
  if (!items || items->is_object()) return items;
  if (items->is_array() && index < items->size()) return &items->at(index);
  return member(node, "additionalItems");
}

const json* property_schema(const json& node, const std::string& name) {
  if (const json* properties = member(node, "properties"))
    if (const json* property = member(*properties, name.c_str())) return property;
  if (const json* patterns = member(node, "patternProperties"))
    for (const auto& [pattern, property] : patterns->items())
      if (std::regex_search(name, std::regex(pattern))) return &property;
  const json* others = member(node, "additionalProperties");
  return others && others->is_object() ? others : nullptr;
}

std::string type_name(const std::string& type) {
  if (type == "string") return "un texto";
  if (type == "integer") return "un número entero";
  if (type == "number") return "un número";
  if (type == "boolean") return "true o false";
  if (type == "array") return "una lista entre corchetes";
  if (type == "object") return "un grupo de campos entre llaves";
  return type;
}

std::string type_of(const json& value) {
  if (value.is_null()) return "null";
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  if (value.is_number()) return "un número";
  return type_name(value.type_name());
}

bool has_type(const json& value, const std::string& type) {
  return (type == "integer" && value.is_number_integer()) || type == value.type_name();
}

// The choices of "type" and "enum", joined: "un texto o null".
std::string joined(const std::vector<std::string>& parts, const std::string& last) {
  std::string all;
  for (std::size_t i = 0; i < parts.size(); ++i)
    all += (i == 0 ? "" : i + 1 == parts.size() ? last : ", ") + parts[i];
  return all;
}

// A value as it is told to an editor, short and on one line whatever it is.
std::string shown(const json& value) {
  if (value.is_string()) {
    std::string text = text::truncate(value.get<std::string>(), 40);
    std::replace(text.begin(), text.end(), '\n', ' ');
    return "«" + text + "»";
  }
  return value.is_structured() ? type_of(value) : value.dump();
}

std::string choice(const json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

// The rules of one node, each told when `value` breaks it.
class Explanation {
 public:
  Explanation(const json& node, const json& value, const Pointer& at)
      : node_(node), value_(value), at_(at) {}

  std::vector<Violation> violations() && {
    // A value of the wrong type, or none of the choices, has no other fault worth telling.
    if (check_type() && check_choices()) {
      check_text();
      check_number();
      check_size();
      if (value_.is_object()) {
        check_missing();
        check_unknown();
      }
    }
    return std::move(violations_);
  }

 private:
  void tell(std::string expected) { violations_.push_back({at_, std::move(expected)}); }

  bool check_type() {
    const json* type = member(node_, "type");
    if (!type) return true;
    std::vector<std::string> names;
    if (type->is_string()) names = {type->get<std::string>()};
    if (type->is_array()) names = type->get<std::vector<std::string>>();
    if (std::any_of(names.begin(), names.end(),
                    [&](const auto& name) { return has_type(value_, name); }))
      return true;
    for (std::string& name : names) name = type_name(name);
    tell("se esperaba " + joined(names, " o ") + ", y hay " + type_of(value_));
    return false;
  }

  bool check_choices() {
    std::vector<json> choices;
    if (const json* list = member(node_, "enum")) choices = list->get<std::vector<json>>();
    if (const json* only = member(node_, "const")) choices = {*only};
    if (choices.empty() || std::find(choices.begin(), choices.end(), value_) != choices.end())
      return true;
    std::vector<std::string> names;
    names.reserve(choices.size());
    for (const json& one : choices) names.push_back(choice(one));
    tell("se esperaba uno de: " + joined(names, ", ") + "; hay " + shown(value_));
    return false;
  }

  void check_text() {
    if (!value_.is_string()) return;
    const auto& text = value_.get_ref<const std::string&>();
    const std::size_t letters = code_points(text);
    if (const json* least = member(node_, "minLength");
        least && letters < least->get<std::size_t>())
      tell(letters == 0 ? "se esperaba un texto, y está vacío"
                        : "se esperaban por lo menos " + least->dump() + " letras; hay " +
                              std::to_string(letters));
    if (const json* most = member(node_, "maxLength"); most && letters > most->get<std::size_t>())
      tell("se esperaban como máximo " + most->dump() + " letras; hay " + std::to_string(letters));
    if (const json* pattern = member(node_, "pattern");
        pattern && !std::regex_search(text, std::regex(pattern->get<std::string>())))
      tell("se esperaba otra forma de escribirlo; hay " + shown(value_) + described_after());
  }

  void check_number() {
    if (!value_.is_number()) return;
    const auto number = value_.get<double>();
    if (const json* least = member(node_, "minimum"); least && number < least->get<double>())
      tell("se esperaba un número desde " + least->dump() + "; hay " + shown(value_));
    if (const json* most = member(node_, "maximum"); most && number > most->get<double>())
      tell("se esperaba un número hasta " + most->dump() + "; hay " + shown(value_));
  }

  void check_size() {
    if (!value_.is_array()) return;
    const std::string there_are = "; hay " + std::to_string(value_.size());
    if (const json* least = member(node_, "minItems");
        least && value_.size() < least->get<std::size_t>())
      tell("se esperaba una lista de " + least->dump() + " o más" + there_are);
    if (const json* most = member(node_, "maxItems");
        most && value_.size() > most->get<std::size_t>())
      tell("se esperaba una lista de " + most->dump() + " como máximo" + there_are);
  }

  void check_missing() {
    const json* required = member(node_, "required");
    if (!required) return;
    for (const json& name : *required)
      if (!value_.contains(name.get<std::string>()))
        violations_.push_back({at_ / name.get<std::string>(), "se esperaba este campo, y falta"});
  }

  void check_unknown() {
    const json* others = member(node_, "additionalProperties");
    if (!others || *others != false) return;
    std::vector<std::string> missing;
    if (const json* properties = member(node_, "properties"))
      for (const auto& [name, schema] : properties->items())
        if (!value_.contains(name)) missing.push_back(name);
    for (const auto& [name, content] : value_.items())
      if (!property_schema(node_, name))
        violations_.push_back(
            {at_ / name, "no se esperaba un campo con este nombre." + suggestion(name, missing)});
  }

  std::string described_after() const {
    const json* description = member(node_, "description");
    return description ? ". " + description->get<std::string>() : std::string();
  }

  static std::size_t code_points(const std::string& utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
  }

  const json& node_;
  const json& value_;
  const Pointer& at_;
  std::vector<Violation> violations_;
};

}  // namespace

const json* schema_at(const json& schema, const json& root, const Pointer& at) {
  if (at.empty()) return resolve(schema, &schema);
  const Pointer parent = at.parent_pointer();
  const json* node = schema_at(schema, root, parent);
  if (!node || !node->is_object()) return nullptr;
  const bool in_array = root.at(parent).is_array();
  return resolve(schema, in_array ? item_schema(*node, std::stoul(at.back()))
                                  : property_schema(*node, at.back()));
}

std::vector<Violation> explain(const json& node, const json& value, const Pointer& at) {
  if (!node.is_object()) return {};
  return Explanation(node, value, at).violations();
}

std::string described(const json* node) {
  const json* description = node && node->is_object() ? member(*node, "description") : nullptr;
  return description ? "se esperaba otro valor. " + description->get<std::string>()
                     : "se esperaba otro valor";
}

}  // namespace catalina::catalog
