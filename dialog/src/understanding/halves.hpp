// A message that may hold two questions, cut where people join them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace catalina::dialog {

struct Halves {
  std::string first;
  std::string second;
};

// The ways to cut it, the likeliest first: behind a question mark, a full stop or a line, at
// "además", "también" and "y". At most `most`; none for a letter.
std::vector<Halves> halves_of(std::string_view utf8, std::size_t most);

}  // namespace catalina::dialog
