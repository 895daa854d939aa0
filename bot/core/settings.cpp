#include "core/settings.hpp"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <regex>

#include "core/resources.hpp"

namespace catalina {
namespace {

using nlohmann::json;

constexpr std::size_t max_file = 1024 * 1024;  // bytes of a settings or secret file

// One key that can be set, as the schema describes it.
struct Key {
  json::json_pointer path;
  std::string environment;  // "CATALINA_HTTP_PORT"
  json rule;

  bool secret() const { return rule.value("writeOnly", false); }
  std::string name() const {
    std::string text = path.to_string().substr(1);
    std::replace(text.begin(), text.end(), '/', '.');
    return text;
  }
};

void collect_keys(const json& schema, const json::json_pointer& path,
                  const std::string& environment, std::vector<Key>& keys) {
  for (const auto& [name, rule] : schema.at("properties").items()) {
    std::string upper = name;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](unsigned char c) { return std::toupper(c); });
    if (rule.at("type") == "object")
      collect_keys(rule, path / name, environment + '_' + upper, keys);
    else
      keys.push_back({path / name, environment + '_' + upper, rule});
  }
}

std::vector<Key> all_keys() {
  const auto schema = resources::find("config/catalina.schema.json");
  if (!schema) throw std::logic_error("the settings schema is not built in");
  std::vector<Key> keys;
  collect_keys(json::parse(*schema), json::json_pointer(), "CATALINA", keys);
  return keys;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot be read");
  std::string text(std::istreambuf_iterator<char>(in), {});
  if (text.size() > max_file) throw std::runtime_error("is larger than 1 MiB");
  return text;
}

// What is wrong with a value, as the second half of a sentence; empty when nothing is.
std::string objection(const json& rule, const json& value) {
  const std::string& type = rule.at("type").get_ref<const std::string&>();
  if (type == "string") {
    if (!value.is_string()) return "must be text";
    const auto& text = value.get_ref<const std::string&>();
    if (text.size() < rule.value("minLength", std::size_t{0})) return "must not be empty";
    if (rule.contains("pattern") &&
        !std::regex_match(text, std::regex(rule["pattern"].get<std::string>())))
      return "does not have the form " + rule["pattern"].get<std::string>();
    if (rule.contains("enum") &&
        std::find(rule["enum"].begin(), rule["enum"].end(), value) == rule["enum"].end())
      return "must be one of " + rule["enum"].dump();
    return {};
  }
  if (type == "boolean") return value.is_boolean() ? "" : "must be true or false";
  const bool right_kind = type == "integer" ? value.is_number_integer() : value.is_number();
  const double number = value.is_number() ? value.get<double>() : std::nan("");
  if (!right_kind || number < rule.value("minimum", -HUGE_VAL) ||
      number > rule.value("maximum", HUGE_VAL))
    return "must be " + std::string(type == "integer" ? "a whole number" : "a number") + " from " +
           rule.at("minimum").dump() + " to " + rule.at("maximum").dump();
  return {};
}

// Text of the environment as the type the key wants; text that does not read as such is left for
// `objection` to name.
json typed(const json& rule, const std::string& text) {
  if (rule.at("type") == "string") return text;
  const json value = json::parse(text, nullptr, false);
  return value.is_discarded() ? json(text) : value;
}

void check_unknown(const json& values, const json& schema, const std::string& prefix,
                   const std::string& file, std::vector<std::string>& problems) {
  if (!values.is_object()) {
    problems.push_back(file + ": " + (prefix.empty() ? "the file" : prefix) + " must be an object");
    return;
  }
  for (const auto& [name, value] : values.items()) {
    const std::string path = prefix.empty() ? name : prefix + '.' + name;
    const auto rule = schema.at("properties").find(name);
    if (rule == schema.at("properties").end())
      problems.push_back(file + ": " + path + " is not a setting");
    else if (rule->at("type") == "object")
      check_unknown(value, *rule, path, file, problems);
  }
}

// Lays the operator's file over the defaults.
void merge_file(json& values, const std::filesystem::path& path, const std::vector<Key>& keys,
                std::vector<std::string>& problems) {
  std::string text;
  try {
    text = read_file(path);
  } catch (const std::runtime_error& error) {
    problems.push_back(path.string() + " " + error.what());
    return;
  }
  json file;
  try {
    file = json::parse(text);
  } catch (const json::parse_error& error) {
    problems.push_back(path.string() + " is not JSON: " + error.what());
    return;
  }
  check_unknown(file, json::parse(*resources::find("config/catalina.schema.json")), "",
                path.string(), problems);
  for (const Key& key : keys) {
    if (!file.contains(key.path)) continue;
    if (key.secret())
      problems.push_back(path.string() + ": " + key.name() + " is a secret; set it by " +
                         key.environment + " or " + key.environment + "_FILE");
    else
      values[key.path] = file[key.path];
  }
}

void merge_environment(json& values, const Environment& environment, const std::vector<Key>& keys,
                       std::vector<std::string>& problems) {
  for (const Key& key : keys) {
    if (const auto text = environment(key.environment)) values[key.path] = typed(key.rule, *text);
    if (!key.secret()) continue;
    const auto path = environment(key.environment + "_FILE");
    if (!path) continue;
    try {
      std::string secret = read_file(*path);
      while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r')) secret.pop_back();
      values[key.path] = secret;
    } catch (const std::runtime_error& error) {
      problems.push_back(key.environment + "_FILE: " + *path + " " + error.what());
    }
  }
}

