// Message templates as the account has them registered.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace catalina::emulator {

struct TemplateButton {
  std::string type;  // QUICK_REPLY, URL, PHONE_NUMBER, COPY_CODE, FLOW
  std::string text;
  std::string url;  // may end in a variable
};

struct Template {
  std::string name;
  std::string language;              // "es_CO"
  std::string category = "UTILITY";  // UTILITY, MARKETING, AUTHENTICATION
  std::string status = "APPROVED";   // APPROVED, PENDING, REJECTED, PAUSED, DISABLED, ARCHIVED …
  bool named = false;                // parameters by name instead of {{1}}, {{2}} …
  std::string header_format;         // TEXT, IMAGE, VIDEO, DOCUMENT, LOCATION; empty: no header
  std::string header;                // of a TEXT header
  std::string body;
  std::string footer;
  std::vector<TemplateButton> buttons;
};

// Reads the form in which templates are created at Meta: name, language, category,
// parameter_format, components; and, as the emulator decides on approval, status. Throws
// std::invalid_argument with what is wrong.
Template read_template(const nlohmann::json& registration);
nlohmann::json to_json(const Template& value);

// The distinct variables of a text in order of appearance: "1" and "barrio" of "{{1}} in
// {{barrio}}".
std::vector<std::string> variables(std::string_view text);

// The text with every variable that has a value replaced by it.
std::string expand(std::string_view text, const std::map<std::string, std::string>& values);

class Templates {
 public:
  // Replaces the one of the same name and language.
  void put(Template value);
  const Template* find(const std::string& name, std::string language) const;
  bool set_status(const std::string& name, const std::string& language, std::string status);
  nlohmann::json list() const;

 private:
  // es-CO and es_CO are one language at Meta.
  static std::string normal(std::string language);

  std::map<std::pair<std::string, std::string>, Template> templates_;
};

}  // namespace catalina::emulator
