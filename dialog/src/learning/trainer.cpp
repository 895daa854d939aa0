#include "learning/trainer.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <utility>

#include "learning/attention.hpp"
#include "learning/weights.hpp"

namespace catalina::dialog {
namespace {

// All found by leaving one writer out at a time.
constexpr int epochs = 5;
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

constexpr int fetched_ahead = 8;  // occurrences

// In place: scores become probabilities.
void softmax(std::span<float> scores) {
  const float highest = *std::max_element(scores.begin(), scores.end());
  float sum = 0;
  for (float& score : scores) sum += score = std::exp(score - highest);
  for (float& score : scores) score /= sum;
}

// What the labels' chances should have been otherwise: chance less what is right.
void subtract_right(const std::vector<std::size_t>& right, std::span<float> error) {
  const bool alone = right.size() == 1;
  for (float& e : error) e -= doubt / static_cast<float>(error.size());
  error[right.front()] -= (1 - doubt) * (alone ? 1 : best_share);
  for (std::size_t j = 1; j < right.size(); ++j)
    error[right[j]] -= (1 - doubt) * (1 - best_share) / static_cast<float>(right.size() - 1);
}

class Training {
 public:
  Training(std::size_t labels, const Vectors& vectors)
      : vectors_(vectors),
        bias_(labels, 0),
        weights_(vectors.ids.size()),
        attention_(attention_places, 0),
        error_(blocks_of(labels) * block_size, 0) {}

  // The most that it is off by, of 1.
  float learn(const Example& example, float rate, float rate_of_attention) {
    listen(example);
    weigh(example);
    const std::span<float> error = std::span(error_).first(bias_.size());
    softmax(error);
    subtract_right(example.labels, error);
    const float most = keep_what_is_off(error);
    slopes_.assign(example.words.size(), 0);
    for_each_feature(example, [&](std::span<const Occurrence> at, float value, float strength) {
      const float slope = weights_.mend(at.front().feature, off_, error_, rate * strength);
      for (const Occurrence& occurrence : at) {
        slopes_[occurrence.first] += slope * value / 2;
        slopes_[occurrence.second] += slope * value / 2;
      }
    });
    for (std::size_t k = 0; k < bias_.size(); ++k) bias_[k] -= rate * bias_rate * error[k];
    if (rate_of_attention > 0) attend(example, rate_of_attention);
    return most;
  }

  Classifier result(std::vector<std::string> labels) const {
    return Classifier(
        {std::move(labels), bias_, vectors_.ids, vectors_.telling, weights_, attention_});
  }

 private:
  // How much of each word is heard.
  void listen(const Example& example) {
    heard_.clear();
    for (std::size_t i = 0; i < example.words.size(); ++i) {
      float spoken = 0;
      for (const std::uint32_t place : surroundings_of(example.words, i))
        spoken += attention_[place];
      heard_.push_back(heard(spoken));
    }
  }

  void attend(const Example& example, float rate) {
    for (std::size_t i = 0; i < example.words.size(); ++i) {
      const float step = rate * slopes_[i] * heard_slope(heard_[i]);
      for (const std::uint32_t place : surroundings_of(example.words, i)) attention_[place] -= step;
    }
  }

  // Scores of all labels.
  void weigh(const Example& example) {
    std::copy(bias_.begin(), bias_.end(), error_.begin());
    std::fill(error_.begin() + std::ssize(bias_), error_.end(), 0.0F);
    const std::vector<Occurrence>& all = example.occurrences;
    for_each_feature(example, [&](std::span<const Occurrence> at, float, float strength) {
      const auto left = &all.back() - &at.back();
      if (left >= 2 * fetched_ahead) weights_.seek((&at.back())[2 * fetched_ahead].feature);
      if (left >= fetched_ahead) weights_.fetch((&at.back())[fetched_ahead].feature);
      weights_.add_to(error_, at.front().feature, strength);
    });
  }

  // Of the errors those that are worth mending, and the blocks they are in. Returns the largest.
  float keep_what_is_off(std::span<float> error) {
    off_.clear();
    float most = 0;
    for (std::size_t k = 0; k < error.size(); ++k) {
      const float size = std::abs(error[k]);
      if (size < least_error) {
        error[k] = 0;
        continue;
      }
      most = std::max(most, size);
      const auto block = static_cast<std::uint16_t>(k / block_size);
      if (off_.empty() || off_.back() != block) off_.push_back(block);
    }
    return most;
  }

  // Calls visit(where it occurs, its value for each of these, its value for all of them as heard).
  // A feature that occurs more than once shares its value.
  template <typename Visit>
  void for_each_feature(const Example& example, Visit visit) const {
    const std::vector<Occurrence>& all = example.occurrences;
    for (std::size_t i = 0, next = 0; i < all.size(); i = next) {
      float of_words = 0;
      for (next = i; next < all.size() && all[next].feature == all[i].feature; ++next)
        of_words += (heard_[all[next].first] + heard_[all[next].second]) / 2;
      const float value =
          vectors_.strength[all[i].feature] * example.loudness / static_cast<float>(next - i);
      visit(std::span(all).subspan(i, next - i), value, value * of_words);
    }
  }

  const Vectors& vectors_;
  std::vector<float> bias_;
  Weights weights_;
  std::vector<float> attention_;
  // Of the example at hand.
  std::vector<float> heard_;        // of words
  std::vector<float> slopes_;       // of words
  std::vector<float> error_;        // of labels, in whole blocks
  std::vector<std::uint16_t> off_;  // blocks
};

}  // namespace

Classifier train(std::vector<std::string> labels, Examples examples) {
  const Vectors vectors = std::move(examples).vectors();
  Training training(labels.size(), vectors);
  std::vector<std::size_t> order(vectors.examples.size());
  std::iota(order.begin(), order.end(), 0);
  std::vector<bool> rests(order.size(), false);
  std::mt19937 random(1);  // any start is as good, but always the same
  for (int epoch = 0; epoch < epochs; ++epoch) {
    // std::shuffle is not the same in every library.
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    const float left = 1 - static_cast<float>(epoch) / epochs;
    // What is worth hearing shows once words mean something.
    const float attention = epoch == 0 ? 0 : attention_rate * left;
    for (const std::size_t i : order) {
      rests[i] = !rests[i] &&
                 training.learn(vectors.examples[i], first_rate * left, attention) < least_miss;
    }
  }
  return training.result(std::move(labels));
}

}  // namespace catalina::dialog
