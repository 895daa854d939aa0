// Finding every match of a pattern, with what its parts took.
#pragma once

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace catalina::dialog {

struct Match {
  static constexpr int most_groups = 6;
  std::array<re2::StringPiece, most_groups> groups;  // 0 is the whole; null where it took no part
  std::string_view text;                             // all that is searched

  std::string_view group(int i) const {
    const re2::StringPiece& piece = groups[static_cast<std::size_t>(i)];
    return {piece.data(), piece.size()};
  }
  bool has(int i) const { return groups[static_cast<std::size_t>(i)].data() != nullptr; }
  std::size_t begin(int i = 0) const {
    return static_cast<std::size_t>(groups[static_cast<std::size_t>(i)].data() - text.data());
  }
  std::size_t end(int i = 0) const { return begin(i) + groups[static_cast<std::size_t>(i)].size(); }
};

// Calls `use(match)` for each match from left to right; they do not overlap. Linear in `text`.
template <typename Use>
void for_each_match(const RE2& pattern, std::string_view text, Use use) {
  Match match;
  match.text = text;
  const re2::StringPiece searched(text.data(), text.size());
  for (std::size_t from = 0; from < text.size();) {
    const int groups = pattern.NumberOfCapturingGroups() + 1;
    if (!pattern.Match(searched, from, text.size(), RE2::UNANCHORED, match.groups.data(), groups)) {
      return;
    }
    use(match);
    from = std::max(match.end(), from + 1);
  }
}

std::string only_digits(std::string_view text);

// Characters [begin, end) are a number or code of their own, not a part of a longer one such as
// "EXT-26-001".
bool stands_alone(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace catalina::dialog
