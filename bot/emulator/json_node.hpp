// A cursor over JSON that checks as it reads and remembers the first thing that is wrong, so that a
// validation reads like the table of limits it enforces.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/graph_error.hpp"

namespace catalina::emulator {

// Once a problem is noted every further check passes silently and every reader gives an empty
// value: the first hit answers. The value and the problem must outlive the cursor.
class Node {
 public:
  using Problem = std::optional<GraphError>;

  Node(const nlohmann::json& value, std::string path, Problem& problem);

  // An object with no members but these: another kind of value is 131009, another member 100.
  const Node& only(std::initializer_list<std::string_view> members) const;
  bool has(std::string_view member) const;
  // A missing member is 131008.
  Node need(std::string_view member) const;
  // A member that has to hold exactly `wanted`; else 131009.
  void need_equal(std::string_view member, std::string_view wanted) const;
  std::optional<Node> may(std::string_view member) const;

  // A string of `min` to `max` UTF-16 units; else `code`. `label` is how the refusal names it.
  std::string text(std::size_t min, std::size_t max, std::string_view label,
                   int code = 131009) const;
  void boolean() const;
  double number(double min, double max) const;
  // An absolute http or https address of at most 2,000 units.
  void link() const;
  std::vector<Node> items(std::size_t min, std::size_t max, std::string_view label) const;

  const nlohmann::json& value() const { return *value_; }
  const std::string& path() const { return path_; }
  bool refused() const { return problem_->has_value(); }
  void refuse(int code, std::string details) const;

 private:
  const nlohmann::json* value_;
  std::string path_;  // for example "interactive.action.buttons[0]"
  Problem* problem_;
};

// Length of valid UTF-8 as UTF-16 counts it: two for what lies beyond the basic plane.
std::size_t utf16_length(std::string_view utf8);

}  // namespace catalina::emulator
