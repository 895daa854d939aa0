#include "learning/examples.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "learning/classifier.hpp"

namespace catalina::dialog {
namespace {

// Of so many examples one more must have a feature for it to count, up to the most that are asked
// for: what few of many have in common is chance, what few of few have is all there is. Found by
// leaving one writer out at a time.
constexpr std::size_t examples_for_one_more = 4000;
constexpr std::size_t most_asked_for = 5;

constexpr auto not_counted = static_cast<std::uint32_t>(-1);

}  // namespace

std::uint32_t Examples::number_of(const Feature& feature) {
  const auto [found, is_new] =
      numbers_.emplace(feature.id, static_cast<std::uint32_t>(known_.size()));
  if (is_new) known_.push_back({feature.id, feature.weight, 0});
  return found->second;
}

void Examples::add(Features features, std::vector<std::size_t> labels) {
  Example& example = examples_.emplace_back();
  example.occurrences.reserve(features.list.size());
  for (std::size_t i = 0; i < features.list.size(); ++i) {
    const Feature& feature = features.list[i];
    const bool again = i > 0 && features.list[i - 1].id == feature.id;
    const std::uint32_t number = again ? example.occurrences.back().feature : number_of(feature);
    if (!again) ++known_[number].examples;
    example.occurrences.push_back({number, feature.first, feature.second});
  }
  example.words = std::move(features.words);
  example.labels = std::move(labels);
}

Vectors Examples::vectors() && {
  const std::size_t fewest = std::min(1 + examples_.size() / examples_for_one_more, most_asked_for);
  std::vector<std::uint32_t> counted;  // numbers of first occurrence, by id
  for (std::uint32_t i = 0; i < known_.size(); ++i)
    if (known_[i].examples >= fewest) counted.push_back(i);
  std::sort(counted.begin(), counted.end(),
            [&](std::uint32_t a, std::uint32_t b) { return known_[a].id < known_[b].id; });
  Vectors out;
  std::vector<std::uint32_t> number(known_.size(), not_counted);
  for (const std::uint32_t i : counted) {
    number[i] = static_cast<std::uint32_t>(out.ids.size());
    out.ids.push_back(known_[i].id);
    out.telling.push_back(
        std::log(static_cast<float>(examples_.size()) / static_cast<float>(known_[i].examples)));
    out.strength.push_back(out.telling.back() * known_[i].weight);
  }
  for (Example& example : examples_) {
    float squares = unsaid;
    std::uint32_t last = not_counted;
    for (Occurrence& occurrence : example.occurrences) {
      const std::uint32_t was = occurrence.feature;
      occurrence.feature = number[was];
      if (was == last) continue;
      last = was;
      const bool counts = occurrence.feature != not_counted;
      const float value =
          counts ? out.strength[occurrence.feature] : known_[was].weight * unknown_telling;
      squares += value * value;
    }
    example.loudness = 1 / std::sqrt(squares);
    std::erase_if(example.occurrences,
                  [](const Occurrence& occurrence) { return occurrence.feature == not_counted; });
  }
  out.examples = std::move(examples_);
  return out;
}

}  // namespace catalina::dialog
