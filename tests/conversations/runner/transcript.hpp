// A conversation as a text file that staff can review; tests/conversations/README.md describes the
// format.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace catalina::test {

// One step: a verb at the start of a line, its text, and the indented lines below it.
struct Step {
  int line = 0;  // 1-based
  std::string verb;
  std::string person;  // "ana" of "user@ana"; empty: the one citizen there is
  std::vector<std::string>
      lines;  // the first one stands beside the verb; never empty, may hold an empty text
};

// Throws std::runtime_error "file:line: …" when a line is neither a comment, a verb nor a
// continuation.
std::vector<Step> parse_transcript(std::string_view text, const std::string& file);

}  // namespace catalina::test
