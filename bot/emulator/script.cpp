#include "emulator/script.hpp"

#include <stdexcept>
#include <string_view>
#include <utility>

namespace catalina::emulator {
namespace {

using Kind = SendOutcome::Kind;

constexpr std::pair<std::string_view, Kind> names[] = {
    {"normal", Kind::normal},
    {"refuse", Kind::refuse},
    {"server_error", Kind::server_error},
    {"server_error_after", Kind::server_error_after},
    {"drop", Kind::drop},
    {"drop_after", Kind::drop_after},
    {"hold", Kind::hold},
    {"hold_after", Kind::hold_after},
};

}  // namespace

SendOutcome read_outcome(const nlohmann::json& json) {
  if (!json.is_object() || !json.contains("outcome") || !json["outcome"].is_string())
    throw std::invalid_argument("an outcome looks like {\"outcome\":\"refuse\",\"code\":130429}");
  const std::string wanted = json["outcome"];
  for (const auto& [name, kind] : names) {
    if (name != wanted) continue;
    const nlohmann::json code = json.value("code", nlohmann::json(0));
    if (!code.is_number_integer()) throw std::invalid_argument("code is a whole number");
    if (kind == Kind::refuse && code == 0) throw std::invalid_argument("refuse needs a code");
    return {kind, code.get<int>()};
  }
  throw std::invalid_argument("\"" + wanted + "\" is not an outcome");
}

nlohmann::json to_json(const SendRecord& record) {
  return {{"number", record.number},
          {"at", format_utc(record.at)},
          {"to", record.to},
          {"type", record.type},
          {"opaque", record.opaque},
          {"body", record.body},
          {"wamid", record.wamid},
          {"code", record.code},
          {"http_status", record.http_status}};
}

void SendScript::clear() {
  queue_.clear();
  rule_ = nullptr;
}

SendOutcome SendScript::next(const SendRecord& send) {
  if (!queue_.empty()) {
    const SendOutcome outcome = queue_.front();
    queue_.pop_front();
    return outcome;
  }
  if (rule_)
    if (const auto outcome = rule_(send)) return *outcome;
  return {};
}

}  // namespace catalina::emulator
