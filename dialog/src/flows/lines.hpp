// Text for a message, put together line by line. Empty pieces leave no trace.
#pragma once

#include <string>

namespace catalina::dialog {

inline void add_line(std::string& text, const std::string& line) {
  if (line.empty()) return;
  if (!text.empty()) text += '\n';
  text += line;
}

inline void add_paragraph(std::string& text, const std::string& paragraph) {
  if (paragraph.empty()) return;
  if (!text.empty()) text += "\n\n";
  text += paragraph;
}

inline std::string bullet(const std::string& item) {
  return "• " + item;
}

}  // namespace catalina::dialog
