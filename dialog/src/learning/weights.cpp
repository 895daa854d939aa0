#include "learning/weights.hpp"

#include <numeric>

namespace catalina::dialog {

void Weights::add_to(std::span<float> scores, std::size_t feature, float factor) const {
  const Row& row = rows_[feature];
  for (std::size_t i = 0; i < row.blocks.size(); ++i) {
    const std::array<float, block_size> weights = row.weights[i].values;
    float* to = scores.data() + row.blocks[i] * block_size;
    for (std::size_t k = 0; k < block_size; ++k) to[k] += factor * weights[k];
  }
}

float Weights::mend(std::size_t feature, std::span<const std::uint16_t> blocks,
                    std::span<const float> error, float step) {
  Row& row = rows_[feature];
  Block slopes;
  std::size_t at = 0;
  for (const std::uint16_t block : blocks) {
    while (at < row.blocks.size() && row.blocks[at] < block) ++at;
    if (at == row.blocks.size() || row.blocks[at] != block) {
      row.blocks.insert(row.blocks.begin() + std::ptrdiff_t(at), block);
      row.weights.emplace(row.weights.begin() + std::ptrdiff_t(at));
    }
    Block weights = row.weights[at];
    const float* off = error.data() + block * block_size;
    for (std::size_t k = 0; k < block_size; ++k) {
      slopes.values[k] += weights.values[k] * off[k];
      weights.values[k] -= step * off[k];
    }
    row.weights[at] = weights;
  }
  return std::accumulate(slopes.values.begin(), slopes.values.end(), 0.0F);
}

}  // namespace catalina::dialog
