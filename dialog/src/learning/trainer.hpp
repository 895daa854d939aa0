// Trains a Classifier from phrases with known labels: multinomial logistic regression by stochastic
// gradient descent. Deterministic: same examples, same weights.
#pragma once

#include <string>
#include <vector>

#include "learning/classifier.hpp"
#include "learning/features.hpp"

namespace catalina::dialog {

struct Example {
  std::vector<Feature> features;
  std::vector<std::size_t> labels;  // the best first; others would be right, too
};

// `labels` name what the examples' labels count. At least one label and one example.
Classifier train(std::vector<std::string> labels, const std::vector<Example>& examples);

}  // namespace catalina::dialog
