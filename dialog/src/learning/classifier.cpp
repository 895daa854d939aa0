#include "learning/classifier.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "learning/bytes.hpp"

namespace catalina::dialog {
namespace {

constexpr std::size_t row_multiple = 16;
constexpr int index_bits = 17;
constexpr std::uint32_t format = 2;

std::size_t stride_for(std::size_t labels) {
  return (labels + row_multiple - 1) / row_multiple * row_multiple;
}

}  // namespace

Classifier::Classifier(const Weights& weights)
    : labels_(weights.labels),
      bias_(weights.bias),
      ids_(weights.ids),
      telling_(weights.telling),
      stride_(stride_for(labels_.size())),
      attention_(weights.attention) {
  const std::size_t count = labels_.size();
  scale_.resize(ids_.size());
  rows_.assign(ids_.size() * stride_, 0);
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    const float* from = weights.rows.data() + i * count;
    float largest = 0;
    for (std::size_t k = 0; k < count; ++k) largest = std::max(largest, std::abs(from[k]));
    scale_[i] = largest / 127;
    if (largest == 0) continue;
    for (std::size_t k = 0; k < count; ++k)
      rows_[i * stride_ + k] = static_cast<std::int8_t>(std::lround(from[k] / scale_[i]));
  }
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
  std::vector<float> score(stride_, 0.0F);
  std::copy(bias_.begin(), bias_.end(), score.begin());
  const float norm = 1 / std::sqrt(squares);
  for (const Present& feature : present) {
    const std::int8_t* weights = row(feature.index);
    const float factor = feature.value * norm * scale_[feature.index];
    for (std::size_t k = 0; k < stride_; ++k) score[k] += factor * static_cast<float>(weights[k]);
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
  const std::int8_t* weights = row(index);
  const double mean =
      std::accumulate(weights, weights + labels_.size(), 0.0) / static_cast<double>(labels_.size());
  return (weights[label] - mean) * static_cast<double>(scale_[index] * telling_[index]);
}

void Classifier::append_to(std::string& bytes) const {
  put(bytes, format);
  put(bytes, static_cast<std::uint64_t>(labels_.size()));
  for (const std::string& label : labels_)
    put_list(bytes, std::vector<char>(label.begin(), label.end()));
  put_list(bytes, bias_);
  put_list(bytes, ids_);
  put_list(bytes, telling_);
  put_list(bytes, scale_);
  put_list(bytes, rows_);
  attention_.append_to(bytes);
}

Classifier Classifier::from_bytes(std::string_view& bytes) {
  if (take<std::uint32_t>(bytes) != format) refuse_bytes();
  Classifier read;
  const auto labels = take<std::uint64_t>(bytes);
  if (labels == 0) refuse_bytes();
  for (std::uint64_t i = 0; i < labels; ++i) {
    const auto label = take_list<char>(bytes);
    read.labels_.emplace_back(label.begin(), label.end());
  }
  read.stride_ = stride_for(read.labels_.size());
  read.bias_ = take_list<float>(bytes);
  read.ids_ = take_list<std::uint64_t>(bytes);
  read.telling_ = take_list<float>(bytes);
  read.scale_ = take_list<float>(bytes);
  read.rows_ = take_list<std::int8_t>(bytes);
  read.attention_ = Attention::from_bytes(bytes);
  const std::size_t features = read.ids_.size();
  if (read.bias_.size() != read.labels_.size() || read.telling_.size() != features ||
      read.scale_.size() != features || read.rows_.size() != features * read.stride_ ||
      !std::is_sorted(read.ids_.begin(), read.ids_.end()))
    refuse_bytes();
  read.index_ids();
  return read;
}

}  // namespace catalina::dialog