Settings to_settings(const json& values) {
  const auto text = [&](const char* path) {
    return values.value(json::json_pointer(path), std::string());
  };
  const auto number = [&]<typename T>(const char* path, T) {
    return values.value(json::json_pointer(path), T{});
  };
  Settings s;
  s.http.address = text("/http/address");
  s.http.port = number("/http/port", std::uint16_t{});
  s.http.tls_certificate = text("/http/tls_certificate");
  s.http.tls_key = text("/http/tls_key");
  s.http.max_connections = number("/http/max_connections", 0);
  s.metrics.address = text("/metrics/address");
  if (values.contains(json::json_pointer("/metrics/port")))
    s.metrics.port = number("/metrics/port", std::uint16_t{});
  s.whatsapp.app_secret = text("/whatsapp/app_secret");
  s.whatsapp.app_secret_old = text("/whatsapp/app_secret_old");
  s.whatsapp.verify_token = text("/whatsapp/verify_token");
  s.whatsapp.access_token = text("/whatsapp/access_token");
  s.whatsapp.phone_number_id = text("/whatsapp/phone_number_id");
  s.whatsapp.business_account_id = text("/whatsapp/business_account_id");
  s.whatsapp.graph_url = text("/whatsapp/graph_url");
  s.whatsapp.graph_version = text("/whatsapp/graph_version");
  s.whatsapp.messages_per_second = number("/whatsapp/messages_per_second", 0.0);
  s.whatsapp.pair_seconds = number("/whatsapp/pair_seconds", 0.0);
  s.whatsapp.pair_burst = number("/whatsapp/pair_burst", 0);
  s.whatsapp.receipt_wait_seconds = number("/whatsapp/receipt_wait_seconds", 0.0);
  s.whatsapp.connections = number("/whatsapp/connections", 0);
  s.whatsapp.read_marks = number("/whatsapp/read_marks", false);
  s.whatsapp.media_max_bytes = number("/whatsapp/media_max_bytes", std::int64_t{});
  s.whatsapp.media_min_free_bytes = number("/whatsapp/media_min_free_bytes", std::int64_t{});
  s.data_dir = text("/data_dir");
  s.config_dir = text("/config_dir");
  s.clock = text("/clock");
  s.log_level = text("/log/level");
  s.log_format = text("/log/format");
  s.engine_queue = number("/engine/queue", 0);
  s.engine_hold_seconds = number("/engine/hold_seconds", 0.0);
  return s;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

bool is_loopback(const std::string& url) {
  static const std::regex loopback(R"(https?://(127\.[0-9.]+|localhost|\[::1\])(:[0-9]+)?)");
  return std::regex_match(url, loopback);
}

}  // namespace

SettingsError::SettingsError(std::vector<std::string> problems)
    : std::runtime_error(joined(problems)), problems_(std::move(problems)) {}

Environment process_environment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
}

Settings load_settings(const Environment& environment) {
  const std::vector<Key> keys = all_keys();
  std::vector<std::string> problems;
  json values = json::parse(resources::find("config/catalina.json").value());
  if (const auto dir = environment("CATALINA_CONFIG_DIR"); dir && !dir->empty())
    merge_file(values, std::filesystem::path(*dir) / "catalina.json", keys, problems);
  merge_environment(values, environment, keys, problems);
  for (const Key& key : keys) {
    if (!values.contains(key.path)) continue;
    if (const std::string wrong = objection(key.rule, values[key.path]); !wrong.empty())
      problems.push_back(key.environment + " (" + key.name() + ") " + wrong);
  }
  if (problems.empty()) {
    Settings settings = to_settings(values);
    try {
      make_clock(settings);
      return settings;
    } catch (const std::invalid_argument& error) {
      problems.push_back(std::string("CATALINA_CLOCK (clock): ") + error.what());
    }
  }
  throw SettingsError(std::move(problems));
}

std::vector<std::string> problems_for_serve(const Settings& settings) {
  std::vector<std::string> problems;
  const auto require = [&](const std::string& value, const char* variable, const char* what) {
    if (value.empty()) problems.push_back(std::string(variable) + " is missing: " + what);
  };
  const WhatsappSettings& w = settings.whatsapp;
  require(w.app_secret, "CATALINA_WHATSAPP_APP_SECRET",
          "the app secret of the Meta app, which signs its webhooks");
  require(w.verify_token, "CATALINA_WHATSAPP_VERIFY_TOKEN",
          "the token typed into Meta's webhook form");
  require(w.access_token, "CATALINA_WHATSAPP_ACCESS_TOKEN",
          "the token of the system user that sends");
  require(w.phone_number_id, "CATALINA_WHATSAPP_PHONE_NUMBER_ID",
          "the id of our number, from Meta's dashboard");
  require(w.business_account_id, "CATALINA_WHATSAPP_BUSINESS_ACCOUNT_ID",
          "the id of the WhatsApp Business account");
  if (!w.graph_url.starts_with("https://") && !is_loopback(w.graph_url))
    problems.emplace_back(
        "CATALINA_WHATSAPP_GRAPH_URL must be https: the access token travels with every call");
  if (settings.clock != "system" && !is_loopback(w.graph_url))
    problems.emplace_back(
        "CATALINA_CLOCK may be set only for tests, with a Graph URL on this machine");
  if (settings.http.tls_certificate.empty() != settings.http.tls_key.empty())
    problems.emplace_back("CATALINA_HTTP_TLS_CERTIFICATE and CATALINA_HTTP_TLS_KEY go together");
  return problems;
}

Clock make_clock(const Settings& settings) {
  if (settings.clock == "system") return Clock::system();
  return Clock::starting_at(parse_utc(std::string_view(settings.clock).substr(3)));
}

}  // namespace catalina
