// Template messages: the right template, in a state that may be sent, with every variable filled.
#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "emulator/send_check.hpp"

namespace catalina::emulator {
namespace {

constexpr std::size_t max_expanded_body = 1024;
constexpr std::size_t max_parameter = 1024;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// Meta refuses line breaks, tabs and long runs of spaces inside a parameter.
bool is_single_line(const std::string& text) {
  return text.find_first_of("\n\r\t") == std::string::npos &&
         text.find("     ") == std::string::npos;
}

// The values of a component's text parameters by the name of their variable.
std::map<std::string, std::string> read_values(const std::vector<Node>& parameters, bool named) {
  std::map<std::string, std::string> values;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const Node& parameter = parameters[i];
    parameter.only({"type", "text", "parameter_name"});
    parameter.need_equal("type", "text");
    const std::string text = parameter.need("text").text(1, max_parameter, "Parameter", 132012);
    if (parameter.has("parameter_name") != named)
      parameter.refuse(132012, named ? "This template takes named parameters"
                                     : "This template takes positional parameters");
    if (!is_single_line(text))
      parameter.refuse(132012, "A parameter holds a line break, a tab or more than 4 spaces");
    if (parameter.refused()) return values;
    values[named ? parameter.need("parameter_name").text(1, 100, "parameter_name")
                 : std::to_string(i + 1)] = text;
  }
  return values;
}

void must_fill(const Node& where, const std::string& text,
               const std::map<std::string, std::string>& values, std::size_t given) {
  if (where.refused()) return;
  const auto wanted = variables(text);
  if (given != wanted.size() || values.size() != wanted.size())
    return where.refuse(132000, "number of parameters (" + std::to_string(given) +
                                    ") does not match the expected number (" +
                                    std::to_string(wanted.size()) + ")");
  for (const std::string& name : wanted)
    if (!values.contains(name)) where.refuse(132012, "The parameter " + name + " is missing");
}

std::vector<Node> parameters_of(const Node& component) {
  const auto parameters = component.may("parameters");
  return parameters ? parameters->items(0, 100, "Parameter") : std::vector<Node>{};
}

class Filling {
 public:
  Filling(const Node& node, const Template& value, const Account& account, Time now)
      : node_(node), template_(value), account_(account), now_(now) {}

  void component(const Node& component) {
    component.only({"type", "sub_type", "index", "parameters"});
    const std::string type = component.need("type").text(1, 20, "Component type");
    if (component.refused()) return;
    if (type != "button" && !seen_.insert(type).second)
      component.refuse(132012, "There can be one " + type + " only");
    if (type == "header")
      header(component);
    else if (type == "body")
      body(component);
    else if (type == "button")
      button(component);
    else
      component.refuse(131009, "\"" + type + "\" is not a component");
  }

  // What was left out altogether must need nothing.
  void finish() {
    if (!seen_.contains("body")) must_fill(node_, template_.body, {}, 0);
    if (!seen_.contains("header")) {
      if (template_.header_format == "TEXT")
        must_fill(node_, template_.header, {}, 0);
      else if (!template_.header_format.empty())
        node_.refuse(132012, "The header of this template needs its " + template_.header_format);
    }
    for (std::size_t i = 0; i < template_.buttons.size(); ++i)
      if (!buttons_.contains(i) && !variables(template_.buttons[i].url).empty())
        node_.refuse(132000, "Button " + std::to_string(i) + " needs the end of its URL");
    if (!node_.refused() && utf16_length(expand(template_.body, body_)) > max_expanded_body)
      node_.refuse(132005, "The filled body is longer than 1024");
  }

  // The filled template as the citizen sees it.
  nlohmann::json rendered() const {
    nlohmann::json buttons = nlohmann::json::array();
    for (std::size_t i = 0; i < template_.buttons.size(); ++i) {
      const TemplateButton& button = template_.buttons[i];
      nlohmann::json item{{"type", button.type}, {"text", button.text}};
      const auto given = buttons_.find(i);
      const std::string value = given != buttons_.end() ? given->second : "";
      if (button.type == "QUICK_REPLY") item["payload"] = value.empty() ? button.text : value;
      if (button.type == "URL") item["url"] = expand(button.url, {{"1", value}});
      buttons.push_back(std::move(item));
    }
    return {{"name", template_.name},
            {"header", expand(template_.header, header_)},
            {"media", media_},
            {"body", expand(template_.body, body_)},
            {"footer", template_.footer},
            {"buttons", buttons}};
  }

