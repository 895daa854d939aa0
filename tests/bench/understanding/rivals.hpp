// Other ways to find what a message is about, learnt from the same phrases, to see what the one
// that Catalina uses is worth. Each is given as the text it learns from and tells the best target.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace catalina::bench {

struct TrainingPhrase {
  std::string text;
  std::string label;
};

struct TestMessage {
  std::string text;
  std::vector<std::string> accept;  // labels that are right
};

using Guess = std::function<std::string(std::string_view text)>;

// Cosine over parts of words (three letters), one document for each label: the plain search.
Guess character_search(const std::vector<TrainingPhrase>& documents);
// BM25 over stems, one document for each label.
Guess bm25(const std::vector<TrainingPhrase>& phrases);
// The ten nearest phrases by cosine over Catalina's features vote, each with its nearness.
Guess nearest_phrases(const std::vector<TrainingPhrase>& phrases);
// Multinomial naive Bayes over Catalina's features.
Guess naive_bayes(const std::vector<TrainingPhrase>& phrases);
// The classifier Catalina uses.
Guess linear(const std::vector<TrainingPhrase>& phrases);

// The share of `tests` that Debian's fastText (package fasttext) labels right after learning
// `phrases`, with its own settings for short texts; negative when it is not installed. It is given
// the words as Catalina's ear hears them, so that misspelling is no handicap.
double fasttext(const std::vector<TrainingPhrase>& phrases, const std::vector<TestMessage>& tests);

}  // namespace catalina::bench
