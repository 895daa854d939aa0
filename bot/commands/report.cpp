#include "commands/report.hpp"

#include <algorithm>
#include <cstdio>

#include "app/visible.hpp"
#include "catalog/text.hpp"

namespace catalina::commands {
namespace {

constexpr std::size_t label_width = 16;

}  // namespace

void print_field(const std::string& label, const std::string& value) {
  std::string line = label;
  line.append(label_width - std::min(label_width - 1, text::utf16_length(label)), ' ');
  for (const char c : value) {
    line += c;
    if (c == '\n') line.append(label_width, ' ');
  }
  std::printf("%s\n", line.c_str());
}

std::string two_decimals(double value) {
  char text[16];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

std::string in_words(const dialog::Explanation& why) {
  std::string text = why.decision;
  if (!why.target.empty()) text += " → " + why.target;
  if (!why.aspect.empty()) text += " (" + why.aspect + ")";
  return text + ", confianza " + two_decimals(why.confidence);
}

std::string seen(const std::string& content) {
  const VisibleReply reply = visible(content);
  std::string text = reply.text;
  for (const auto* items : {&reply.buttons, &reply.rows})
    for (const Tappable& item : *items) text += "\n[" + item.title + "]";
  return text;
}

}  // namespace catalina::commands