 private:
  void header(const Node& component) {
    const auto parameters = parameters_of(component);
    if (template_.header_format == "TEXT" || template_.header_format.empty()) {
      header_ = read_values(parameters, template_.named);
      return must_fill(component, template_.header, header_, parameters.size());
    }
    const std::string kind = lower(template_.header_format);
    if (parameters.size() != 1) return component.refuse(132000, "The header takes one parameter");
    const Node& parameter = parameters.front();
    parameter.only({"type", kind});
    if (parameter.has("type") && parameter.value()["type"] != kind)
      return parameter.refuse(132012, "The header of this template is of the kind " + kind);
    const Node medium = parameter.need(kind);
    if (kind != "location") check_media(medium, kind, {"filename"}, account_, now_);
    media_ = {{"type", kind}, {kind, medium.value()}};
  }

  void body(const Node& component) {
    const auto parameters = parameters_of(component);
    body_ = read_values(parameters, template_.named);
    must_fill(component, template_.body, body_, parameters.size());
  }

  void button(const Node& component) {
    const Node index = component.need("index");
    const std::string sub_type = component.need("sub_type").text(1, 20, "sub_type");
    if (component.refused()) return;
    const std::string place =
        index.value().is_string() ? index.value().get<std::string>() : index.value().dump();
    if (place.size() != 1 || place[0] < '0' || place[0] > '9' ||
        static_cast<std::size_t>(place[0] - '0') >= template_.buttons.size())
      return component.refuse(131009, "index is not a button of this template");
    const auto at = static_cast<std::size_t>(place[0] - '0');
    if (lower(template_.buttons[at].type) != sub_type)
      return component.refuse(132012, "Button " + place + " is not of the kind " + sub_type);
    const auto parameters = parameters_of(component);
    if (parameters.size() > 1) return component.refuse(132000, "A button takes one parameter");
    for (const Node& parameter : parameters) buttons_[at] = button_value(parameter, sub_type);
  }

  static std::string button_value(const Node& parameter, const std::string& sub_type) {
    const std::string kind = sub_type == "quick_reply" ? "payload"
                             : sub_type == "flow"      ? "action"
                             : sub_type == "copy_code" ? "coupon_code"
                                                       : "text";
    parameter.only({"type", kind}).need_equal("type", kind);
    const Node value = parameter.need(kind);
    return kind == "action" ? value.value().dump() : value.text(1, 256, "Button parameter");
  }

  const Node& node_;
  const Template& template_;
  const Account& account_;
  const Time now_;
  std::set<std::string> seen_;
  std::map<std::string, std::string> header_;
  std::map<std::string, std::string> body_;
  std::map<std::size_t, std::string> buttons_;
  nlohmann::json media_;
};

// The code that says why a template in this state cannot be sent; 0 when it can.
int refusal_of(const Template* value) {
  if (value == nullptr) return 132001;
  if (value->status == "APPROVED") return 0;
  if (value->status == "PAUSED") return 132015;
  return value->status == "DISABLED" ? 132016 : 132001;
}

}  // namespace

void check_template(const Node& node, const Account& account, Time now, CheckedSend& send) {
  node.only({"name", "language", "components"});
  const std::string name = node.need("name").text(1, 512, "Template name");
  const Node language = node.need("language");
  language.only({"code", "policy"});
  const std::string code = language.need("code").text(2, 10, "Language code");
  if (node.refused()) return;
  const Template* value = account.templates.find(name, code);
  if (const int refusal = refusal_of(value); refusal != 0)
    return node.refuse(refusal, "Template " + name + " in " + code + " cannot be sent");
  if (value->category == "AUTHENTICATION" && !send.bsuid.empty())
    return node.refuse(131062, "Authentication templates go to phone numbers only");

  Filling filling(node, *value, account, now);
  if (const auto components = node.may("components"))
    for (const Node& component : components->items(0, 20, "Component"))
      filling.component(component);
  filling.finish();
  send.category = lower(value->category);
  send.content = {{"type", "template"}, {"template", filling.rendered()}};
}

}  // namespace catalina::emulator
