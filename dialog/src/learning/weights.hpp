// What each feature speaks for each label, while it is being learnt. Of thousands of labels a
// feature concerns a few, so that a row is kept in blocks of labels that stand side by side, and
// only those that were ever touched.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace catalina::dialog {

// Labels in a block: a cache line of float.
inline constexpr std::size_t block_size = 16;
// Highest number of labels, by what the number of a block takes.
inline constexpr std::size_t most_labels = block_size << 16;

inline std::size_t blocks_of(std::size_t labels) {
  return (labels + block_size - 1) / block_size;
}

class Weights {
 public:
  struct alignas(block_size * sizeof(float)) Block {
    std::array<float, block_size> values{};
  };
  struct Row {
    std::vector<std::uint16_t> blocks;  // ascending
    std::vector<Block> weights;         // of each
  };

  explicit Weights(std::size_t features) : rows_(features) {}

  const std::vector<Row>& rows() const { return rows_; }

  // Ask for a feature's weights ahead of need, where they are and then what they are: rows are far
  // apart, and training waits for memory more than for anything else.
  void seek(std::size_t feature) const { __builtin_prefetch(&rows_[feature]); }
  void fetch(std::size_t feature) const {
    const Row& row = rows_[feature];
    __builtin_prefetch(row.blocks.data());
    for (const Block& block : row.weights) __builtin_prefetch(&block);
  }

  // Adds the feature's weights, times `factor`, to `scores`, which has room for whole blocks.
  void add_to(std::span<float> scores, std::size_t feature, float factor) const;

  // Takes `step` times `error` off the feature's weights, in `blocks` (ascending; `error` counts
  // from label 0). Returns the sum of weight times error before: how much more is wrong for each
  // unit more of the feature.
  float mend(std::size_t feature, std::span<const std::uint16_t> blocks,
             std::span<const float> error, float step);

 private:
  std::vector<Row> rows_;
};

}  // namespace catalina::dialog
