// How much of each word of a message is heard, by the words around it: in "ya tengo el Sisbén,
// ahora quiero la EPS" what follows "ya tengo" is not what is wanted, and one word after another
// would say so of any tramite. It is learnt together with the classifier (learning/trainer.hpp).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "learning/bytes.hpp"
#include "learning/features.hpp"

namespace catalina::dialog {

// What stands around a word speaks for hearing it or against it; each kind of surrounding has a
// place in a table. Different ones may share a place.
inline constexpr std::size_t attention_places = std::size_t(1) << 20;

// Of one word: those within reach on both sides, some pairs, and where its clause stands.
inline constexpr std::size_t most_surroundings = 17;

// Places in that table. A list without memory of its own: training asks for millions.
class Surroundings {
 public:
  void add(std::uint32_t place) { places_[count_++] = place; }
  const std::uint32_t* begin() const { return places_.data(); }
  const std::uint32_t* end() const { return places_.data() + count_; }

 private:
  std::array<std::uint32_t, most_surroundings> places_;
  std::size_t count_ = 0;
};

// The places of what stands around words[i].
Surroundings surroundings_of(const std::vector<Word>& words, std::size_t i);

// From the sum of what the surroundings speak: 1 when they say nothing, never below 0 or above 2.
float heard(float spoken);
// How much more is heard for each unit more that is spoken.
float heard_slope(float heard);

// What was learnt; immutable.
class Attention {
 public:
  // `table` has a value for each place; empty: every word is heard as it is.
  explicit Attention(const std::vector<float>& table = {});

  // One for each word, 0 to 2.
  std::vector<float> of(const std::vector<Word>& words) const;

  // As Classifier's.
  void append_to(std::string& bytes) const;
  static Attention from_bytes(ByteReader& bytes);

 private:
  // In 8 bits: value = scale · integer.
  float scale_ = 0;
  std::vector<std::int8_t> table_;
};

}  // namespace catalina::dialog
