// One line per thing that happened, for the operator. Never holds what a citizen wrote, nor a name,
// phone or BSUID: citizens appear by their row id only.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace catalina::log {

enum class Level { debug, info, warn, error };
enum class Format { text, json };

// A named value of a line. Text is escaped and cut at 512 bytes.
struct Field {
  std::string_view name;
  std::variant<std::string_view, std::int64_t, double, bool> value;

  template <typename Int>
  requires std::is_integral_v<Int> &&(!std::is_same_v<Int, bool>)Field(std::string_view n, Int v)
      : name(n), value(static_cast<std::int64_t>(v)) {}
  Field(std::string_view n, bool v) : name(n), value(v) {}
  Field(std::string_view n, double v) : name(n), value(v) {}
  Field(std::string_view n, std::string_view v) : name(n), value(v) {}
  Field(std::string_view n, const char* v) : name(n), value(std::string_view(v)) {}
  Field(std::string_view n, const std::string& v) : name(n), value(std::string_view(v)) {}
};

// Set once at start, before threads. Default: info, text, standard error.
void configure(Level level, Format format);

// `event` names what happened in a few words ("graph refused a message"). Thread-safe, one write
// per line.
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

inline void debug(std::string_view event, std::initializer_list<Field> f = {}) {
  write(Level::debug, event, f);
}
inline void info(std::string_view event, std::initializer_list<Field> f = {}) {
  write(Level::info, event, f);
}
inline void warn(std::string_view event, std::initializer_list<Field> f = {}) {
  write(Level::warn, event, f);
}
inline void error(std::string_view event, std::initializer_list<Field> f = {}) {
  write(Level::error, event, f);
}

}  // namespace catalina::log
