#include "learning/classifier.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace catalina::dialog {
namespace {

constexpr int index_bits = 17;
constexpr std::uint32_t format = 3;
// Of 127, what the loudest label of a feature has: less is chance, and half of all there is.
constexpr int noise = 16;

// Rows as they are kept.
struct Packed {
  std::vector<float> scale;
  std::vector<std::uint32_t> first_block{0};
  std::vector<std::uint16_t> blocks;
  std::vector<std::int8_t> weights;
};

void pack(const Weights::Row& row, Packed& out) {
  float largest = 0;
  for (const Weights::Block& block : row.weights)
    for (const float value : block.values) largest = std::max(largest, std::abs(value));
  const float scale = largest / 127;
  for (std::size_t i = 0; largest > 0 && i < row.blocks.size(); ++i) {
    std::array<std::int8_t, block_size> kept{};
    const auto& values = row.weights[i].values;
    std::transform(values.begin(), values.end(), kept.begin(), [&](float value) {
      return static_cast<std::int8_t>(std::lround(value / scale));
    });
    const bool speaks = std::any_of(kept.begin(), kept.end(),
                                    [](std::int8_t weight) { return std::abs(weight) > noise; });
    if (!speaks) continue;
    out.blocks.push_back(row.blocks[i]);
    out.weights.insert(out.weights.end(), kept.begin(), kept.end());
  }
  out.scale.push_back(scale);
  out.first_block.push_back(static_cast<std::uint32_t>(out.blocks.size()));
}

void append(std::string& bytes, const std::vector<std::string>& labels) {
  put(bytes, format);
  put(bytes, static_cast<std::uint64_t>(labels.size()));
  for (const std::string& label : labels) put_list(bytes, std::span<const char>(label));
}

template <typename T>
std::span<const T> whole(const std::vector<T>& values) {
  return values;
}

}  // namespace

Classifier::Classifier(const Learnt& learnt) {
  Packed packed;
  for (const Weights::Row& row : learnt.weights.rows()) pack(row, packed);
  const auto bytes = std::make_shared<std::string>();
  append(*bytes, learnt.labels);
  put_list(*bytes, whole(learnt.bias));
  put_list(*bytes, whole(learnt.ids));
  put_list(*bytes, whole(learnt.telling));
  put_list(*bytes, whole(packed.scale));
  put_list(*bytes, whole(packed.first_block));
  put_list(*bytes, whole(packed.blocks));
  put_list(*bytes, whole(packed.weights));
  Attention(learnt.attention).append_to(*bytes);
  owner_ = bytes;
  ByteReader reader(*bytes);
  read(reader);
}

Classifier::Classifier(ByteReader& bytes, std::shared_ptr<const void> owner)
    : owner_(std::move(owner)) {
  read(bytes);
}

void Classifier::append_to(std::string& bytes) const {
  append(bytes, labels_);
  put_list(bytes, bias_);
  put_list(bytes, ids_);
  put_list(bytes, telling_);
  put_list(bytes, scale_);
  put_list(bytes, first_block_);
  put_list(bytes, blocks_);
  put_list(bytes, weights_);
  attention_.append_to(bytes);
}

void Classifier::read(ByteReader& bytes) {
  if (bytes.take<std::uint32_t>() != format) refuse_bytes();
  const auto labels = bytes.take<std::uint64_t>();
  if (labels == 0 || labels > most_labels) refuse_bytes();
  for (std::uint64_t i = 0; i < labels; ++i) {
    const auto label = bytes.take_list<char>();
    labels_.emplace_back(label.begin(), label.end());
  }
  bias_ = bytes.take_list<float>();
  ids_ = bytes.take_list<std::uint64_t>();
  telling_ = bytes.take_list<float>();
  scale_ = bytes.take_list<float>();
  first_block_ = bytes.take_list<std::uint32_t>();
  blocks_ = bytes.take_list<std::uint16_t>();
  weights_ = bytes.take_list<std::int8_t>();
  attention_ = Attention::from_bytes(bytes);
  const std::size_t features = ids_.size();
  const bool is_whole = bias_.size() == labels && telling_.size() == features &&
                        scale_.size() == features && first_block_.size() == features + 1 &&
                        first_block_.front() == 0 && first_block_.back() == blocks_.size() &&
                        weights_.size() == blocks_.size() * block_size &&
                        std::is_sorted(first_block_.begin(), first_block_.end()) &&
                        std::is_sorted(ids_.begin(), ids_.end()) &&
                        std::all_of(blocks_.begin(), blocks_.end(),
                                    [&](std::uint16_t block) { return block < blocks_of(labels); });
  if (!is_whole) refuse_bytes();
  index_ids();
}

