#include "understanding/halves.hpp"

#include <array>

#include "catalog/text.hpp"

namespace catalina::dialog {
namespace {

constexpr std::size_t longest = 200;      // bytes; a letter has one point, at its end
constexpr std::size_t shortest_half = 5;  // bytes; "ok." is no question

struct Joint {
  std::string_view text;
  std::size_t kept;  // bytes of it that belong to the first half
};
constexpr std::array<Joint, 13> joints = {{{"? ", 1},
                                           {"?\n", 1},
                                           {"?,", 1},
                                           {"\n", 0},
                                           {". ", 0},
                                           {"; ", 0},
                                           {" además ", 0},
                                           {" ademas ", 0},
                                           {", y ", 0},
                                           {" y también ", 0},
                                           {" y tambien ", 0},
                                           {" y ", 0},
                                           {" e ", 0}}};

}  // namespace

std::vector<Halves> halves_of(std::string_view utf8, std::size_t most) {
  std::vector<Halves> ways;
  if (utf8.size() > longest) return ways;
  for (const Joint& joint : joints) {
    for (std::size_t at = utf8.find(joint.text); at != std::string_view::npos;
         at = utf8.find(joint.text, at + joint.text.size())) {
      const std::string_view first = text::trim(utf8.substr(0, at + joint.kept));
      const std::string_view second = text::trim(utf8.substr(at + joint.text.size()));
      if (first.size() < shortest_half || second.size() < shortest_half) continue;
      ways.push_back({std::string(first), std::string(second)});
      if (ways.size() == most) return ways;
    }
  }
  return ways;
}

}  // namespace catalina::dialog
