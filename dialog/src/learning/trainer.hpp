// Trains a Classifier from phrases with known labels: multinomial logistic regression by stochastic
// gradient descent, and with it how much each word is heard (learning/attention.hpp).
// Deterministic: same examples, same weights.
#pragma once

#include <string>
#include <vector>

#include "learning/classifier.hpp"
#include "learning/features.hpp"

namespace catalina::dialog {

struct Example {
  Features features;
  std::vector<std::size_t> labels;  // the best first; others would be right, too
};

// `labels` name what the examples' labels count. At least one label and one example.
Classifier train(std::vector<std::string> labels, std::vector<Example> examples);

}  // namespace catalina::dialog