void Classifier::index_ids() {
  first_id_.assign((std::size_t(1) << index_bits) + 1, 0);
  for (const std::uint64_t id : ids_) ++first_id_[(id >> (64 - index_bits)) + 1];
  std::partial_sum(first_id_.begin(), first_id_.end(), first_id_.begin());
}

std::size_t Classifier::find(std::uint64_t id) const {
  const std::size_t place = id >> (64 - index_bits);
  for (std::size_t i = first_id_[place]; i < first_id_[place + 1]; ++i)
    if (ids_[i] == id) return i;
  return ids_.size();
}

Classifier::Row Classifier::row(std::size_t feature) const {
  const std::size_t first = first_block_[feature];
  return {blocks_.subspan(first, first_block_[feature + 1] - first),
          weights_.data() + first * block_size};
}

std::vector<double> Classifier::probabilities(const Features& features) const {
  struct Present {
    std::size_t index = 0;
    float value = 0;
  };
  const std::vector<float> heard = attention_.of(features.words);
  std::vector<Present> present;
  present.reserve(features.list.size());
  float squares = unsaid;
  const std::vector<Feature>& list = features.list;
  for (std::size_t i = 0, next = 0; i < list.size(); i = next) {
    float of_words = 0;
    for (next = i; next < list.size() && list[next].id == list[i].id; ++next)
      of_words += (heard[list[next].first] + heard[list[next].second]) / 2;
    const std::size_t index = find(list[i].id);
    const bool known = index != ids_.size();
    const float value = list[i].weight * (known ? telling_[index] : unknown_telling);
    squares += value * value;
    if (known) present.push_back({index, value * of_words / static_cast<float>(next - i)});
  }
  std::vector<float> score(blocks_of(labels_.size()) * block_size, 0.0F);
  std::copy(bias_.begin(), bias_.end(), score.begin());
  const float norm = 1 / std::sqrt(squares);
  for (const Present& feature : present) {
    const Row of_feature = row(feature.index);
    const std::int8_t* weights = of_feature.weights;
    const float factor = feature.value * norm * scale_[feature.index];
    for (const std::uint16_t block : of_feature.blocks) {
      float* to = score.data() + block * block_size;
      for (std::size_t k = 0; k < block_size; ++k) to[k] += factor * static_cast<float>(weights[k]);
      weights += block_size;
    }
  }
  std::vector<double> out(labels_.size());
  const float highest = *std::max_element(score.begin(), score.begin() + std::ssize(labels_));
  for (std::size_t k = 0; k < out.size(); ++k) out[k] = std::exp(double(score[k] - highest));
  const double sum = std::accumulate(out.begin(), out.end(), 0.0);
  for (double& p : out) p /= sum;
  return out;
}

double Classifier::support(std::uint64_t feature, std::size_t label) const {
  const std::size_t index = find(feature);
  if (index == ids_.size()) return 0;
  const Row of_feature = row(index);
  const std::size_t count = of_feature.blocks.size() * block_size;
  const double mean = std::accumulate(of_feature.weights, of_feature.weights + count, 0.0) /
                      static_cast<double>(labels_.size());
  double weight = 0;
  const auto block = static_cast<std::uint16_t>(label / block_size);
  const auto found = std::lower_bound(of_feature.blocks.begin(), of_feature.blocks.end(), block);
  if (found != of_feature.blocks.end() && *found == block) {
    const auto place = static_cast<std::size_t>(found - of_feature.blocks.begin());
    weight = of_feature.weights[place * block_size + label % block_size];
  }
  return (weight - mean) * static_cast<double>(scale_[index] * telling_[index]);
}

}  // namespace catalina::dialog
