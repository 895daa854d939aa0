#include "emulator/json_node.hpp"

#include <algorithm>

namespace catalina::emulator {
namespace {

constexpr std::size_t max_link = 2000;

const nlohmann::json& nothing() {
  static const nlohmann::json null;
  return null;
}

}  // namespace

Node::Node(const nlohmann::json& value, std::string path, Problem& problem)
    : value_(&value), path_(std::move(path)), problem_(&problem) {}

void Node::refuse(int code, std::string details) const {
  if (!refused()) *problem_ = GraphError{code, std::move(details)};
}

const Node& Node::only(std::initializer_list<std::string_view> members) const {
  if (refused()) return *this;
  if (!value_->is_object()) {
    refuse(131009, path_ + " is not an object");
    return *this;
  }
  for (const auto& [name, ignored] : value_->items())
    if (std::find(members.begin(), members.end(), name) == members.end())
      refuse(100, "Unexpected key \"" + name + "\" on param \"" + path_ + "\"");
  return *this;
}

bool Node::has(std::string_view member) const {
  return value_->is_object() && value_->contains(member);
}

Node Node::need(std::string_view member) const {
  const std::string path = path_.empty() ? std::string(member) : path_ + "." + std::string(member);
  if (has(member)) return {(*value_)[std::string(member)], path, *problem_};
  refuse(131008, "The parameter " + path + " is required");
  return {nothing(), path, *problem_};
}

void Node::need_equal(std::string_view member, std::string_view wanted) const {
  const Node node = need(member);
  if (!refused() && node.value() != nlohmann::json(wanted))
    refuse(131009, node.path() + " must be \"" + std::string(wanted) + "\"");
}

std::optional<Node> Node::may(std::string_view member) const {
  if (refused() || !has(member)) return std::nullopt;
  return need(member);
}

std::string Node::text(std::size_t min, std::size_t max, std::string_view label, int code) const {
  if (refused()) return {};
  if (!value_->is_string()) {
    refuse(code, path_ + " is not a string");
    return {};
  }
  const auto& text = value_->get_ref<const std::string&>();
  const std::size_t length = utf16_length(text);
  if (length < min || length > max)
    refuse(code, std::string(label) + " length invalid. Min length: " + std::to_string(min) +
                     ", Max length: " + std::to_string(max));
  return text;
}

void Node::boolean() const {
  if (!value_->is_boolean()) refuse(131009, path_ + " is not a boolean");
}

double Node::number(double min, double max) const {
  if (refused()) return 0;
  if (!value_->is_number() || value_->get<double>() < min || value_->get<double>() > max) {
    refuse(131009, path_ + " is not a number in its range");
    return 0;
  }
  return value_->get<double>();
}

void Node::link() const {
  const std::string url = text(1, max_link, "URL");
  const bool absolute = (url.starts_with("https://") && url.size() > 8) ||
                        (url.starts_with("http://") && url.size() > 7);
  if (!absolute || url.find_first_of(" \t\r\n\"<>") != std::string::npos)
    refuse(131009, path_ + " is not a URL");
}

std::vector<Node> Node::items(std::size_t min, std::size_t max, std::string_view label) const {
  std::vector<Node> nodes;
  if (refused()) return nodes;
  if (!value_->is_array() || value_->size() < min || value_->size() > max) {
    refuse(131009, std::string(label) + " count invalid. Min count: " + std::to_string(min) +
                       ", Max count: " + std::to_string(max));
    return nodes;
  }
  for (std::size_t i = 0; i < value_->size(); ++i)
    nodes.emplace_back((*value_)[i], path_ + "[" + std::to_string(i) + "]", *problem_);
  return nodes;
}

std::size_t utf16_length(std::string_view utf8) {
  std::size_t units = 0;
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80) continue;  // the rest of a character already counted
    units += byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

}  // namespace catalina::emulator
