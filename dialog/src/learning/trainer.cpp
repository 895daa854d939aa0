#include "learning/trainer.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <unordered_map>
#include <utility>

#include "learning/attention.hpp"

namespace catalina::dialog {
namespace {

// All found by leaving one writer out at a time.
constexpr int epochs = 5;
// Of so many examples one more must have a feature for it to count, up to the most that are asked
// for: what few of many have in common is chance, what few of few have is all there is.
constexpr std::size_t examples_for_one_more = 4000;
constexpr std::size_t most_asked_for = 5;
constexpr float first_rate = 5.0F;  // of learning; falls to 0 in a straight line
constexpr float bias_rate = 0.01F;  // as a share of it
constexpr float attention_rate = 0.1F;
constexpr float best_share = 0.65F;  // of the best label, when others are right, too
// That a label is wrong: so much is spread over all labels, lest weights grow without end for the
// sake of a few strange phrases.
constexpr float doubt = 0.05F;
// What a label is off by less than this is not mended: of hundreds of labels a message concerns a
// few, and memory is what training waits for.
constexpr float least_error = 0.001F;
// What is known so well is not repeated in the epoch after.
constexpr float least_miss = 0.1F;

// A known feature where it occurs.
struct Occurrence {
  std::uint32_t feature = 0;
  std::uint16_t first = 0;  // words
  std::uint16_t second = 0;
};

struct Row {
  std::vector<Occurrence> occurrences;  // by feature
  std::vector<Word> words;
  float loudness = 0;  // what the strength of each feature is multiplied by
  std::vector<std::size_t> labels;
};

struct Vectors {
  std::vector<std::uint64_t> ids;  // sorted
  std::vector<float> telling;
  std::vector<float> strength;  // telling, times the weight of the feature's kind
  std::vector<Row> rows;        // of each example
};

template <typename Visit>
void for_each_once(const std::vector<Feature>& list, Visit visit) {
  for (std::size_t i = 0; i < list.size(); ++i)
    if (i == 0 || list[i].id != list[i - 1].id) visit(list[i]);
}

// How telling a feature is: the fewer examples have it, the more. Each example's features are
// forgotten once they are a row, since together they are the most that training keeps.
Vectors vectorize(std::vector<Example> examples) {
  std::unordered_map<std::uint64_t, std::uint32_t> counts;
  for (const Example& example : examples)
    for_each_once(example.features.list, [&](const Feature& feature) { ++counts[feature.id]; });
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
  out.strength.resize(out.ids.size());
  for (Example& example : examples) {
    Row& row = out.rows.emplace_back();
    float squares = unsaid;
    for_each_once(example.features.list, [&](const Feature& feature) {
      const auto found = index.find(feature.id);
      const bool known = found != index.end();
      const float value = feature.weight * (known ? out.telling[found->second] : unknown_telling);
      squares += value * value;
      if (known) out.strength[found->second] = value;
    });
    for (const Feature& feature : example.features.list) {
      const auto found = index.find(feature.id);
      if (found != index.end())
        row.occurrences.push_back({found->second, feature.first, feature.second});
    }
    row.loudness = 1 / std::sqrt(squares);
    row.words = std::move(example.features.words);
    row.labels = std::move(example.labels);
    example = {};
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

// What the labels' chances should have been otherwise: chance less what is right.
void subtract_right(const std::vector<std::size_t>& right, std::vector<float>& error) {
  const bool alone = right.size() == 1;
  for (float& e : error) e -= doubt / static_cast<float>(error.size());
  error[right.front()] -= (1 - doubt) * (alone ? 1 : best_share);
  for (std::size_t j = 1; j < right.size(); ++j)
    error[right[j]] -= (1 - doubt) * (1 - best_share) / static_cast<float>(right.size() - 1);
}

struct Miss {
  std::size_t label = 0;
  float error = 0;
};

class Training {
 public:
  Training(std::size_t labels, const Vectors& vectors)
      : count_(labels),
        vectors_(vectors),
        bias_(labels, 0),
        weights_(vectors.ids.size() * labels, 0),
        attention_(attention_places, 0),
        error_(labels) {}

  // The most that it is off by, of 1.
  float learn(const Row& row, float rate, float rate_of_attention) {
    listen(row);
    error_ = bias_;
    for_each_value(row, [&](std::size_t feature, const Occurrence&, float value, float heard) {
      const float* weights = weights_of(feature);
      for (std::size_t k = 0; k < count_; ++k) error_[k] += value * heard * weights[k];
    });
    softmax(error_);
    subtract_right(row.labels, error_);
    misses_.clear();
    for (std::size_t k = 0; k < count_; ++k)
      if (std::abs(error_[k]) >= least_error) misses_.push_back({k, error_[k]});
    slopes_.assign(row.words.size(), 0);
    for_each_value(row, [&](std::size_t feature, const Occurrence& at, float value, float heard) {
      float* weights = weights_of(feature);
      const float step = rate * value * heard;
      float slope = 0;
      for (const Miss& miss : misses_) {
        slope += weights[miss.label] * miss.error;
        weights[miss.label] -= step * miss.error;
      }
      slopes_[at.first] += slope * value / 2;
      slopes_[at.second] += slope * value / 2;
    });
    for (const Miss& miss : misses_) bias_[miss.label] -= rate * bias_rate * miss.error;
    if (rate_of_attention > 0) attend(row, rate_of_attention);
    const auto most = std::max_element(
        misses_.begin(), misses_.end(),
        [](const Miss& a, const Miss& b) { return std::abs(a.error) < std::abs(b.error); });
    return most == misses_.end() ? 0 : std::abs(most->error);
  }

  Classifier::Weights result(std::vector<std::string> labels) && {
    return {std::move(labels), std::move(bias_),    vectors_.ids,
            vectors_.telling,  std::move(weights_), std::move(attention_)};
  }

 private:
  float* weights_of(std::size_t feature) { return weights_.data() + feature * count_; }

  // How much of each word is heard.
  void listen(const Row& row) {
    heard_.clear();
    for (std::size_t i = 0; i < row.words.size(); ++i) {
      float spoken = 0;
      for (const std::uint32_t place : surroundings_of(row.words, i)) spoken += attention_[place];
      heard_.push_back(heard(spoken));
    }
  }

  void attend(const Row& row, float rate) {
    for (std::size_t i = 0; i < row.words.size(); ++i) {
      const float step = rate * slopes_[i] * heard_slope(heard_[i]);
      for (const std::uint32_t place : surroundings_of(row.words, i)) attention_[place] -= step;
    }
  }

  // A feature that occurs more than once shares its value.
  template <typename Visit>
  void for_each_value(const Row& row, Visit visit) const {
    const std::vector<Occurrence>& all = row.occurrences;
    for (std::size_t i = 0, next = 0; i < all.size();) {
      while (next < all.size() && all[next].feature == all[i].feature) ++next;
      const std::size_t feature = all[i].feature;
      const float value = vectors_.strength[feature] * row.loudness / static_cast<float>(next - i);
      for (; i < next; ++i)
        visit(feature, all[i], value, (heard_[all[i].first] + heard_[all[i].second]) / 2);
    }
  }

  std::size_t count_;
  const Vectors& vectors_;
  std::vector<float> bias_;
  std::vector<float> weights_;
  std::vector<float> attention_;
  // Of the row at hand.
  std::vector<float> heard_;
  std::vector<float> slopes_;
  std::vector<float> error_;
  std::vector<Miss> misses_;
};

}  // namespace

Classifier train(std::vector<std::string> labels, std::vector<Example> examples) {
  const Vectors vectors = vectorize(std::move(examples));
  Training training(labels.size(), vectors);
  std::vector<std::size_t> order(vectors.rows.size());
  std::iota(order.begin(), order.end(), 0);
  std::vector<bool> rests(vectors.rows.size(), false);
  std::mt19937 random(1);  // any start is as good, but always the same
  for (int epoch = 0; epoch < epochs; ++epoch) {
    // std::shuffle is not the same in every library.
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    const float left = 1 - static_cast<float>(epoch) / epochs;
    // What is worth hearing shows once words mean something.
    const float attention = epoch == 0 ? 0 : attention_rate * left;
    for (const std::size_t i : order) {
      rests[i] =
          !rests[i] && training.learn(vectors.rows[i], first_rate * left, attention) < least_miss;
    }
  }
  return Classifier(std::move(training).result(std::move(labels)));
}

}  // namespace catalina::dialog
