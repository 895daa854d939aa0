// A linear classifier over features: for every label the sum of what its features speak for it,
// made into probabilities. Immutable; trained by learning/trainer.hpp.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "learning/attention.hpp"
#include "learning/bytes.hpp"
#include "learning/features.hpp"
#include "learning/weights.hpp"

namespace catalina::dialog {

// What a feature tells that no phrase had: what is not known makes all that is known less sure.
inline constexpr float unknown_telling = 3;
// How loud a message speaks: each value is divided by the root of this and the sum of all squares,
// so that a single word, which leaves most unsaid, speaks less loud than a sentence.
inline constexpr float unsaid = 500;

class Classifier {
 public:
  // What was trained: `ids` of features, sorted, and for each how much its presence counts
  // (`telling`) and a row of `weights`; `attention` is the table of an Attention.
  struct Learnt {
    const std::vector<std::string>& labels;
    const std::vector<float>& bias;
    const std::vector<std::uint64_t>& ids;
    const std::vector<float>& telling;
    const Weights& weights;
    const std::vector<float>& attention;
  };
  explicit Classifier(const Learnt& learnt);

  const std::vector<std::string>& labels() const { return labels_; }

  // One for each label; they sum to 1.
  std::vector<double> probabilities(const Features& features) const;

  // What a feature speaks for a label, compared with what it speaks for the average label; 0 when
  // no phrase had it.
  double support(std::uint64_t feature, std::size_t label) const;

  // The same on every machine of the same byte order. Reading takes the classifier off the front of
  // `bytes` and throws std::runtime_error when they are damaged or of another version; the bytes
  // are read where they are, and `owner` keeps them there (none: they stay as long as the program).
  void append_to(std::string& bytes) const;
  Classifier(ByteReader& bytes, std::shared_ptr<const void> owner);

 private:
  // Where the row of a feature is.
  struct Row {
    std::span<const std::uint16_t> blocks;
    const std::int8_t* weights = nullptr;  // `block_size` for each block; weight = scale · integer
  };

  void read(ByteReader& bytes);
  void index_ids();
  std::size_t find(std::uint64_t id) const;  // ids_.size() when it is not known
  Row row(std::size_t feature) const;

  std::shared_ptr<const void> owner_;
  std::vector<std::string> labels_;
  std::span<const float> bias_;
  std::span<const std::uint64_t> ids_;
  // Where the ids with the same highest bits begin: ids are hashes, so that a few of them share a
  // place and one look finds it.
  std::vector<std::uint32_t> first_id_;
  std::span<const float> telling_;
  // Weights in 8 bits, finer steps are beyond what training can tell apart; blocks of nothing but
  // noise are left out.
  std::span<const float> scale_;                // of each row
  std::span<const std::uint32_t> first_block_;  // of each row, and where the last one ends
  std::span<const std::uint16_t> blocks_;
  std::span<const std::int8_t> weights_;
  Attention attention_;
};

}  // namespace catalina::dialog
