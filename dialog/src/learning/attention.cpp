#include "learning/attention.hpp"

#include <algorithm>
#include <cmath>

namespace catalina::dialog {
namespace {

// All found by leaving one writer out at a time.
constexpr int reach = 6;          // words to each side
constexpr int reach_of_pair = 5;  // words back to the first of two that stand together

static_assert(2 * reach + (reach_of_pair - 1) + 1 == most_surroundings);

// Where a surrounding stands; those of another clause are of other kinds.
enum Kind : std::uint32_t {
  before_by_1 = 1,
  before_by_2,
  before_by_3,
  before_farther,
  after_by_1,
  after_by_2,
  after_by_3,
  after_farther,
  in_another_clause = 10,
  pair_before = 30,
  pair_before_farther,
  clause_is_first = 40,
  clause_is_between,
  clause_is_last
};

std::uint32_t kind_of(int distance) {
  const auto steps = static_cast<std::uint32_t>(std::min(std::abs(distance), 4) - 1);
  return (distance < 0 ? before_by_1 : after_by_1) + steps;
}

// Mixes three numbers into a place (the finalizer of MurmurHash3).
std::uint32_t place_of(std::uint32_t kind, std::uint32_t first, std::uint32_t second = 0) {
  std::uint64_t hash = (std::uint64_t(first) << 32 | second) + kind * 0x9E3779B97F4A7C15ULL;
  hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDULL;
  hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53ULL;
  hash ^= hash >> 33;
  return static_cast<std::uint32_t>(hash % attention_places);
}

}  // namespace

Surroundings surroundings_of(const std::vector<Word>& words, std::size_t i) {
  Surroundings places;
  const auto here = static_cast<int>(i);
  const auto size = static_cast<int>(words.size());
  const auto at = [&](int k) -> const Word& { return words[static_cast<std::size_t>(k)]; };
  const std::uint16_t clause = words[i].clause;
  for (int k = std::max(here - reach, 0); k < std::min(here + reach + 1, size); ++k) {
    if (k == here) continue;
    const bool same_clause = at(k).clause == clause;
    places.add(place_of(kind_of(k - here) + (same_clause ? 0U : in_another_clause), at(k).sound));
    if (same_clause && k + 1 < here && here - k <= reach_of_pair) {
      const bool farther = here - k > 3;
      places.add(
          place_of(farther ? pair_before_farther : pair_before, at(k).sound, at(k + 1).sound));
    }
  }
  const std::uint16_t last = words.back().clause;
  if (last > 0) {
    const Kind kind = clause == 0      ? clause_is_first
                      : clause == last ? clause_is_last
                                       : clause_is_between;
    places.add(place_of(kind, 0));
  }
  return places;
}

float heard(float spoken) {
  return 2 / (1 + std::exp(-spoken));
}

float heard_slope(float heard) {
  return heard * (1 - heard / 2);
}

Attention::Attention(const std::vector<float>& table) : table_(table.size()) {
  for (const float value : table) scale_ = std::max(scale_, std::abs(value) / 127);
  if (scale_ == 0) table_.clear();
  std::transform(
      table.begin(), table.begin() + std::ssize(table_), table_.begin(),
      [&](float value) { return static_cast<std::int8_t>(std::lround(value / scale_)); });
}

std::vector<float> Attention::of(const std::vector<Word>& words) const {
  std::vector<float> out(words.size(), 1);
  if (table_.empty()) return out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    int sum = 0;
    for (const std::uint32_t place : surroundings_of(words, i)) sum += table_[place];
    out[i] = heard(static_cast<float>(sum) * scale_);
  }
  return out;
}

void Attention::append_to(std::string& bytes) const {
  put(bytes, scale_);
  put_list(bytes, std::span<const std::int8_t>(table_));
}

Attention Attention::from_bytes(ByteReader& bytes) {
  Attention read;
  read.scale_ = bytes.take<float>();
  const auto table = bytes.take_list<std::int8_t>();
  read.table_.assign(table.begin(), table.end());
  if (!read.table_.empty() && read.table_.size() != attention_places) refuse_bytes();
  return read;
}

}  // namespace catalina::dialog
