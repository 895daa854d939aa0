// A linear classifier over features: for every label the sum of what its features speak for it,
// made into probabilities. Immutable; trained by learning/trainer.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "learning/attention.hpp"
#include "learning/features.hpp"

namespace catalina::dialog {

// What a feature tells that no phrase had: what is not known makes all that is known less sure.
inline constexpr float unknown_telling = 3;
// How loud a message speaks: each value is divided by the root of this and the sum of all squares,
// so that a single word, which leaves most unsaid, speaks less loud than a sentence.
inline constexpr float unsaid = 500;

class Classifier {
 public:
  // Weights as they are trained: one row of `labels.size()` for each feature, rows in the order of
  // `ids`, which are sorted. `telling` says how much each feature's presence counts; `attention` is
  // the table of an Attention.
  struct Weights {
    std::vector<std::string> labels;
    std::vector<float> bias;
    std::vector<std::uint64_t> ids;
    std::vector<float> telling;
    std::vector<float> rows;
    std::vector<float> attention;
  };
  explicit Classifier(const Weights& weights);

  const std::vector<std::string>& labels() const { return labels_; }

  // One for each label; they sum to 1.
  std::vector<double> probabilities(const Features& features) const;

  // What a feature speaks for a label, compared with what it speaks for the average label; 0 when
  // no phrase had it.
  double support(std::uint64_t feature, std::size_t label) const;

  // The same on every machine of the same byte order. `from_bytes` takes the classifier off the
  // front of `bytes`; throws std::runtime_error when they are damaged or of another version.
  void append_to(std::string& bytes) const;
  static Classifier from_bytes(std::string_view& bytes);

 private:
  Classifier() = default;
  const std::int8_t* row(std::size_t feature) const { return rows_.data() + feature * stride_; }
  void index_ids();
  std::size_t find(std::uint64_t id) const;  // ids_.size() when it is not known

  std::vector<std::string> labels_;
  std::vector<float> bias_;
  std::vector<std::uint64_t> ids_;
  // Where the ids with the same highest bits begin: ids are hashes, so that a few of them share a
  // place and one look finds it.
  std::vector<std::uint32_t> first_id_;
  std::vector<float> telling_;
  // Weights in 8 bits: finer steps are beyond what training can tell apart.
  std::vector<float> scale_;       // of each row: weight = scale · integer
  std::vector<std::int8_t> rows_;  // `stride_` to a row
  std::size_t stride_ = 0;         // labels, rounded up so that rows suit vector instructions
  Attention attention_;
};

}  // namespace catalina::dialog
