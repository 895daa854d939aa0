#include "core/log.hpp"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>

namespace catalina::log {
namespace {

constexpr std::size_t max_text = 512;

// Written once before threads start, read ever after.
Level minimum = Level::info;
Format format = Format::text;

const char* name_of(Level level) {
  switch (level) {
    case Level::debug:
      return "debug";
    case Level::info:
      return "info";
    case Level::warn:
      return "warn";
    case Level::error:
      return "error";
  }
  return "?";
}

// Log lines carry the machine's own time even when a test sets Catalina's clock.
std::string timestamp() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  tm utc{};
  gmtime_r(&now.tv_sec, &utc);
  char text[40];
  const std::size_t size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &utc);
  std::snprintf(text + size, sizeof text - size, ".%03ldZ", now.tv_nsec / 1'000'000);
  return text;
}

nlohmann::json to_json(const Field& field) {
  return std::visit(
      [](const auto& value) -> nlohmann::json {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::string_view>)
          return std::string(value.substr(0, max_text));
        else
          return value;
      },
      field.value);
}

std::string dump(const nlohmann::json& value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

void configure(Level level, Format chosen) {
  minimum = level;
  format = chosen;
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
  if (level < minimum) return;
  std::string line;
  if (format == Format::json) {
    nlohmann::ordered_json object{
        {"time", timestamp()}, {"level", name_of(level)}, {"event", event}};
    for (const Field& field : fields) object[std::string(field.name)] = to_json(field);
    line = object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  } else {
    line = timestamp() + ' ' + name_of(level) + ' ' + std::string(event);
    for (const Field& field : fields)
      line += ' ' + std::string(field.name) + '=' + dump(to_json(field));
  }
  line += '\n';
  // One write call per line keeps lines of several threads whole. A log that cannot be written has
  // nowhere to say so.
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace catalina::log
