#include "understanding/references.hpp"

#include <algorithm>

#include "understanding/normalize.hpp"

namespace catalina::dialog {
namespace {

using Kind = Reference::Kind;

// A longer message tells a story of its own.
constexpr std::size_t longest_reference = 16;  // words

}  // namespace

Reference find_reference(const ReferencePatterns& patterns, const std::vector<std::string>& words) {
  if (words.empty() || words.size() > longest_reference) return {};
  const std::string plain = join_words(words);
  const std::pair<Kind, const Pattern&> kinds[] = {{Kind::opening, patterns.opening},
                                                   {Kind::first, patterns.first},
                                                   {Kind::back, patterns.back},
                                                   {Kind::other, patterns.other},
                                                   {Kind::correction, patterns.correction},
                                                   {Kind::pointing, patterns.pointing}};
  if (found(patterns.what_if, plain)) {
    const auto one = std::find_if(patterns.circumstances.begin(), patterns.circumstances.end(),
                                  [&](const Circumstance& c) { return found(c.pattern, plain); });
    if (one != patterns.circumstances.end()) {
      return {Kind::circumstance, join_words(split_words(without(one->pattern, plain))), one->name};
    }
  }
  for (const auto& [kind, pattern] : kinds) {
    if (found(pattern, plain)) return {kind, join_words(split_words(without(pattern, plain))), ""};
  }
  return {};
}

}  // namespace catalina::dialog
