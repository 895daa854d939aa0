// Messages whose labels are known, as training needs them: of each feature that enough of them have
// its number and the words it is of, and how telling it is.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "learning/features.hpp"

namespace catalina::dialog {

// A feature where it occurs.
struct Occurrence {
  std::uint32_t feature = 0;  // its number
  std::uint16_t first = 0;    // words
  std::uint16_t second = 0;
};

struct Example {
  std::vector<Occurrence> occurrences;  // by feature
  std::vector<Word> words;
  float loudness = 0;               // what the strength of each feature is multiplied by
  std::vector<std::size_t> labels;  // the best first; others would be right, too
};

struct Vectors {
  std::vector<std::uint64_t> ids;  // of features, sorted; the place of each is its number
  std::vector<float> telling;      // the fewer examples have it, the more
  std::vector<float> strength;     // telling, times the weight of the feature's kind
  std::vector<Example> examples;
};

// Takes examples one by one and keeps of each only what training needs: together their features
// are the most that training has in memory.
class Examples {
 public:
  void add(Features features, std::vector<std::size_t> labels);
  Vectors vectors() &&;

 private:
  struct Known {
    std::uint64_t id = 0;
    float weight = 0;
    std::uint32_t examples = 0;  // that have it
  };
  std::uint32_t number_of(const Feature& feature);

  std::unordered_map<std::uint64_t, std::uint32_t> numbers_;  // in the order of first occurrence
  std::vector<Known> known_;
  std::vector<Example> examples_;
};

}  // namespace catalina::dialog
