#include "spelling.hpp"

#include <algorithm>
#include <numeric>

namespace catalina::catalog {
namespace {

constexpr std::size_t longest_word = 64;  // bytes; keeps the comparison of hostile words cheap

// Bytes to insert, delete or replace between `a` and `b` (Levenshtein), one row at a time.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0u);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, replaced});
    }
  }
  return row.back();
}

}  // namespace

std::string suggestion(std::string_view word, const std::vector<std::string>& candidates) {
  if (word.size() > longest_word) return {};
  const std::string* best = nullptr;
  std::size_t best_distance = 0;
  for (const std::string& candidate : candidates) {
    const std::size_t d = distance(word, candidate);
    if (d * 3 > candidate.size() || (best && d >= best_distance)) continue;
    best = &candidate;
    best_distance = d;
  }
  return best ? " ¿Quisiste decir «" + *best + "»?" : std::string();
}

}  // namespace catalina::catalog
