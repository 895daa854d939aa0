// What the classifier sees of a message: its words as they sound, words that stand together, parts
// of words (so that a misspelt word is still mostly itself), and which clause a word stands in: in
// "ya tengo el Sisbén, ahora quiero la EPS" the last clause holds the wish.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace catalina::dialog {

struct Word {
  std::uint32_t sound = 0;   // hash of how it sounds
  std::uint16_t clause = 0;  // counted from 0
};

struct Feature {
  std::uint64_t id = 0;  // hash of the feature's kind and text
  float weight = 0;      // by its kind: whole words tell more than parts of them
  // The words that it is of, counted from 0: one, or two.
  std::uint16_t first = 0;
  std::uint16_t second = 0;
};

struct Features {
  std::vector<Word> words;
  std::vector<Feature> list;  // sorted by id; each as often as it occurs
};

// Their number is bounded by that of words in a message (understanding/normalize.hpp).
Features features_of(std::string_view utf8);

// The feature of a single word, to ask a classifier what the word counts for.
std::uint64_t word_feature(std::string_view word);

}  // namespace catalina::dialog
