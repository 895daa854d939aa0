#include "conversations/runner/matching.hpp"

#include <algorithm>
#include <optional>
#include <regex>
#include <stdexcept>

namespace catalina::test {
namespace {

std::string joined(const std::vector<std::string>& parts, const std::string& between) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : between) + part;
  return text;
}

std::vector<std::string> titles(const std::vector<Tappable>& items) {
  std::vector<std::string> result;
  for (const Tappable& item : items) result.push_back(item.title);
  return result;
}

// "[Uno] [Dos]" → {"Uno", "Dos"}
std::vector<std::string> bracketed(const std::string& line) {
  std::vector<std::string> result;
  for (std::size_t open = line.find('['); open != std::string::npos;
       open = line.find('[', open + 1)) {
    const std::size_t close = line.find(']', open);
    if (close == std::string::npos)
      throw std::runtime_error("a button without its closing bracket: " + line);
    result.push_back(line.substr(open + 1, close - open - 1));
  }
  return result;
}

// "~ /pattern/" or "!~ /pattern/"; nothing when the line is neither.
struct Pattern {
  bool wanted = true;
  std::string text;
};
std::optional<Pattern> pattern_of(const std::string& line) {
  const bool wanted = line.starts_with("~ /");
  if (!wanted && !line.starts_with("!~ /")) return std::nullopt;
  if (line.size() < 2 || line.back() != '/')
    throw std::runtime_error("a pattern without its closing slash: " + line);
  const std::size_t open = line.find('/');
  return Pattern{wanted, line.substr(open + 1, line.size() - open - 2)};
}

bool found(const std::string& pattern, const std::string& text) {
  try {
    return std::regex_search(text, std::regex(pattern, std::regex::ECMAScript | std::regex::icase));
  } catch (const std::regex_error& error) {
    throw std::runtime_error("/" + pattern + "/ is no regular expression: " + error.what());
  }
}

}  // namespace

std::string mismatch(const std::vector<std::string>& lines, const VisibleReply& reply) {
  std::vector<std::string> exact;
  bool patterns = false;
  const std::vector<std::string> buttons = titles(reply.buttons);
  const std::vector<std::string> rows = titles(reply.rows);
  for (const std::string& line : lines) {
    if (const auto pattern = pattern_of(line)) {
      patterns = true;
      if (found(pattern->text, reply.text) != pattern->wanted)
        return (pattern->wanted ? "does not contain /" : "contains /") + pattern->text + "/";
    } else if (line.starts_with('[')) {
      if (bracketed(line) != buttons) return "other buttons: [" + joined(buttons, "] [") + "]";
    } else if (line.starts_with('(') && line.ends_with(')')) {
      if (reply.list_button != line.substr(1, line.size() - 2))
        return "list button (" + reply.list_button + ")";
    } else if (line.starts_with("- ")) {
      if (std::find(rows.begin(), rows.end(), line.substr(2)) == rows.end())
        return "no row \"" + line.substr(2) + "\" among: " + joined(rows, ", ");
    } else if (!line.empty()) {
      exact.push_back(line);
    }
  }
  if (!exact.empty() && patterns) return "the step mixes patterns and exact text";
  if (exact.empty()) return {};
  // Blank lines and indentation carry no meaning in a transcript.
  std::string compact;
  for (std::size_t at = 0; at < reply.text.size();) {
    const std::size_t end = std::min(reply.text.find('\n', at), reply.text.size());
    const std::string line = reply.text.substr(at, end - at);
    const std::size_t first = line.find_first_not_of(' ');
    if (first != std::string::npos) compact += (compact.empty() ? "" : "\n") + line.substr(first);
    at = end + 1;
  }
  return compact == joined(exact, "\n") ? "" : "other text";
}

std::string as_step(const VisibleReply& reply) {
  std::string text = "bot      ";
  for (const char c : reply.text) {
    text += c;
    if (c == '\n') text += "         ";
  }
  if (!reply.buttons.empty()) text += "\n         [" + joined(titles(reply.buttons), "] [") + "]";
  if (!reply.list_button.empty()) text += "\n         (" + reply.list_button + ")";
  for (const Tappable& row : reply.rows) text += "\n         - " + row.title;
  return text;
}

}  // namespace catalina::test
