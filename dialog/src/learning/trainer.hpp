// Trains a Classifier from messages with known labels: multinomial logistic regression by
// stochastic gradient descent, and with it how much each word is heard (learning/attention.hpp).
// Deterministic: same examples in the same order, same weights.
#pragma once

#include <string>
#include <vector>

#include "learning/classifier.hpp"
#include "learning/examples.hpp"

namespace catalina::dialog {

// `labels` name what the examples' labels count. At least one label, at most `most_labels`, and at
// least one example.
Classifier train(std::vector<std::string> labels, Examples examples);

}  // namespace catalina::dialog
