#include "learning/trainer.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <unordered_map>
#include <utility>

namespace catalina::dialog {
namespace {

// All found by leaving one writer out at a time.
constexpr int epochs = 5;
// Of so many examples one more must have a feature for it to count, up to the most that are asked
// for: what few of many have in common is chance, what few of few have is all there is.
constexpr std::size_t examples_for_one_more = 4000;
constexpr std::size_t most_asked_for = 5;
constexpr float first_rate = 5.0F;   // of learning; falls to 0 in a straight line
constexpr float bias_rate = 0.01F;   // as a share of it
constexpr float best_share = 0.65F;  // of the best label, when others are right, too
// That a label is wrong: so much is spread over all labels, lest weights grow without end for the
// sake of a few strange phrases.
constexpr float doubt = 0.05F;

struct Vectors {
  std::vector<std::uint64_t> ids;  // sorted
  std::vector<float> telling;
  std::vector<std::vector<std::pair<std::uint32_t, float>>> rows;  // of each example
};

// How telling a feature is: the fewer examples have it, the more.
Vectors vectorize(const std::vector<Example>& examples) {
  std::unordered_map<std::uint64_t, std::uint32_t> counts;
  for (const Example& example : examples)
    for (const Feature& feature : example.features) ++counts[feature.id];
  const std::size_t fewest = std::min(1 + examples.size() / examples_for_one_more, most_asked_for);
  Vectors out;
  for (const auto& [id, count] : counts)
    if (count >= fewest) out.ids.push_back(id);
  std::sort(out.ids.begin(), out.ids.end());
  std::unordered_map<std::uint64_t, std::uint32_t> index;
  for (const std::uint64_t id : out.ids) {
    index.emplace(id, static_cast<std::uint32_t>(index.size()));
    out.telling.push_back(
        std::log(static_cast<float>(examples.size()) / static_cast<float>(counts[id])));
  }
  for (const Example& example : examples) {
    auto& row = out.rows.emplace_back();
    float squares = unsaid;
    for (const Feature& feature : example.features) {
      const auto found = index.find(feature.id);
      const bool known = found != index.end();
      const float value = feature.weight * (known ? out.telling[found->second] : unknown_telling);
      squares += value * value;
      if (known) row.emplace_back(found->second, value);
    }
    for (auto& [feature, value] : row) value /= std::sqrt(squares);
  }
  return out;
}

// In place: scores become probabilities.
void softmax(std::vector<float>& scores) {
  const float highest = *std::max_element(scores.begin(), scores.end());
  float sum = 0;
  for (float& score : scores) sum += score = std::exp(score - highest);
  for (float& score : scores) score /= sum;
}

}  // namespace

Classifier train(std::vector<std::string> labels, const std::vector<Example>& examples) {
  const std::size_t count = labels.size();
  Vectors vectors = vectorize(examples);
  Classifier::Weights weights;
  weights.labels = std::move(labels);
  weights.bias.assign(count, 0);
  weights.rows.assign(vectors.ids.size() * count, 0);

  std::vector<std::size_t> order(examples.size());
  std::iota(order.begin(), order.end(), 0);
  std::mt19937 random(1);  // any start is as good, but always the same
  std::vector<float> error(count);
  for (int epoch = 0; epoch < epochs; ++epoch) {
    // std::shuffle is not the same in every library.
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    const float rate = first_rate * (1 - static_cast<float>(epoch) / epochs);
    for (const std::size_t i : order) {
      error = weights.bias;
      for (const auto& [feature, value] : vectors.rows[i]) {
        const float* row = weights.rows.data() + feature * count;
        for (std::size_t k = 0; k < count; ++k) error[k] += value * row[k];
      }
      softmax(error);
      const std::vector<std::size_t>& right = examples[i].labels;
      const bool alone = right.size() == 1;
      for (float& e : error) e -= doubt / static_cast<float>(count);
      error[right.front()] -= (1 - doubt) * (alone ? 1 : best_share);
      for (std::size_t j = 1; j < right.size(); ++j)
        error[right[j]] -= (1 - doubt) * (1 - best_share) / static_cast<float>(right.size() - 1);
      for (const auto& [feature, value] : vectors.rows[i]) {
        float* row = weights.rows.data() + feature * count;
        const float step = rate * value;
        for (std::size_t k = 0; k < count; ++k) row[k] -= step * error[k];
      }
      for (std::size_t k = 0; k < count; ++k) weights.bias[k] -= rate * bias_rate * error[k];
    }
  }
  weights.ids = std::move(vectors.ids);
  weights.telling = std::move(vectors.telling);
  return Classifier(weights);
}

}  // namespace catalina::dialog
