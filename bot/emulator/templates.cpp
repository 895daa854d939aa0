#include "emulator/templates.hpp"

#include <algorithm>
#include <functional>
#include <stdexcept>

namespace catalina::emulator {
namespace {

// Calls `text` for each piece between variables and `variable` for the name of each.
void walk(std::string_view source, const std::function<void(std::string_view)>& text,
          const std::function<void(std::string_view)>& variable) {
  while (true) {
    const std::size_t open = source.find("{{");
    const std::size_t close = open == source.npos ? source.npos : source.find("}}", open);
    text(source.substr(0, close == source.npos ? source.npos : open));
    if (close == source.npos) return;
    variable(source.substr(open + 2, close - open - 2));
    source.remove_prefix(close + 2);
  }
}

void read_component(Template& into, const nlohmann::json& component) {
  const std::string type = component.at("type");
  if (type == "HEADER") {
    into.header_format = component.at("format");
    if (into.header_format == "TEXT") into.header = component.at("text");
  } else if (type == "BODY") {
    into.body = component.at("text");
  } else if (type == "FOOTER") {
    into.footer = component.at("text");
  } else if (type == "BUTTONS") {
    for (const auto& button : component.at("buttons"))
      into.buttons.push_back({button.at("type"), button.at("text"), button.value("url", "")});
  } else {
    throw std::invalid_argument("unknown component type \"" + type + "\"");
  }
}

}  // namespace

Template read_template(const nlohmann::json& registration) {
  Template value;
  try {
    value.name = registration.at("name");
    value.language = registration.at("language");
    value.category = registration.at("category");
    value.status = registration.value("status", "APPROVED");
    value.named = registration.value("parameter_format", "POSITIONAL") == "NAMED";
    for (const auto& component : registration.at("components")) read_component(value, component);
  } catch (const nlohmann::json::exception& error) {
    throw std::invalid_argument(std::string("not a template: ") + error.what());
  }
  if (value.body.empty()) throw std::invalid_argument("a template needs a BODY");
  return value;
}

nlohmann::json to_json(const Template& value) {
  nlohmann::json components = nlohmann::json::array();
  if (!value.header_format.empty()) {
    nlohmann::json header{{"type", "HEADER"}, {"format", value.header_format}};
    if (value.header_format == "TEXT") header["text"] = value.header;
    components.push_back(std::move(header));
  }
  components.push_back({{"type", "BODY"}, {"text", value.body}});
  if (!value.footer.empty()) components.push_back({{"type", "FOOTER"}, {"text", value.footer}});
  nlohmann::json buttons = nlohmann::json::array();
  for (const auto& button : value.buttons) {
    nlohmann::json item{{"type", button.type}, {"text", button.text}};
    if (!button.url.empty()) item["url"] = button.url;
    buttons.push_back(std::move(item));
  }
  if (!buttons.empty()) components.push_back({{"type", "BUTTONS"}, {"buttons", buttons}});
  return {{"name", value.name},
          {"language", value.language},
          {"category", value.category},
          {"status", value.status},
          {"parameter_format", value.named ? "NAMED" : "POSITIONAL"},
          {"components", components}};
}

std::vector<std::string> variables(std::string_view text) {
  std::vector<std::string> names;
  walk(
      text, [](std::string_view) {},
      [&](std::string_view name) {
        if (std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
      });
  return names;
}

std::string expand(std::string_view text, const std::map<std::string, std::string>& values) {
  std::string out;
  walk(
      text, [&](std::string_view piece) { out += piece; },
      [&](std::string_view name) {
        const auto found = values.find(std::string(name));
        out += found != values.end() ? found->second : "{{" + std::string(name) + "}}";
      });
  return out;
}

std::string Templates::normal(std::string language) {
  std::replace(language.begin(), language.end(), '-', '_');
  return language;
}

void Templates::put(Template value) {
  value.language = normal(std::move(value.language));
  const auto key = std::pair(value.name, value.language);
  templates_[key] = std::move(value);
}

const Template* Templates::find(const std::string& name, std::string language) const {
  const auto found = templates_.find({name, normal(std::move(language))});
  return found != templates_.end() ? &found->second : nullptr;
}

bool Templates::set_status(const std::string& name, const std::string& language,
                           std::string status) {
  const auto found = templates_.find({name, normal(language)});
  if (found == templates_.end()) return false;
  found->second.status = std::move(status);
  return true;
}

nlohmann::json Templates::list() const {
  nlohmann::json all = nlohmann::json::array();
  for (const auto& [key, value] : templates_) all.push_back(to_json(value));
  return all;
}

}  // namespace catalina::emulator
