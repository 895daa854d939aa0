#include "app/visible.hpp"

#include <nlohmann/json.hpp>

namespace catalina {
namespace {

using nlohmann::json;

void add_line(std::string& text, const std::string& line) {
  if (line.empty()) return;
  if (!text.empty()) text += '\n';
  text += line;
}

Tappable tappable(const json& item) {
  return {item.at("id"), item.at("title"), item.value("description", "")};
}

}  // namespace

VisibleReply visible(const std::string& content_json) {
  const json content = json::parse(content_json);
  VisibleReply reply;
  if (content.at("type") == "text") {
    reply.text = content.at("text").at("body");
    return reply;
  }
  const json& interactive = content.at("interactive");
  if (interactive.contains("header")) add_line(reply.text, interactive["header"].value("text", ""));
  add_line(reply.text, interactive.at("body").at("text"));
  if (interactive.contains("footer")) add_line(reply.text, interactive["footer"].at("text"));
  const json& action = interactive.at("action");
  if (action.contains("buttons"))
    for (const json& button : action["buttons"])
      reply.buttons.push_back(tappable(button.at("reply")));
  if (action.contains("sections")) {
    reply.list_button = action.at("button");
    for (const json& section : action["sections"])
      for (const json& row : section.at("rows")) reply.rows.push_back(tappable(row));
  }
  return reply;
}

}  // namespace catalina
