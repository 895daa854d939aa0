#include "rivals.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <unordered_map>

#include "learning/features.hpp"
#include "learning/trainer.hpp"
#include "support/temp_dir.hpp"
#include "understanding/normalize.hpp"

namespace catalina::bench {
namespace {

using dialog::Feature;

// What a text is made of, each item once with its weight.
using Bag = std::map<std::string, double>;
using Reader = Bag (*)(std::string_view);

Bag letters_of(std::string_view text) {
  Bag bag;
  for (const std::string& word : dialog::split_words(text)) {
    const std::string whole = '<' + word + '>';
    for (std::size_t i = 0; i + 3 <= whole.size(); ++i) bag[whole.substr(i, 3)] += 1;
  }
  return bag;
}

Bag stems_of(std::string_view text) {
  Bag bag;
  for (const std::string& word : dialog::split_words(text))
    bag[dialog::stem(dialog::phonetic_key(word))] += 1;
  return bag;
}

Bag features_in(std::string_view text) {
  Bag bag;
  for (const Feature& feature : dialog::features_of(text).list)
    bag[std::string(reinterpret_cast<const char*>(&feature.id), sizeof feature.id)] =
        double(feature.weight);
  return bag;
}

std::vector<std::string> labels_of(const std::vector<TrainingPhrase>& phrases) {
  std::vector<std::string> labels;
  for (const TrainingPhrase& phrase : phrases) labels.push_back(phrase.label);
  std::sort(labels.begin(), labels.end());
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
  return labels;
}

std::size_t index_of(const std::vector<std::string>& labels, const std::string& label) {
  return static_cast<std::size_t>(std::lower_bound(labels.begin(), labels.end(), label) -
                                  labels.begin());
}

const std::string& best_of(const std::vector<std::string>& labels,
                           const std::vector<double>& scores) {
  return labels[static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) -
                                         scores.begin())];
}

// Documents by item, and how rare each item is.
struct Index {
  struct Entry {
    std::size_t document;
    double weight;
  };
  std::unordered_map<std::string, std::vector<Entry>> entries;
  std::size_t documents = 0;

  void add(const Bag& bag) {
    for (const auto& [item, weight] : bag) entries[item].push_back({documents, weight});
    ++documents;
  }
  double rarity(const std::vector<Entry>& in) const {
    return std::log(1 + double(documents) / double(in.size()));
  }
};

// Index of unit vectors: weight times rarity, divided by the length.
Index unit_vectors(const std::vector<std::string_view>& texts, Reader read) {
  Index index;
  for (const std::string_view text : texts) index.add(read(text));
  std::vector<double> squares(index.documents);
  for (auto& [item, entries] : index.entries) {
    const double rarity = index.rarity(entries);
    for (Index::Entry& entry : entries) {
      entry.weight *= rarity;
      squares[entry.document] += entry.weight * entry.weight;
    }
  }
  for (auto& [item, entries] : index.entries)
    for (Index::Entry& entry : entries) entry.weight /= std::sqrt(squares[entry.document]);
  return index;
}

// The text's own length is the same for all documents and left out.
std::vector<double> nearness(const Index& index, const Bag& bag) {
  std::vector<double> scores(index.documents);
  for (const auto& [item, weight] : bag) {
    const auto found = index.entries.find(item);
    if (found == index.entries.end()) continue;
    const double value = weight * index.rarity(found->second);
    for (const Index::Entry& entry : found->second) scores[entry.document] += value * entry.weight;
  }
  return scores;
}

}  // namespace

Guess character_search(const std::vector<TrainingPhrase>& documents) {
  std::vector<std::string_view> texts;
  std::vector<std::string> labels;
  for (const TrainingPhrase& document : documents) {
    texts.push_back(document.text);
    labels.push_back(document.label);
  }
  return [labels, index = unit_vectors(texts, letters_of)](std::string_view text) {
    return best_of(labels, nearness(index, letters_of(text)));
  };
}

Guess bm25(const std::vector<TrainingPhrase>& phrases) {
  constexpr double k1 = 1.2;
  constexpr double b = 0.75;
  const std::vector<std::string> labels = labels_of(phrases);
  std::vector<Bag> bags(labels.size());
  for (const TrainingPhrase& phrase : phrases)
    for (const auto& [item, count] : stems_of(phrase.text))
      bags[index_of(labels, phrase.label)][item] += count;
  std::vector<double> lengths;
  double all = 0;
  for (const Bag& bag : bags) {
    double length = 0;
    for (const auto& [item, count] : bag) length += count;
    lengths.push_back(length);
    all += length;
  }
  Index index;
  for (Bag& bag : bags) {
    const double relative = lengths[index.documents] * double(bags.size()) / all;
    for (auto& [item, count] : bag)
      count = count * (k1 + 1) / (count + k1 * (1 - b + b * relative));
    index.add(bag);
  }
  return [labels, index = std::move(index)](std::string_view text) {
    return best_of(labels, nearness(index, stems_of(text)));
  };
}

Guess nearest_phrases(const std::vector<TrainingPhrase>& phrases) {
  static constexpr std::size_t neighbours = 10;
  std::vector<std::string_view> texts;
  std::vector<std::size_t> label;
  const std::vector<std::string> labels = labels_of(phrases);
  for (const TrainingPhrase& phrase : phrases) {
    texts.push_back(phrase.text);
    label.push_back(index_of(labels, phrase.label));
  }
  return [labels, label, index = unit_vectors(texts, features_in)](std::string_view text) {
    const std::vector<double> scores = nearness(index, features_in(text));
    std::vector<std::size_t> order(scores.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto end = order.begin() + std::min(neighbours, order.size());
    std::partial_sort(order.begin(), end, order.end(),
                      [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    std::vector<double> votes(labels.size());
    for (auto it = order.begin(); it != end; ++it) votes[label[*it]] += scores[*it];
    return best_of(labels, votes);
  };
}

Guess naive_bayes(const std::vector<TrainingPhrase>& phrases) {
  constexpr double unseen = 0.1;
  const std::vector<std::string> labels = labels_of(phrases);
  std::vector<double> prior(labels.size());
  std::vector<double> total(labels.size());
  std::unordered_map<std::string, std::vector<float>> counts;
  for (const TrainingPhrase& phrase : phrases) {
    const std::size_t k = index_of(labels, phrase.label);
    prior[k] += 1;
    for (const auto& [item, weight] : features_in(phrase.text)) {
      auto& row = counts[item];
      row.resize(labels.size());
      row[k] += float(weight);
      total[k] += weight;
    }
  }
  return [=](std::string_view text) {
    std::vector<double> scores(labels.size());
    for (std::size_t k = 0; k < labels.size(); ++k) scores[k] = std::log(prior[k]);
    for (const auto& [item, weight] : features_in(text)) {
      const auto found = counts.find(item);
      if (found == counts.end()) continue;
      for (std::size_t k = 0; k < labels.size(); ++k)
        scores[k] += weight * std::log((double(found->second[k]) + unseen) /
                                       (total[k] + unseen * double(counts.size())));
    }
    return best_of(labels, scores);
  };
}

Guess linear(const std::vector<TrainingPhrase>& phrases) {
  const std::vector<std::string> labels = labels_of(phrases);
  dialog::Examples examples;
  for (const TrainingPhrase& phrase : phrases)
    examples.add(dialog::features_of(phrase.text), {index_of(labels, phrase.label)});
  const auto classifier =
      std::make_shared<const dialog::Classifier>(dialog::train(labels, std::move(examples)));
  return [classifier](std::string_view text) {
    return best_of(classifier->labels(), classifier->probabilities(dialog::features_of(text)));
  };
}

double fasttext(const std::vector<TrainingPhrase>& phrases, const std::vector<TestMessage>& tests) {
  if (std::system("command -v fasttext >/dev/null 2>&1") != 0) return -1;
  const test::TempDir folder;
  const auto file = [&](const char* name) { return (folder.path() / name).string(); };
  const auto heard = [](std::string_view text) {
    std::string out;
    for (const std::string& word : dialog::split_words(text))
      out += dialog::phonetic_key(word) + ' ';
    return out;
  };
  std::ofstream train(file("train"));
  for (const TrainingPhrase& phrase : phrases)
    train << "__label__" << phrase.label << ' ' << heard(phrase.text) << '\n';
  train.close();
  std::ofstream asked(file("test"));
  for (const TestMessage& message : tests) asked << heard(message.text) << '\n';
  asked.close();
  // Few phrases are gone over more often, so that it makes as many steps as with many.
  const std::size_t epochs = std::clamp<std::size_t>(600'000 / phrases.size(), 25, 2000);
  const std::string learn = "fasttext supervised -input " + file("train") + " -output " +
                            file("model") + " -epoch " + std::to_string(epochs) +
                            " -lr 0.5 -wordNgrams 2 -minn 3 -maxn 6 -dim 50 -bucket 200000 "
                            "-thread 1 >/dev/null 2>&1";
  const std::string ask =
      "fasttext predict " + file("model.bin") + " " + file("test") + " > " + file("guesses");
  if (std::system(learn.c_str()) != 0 || std::system(ask.c_str()) != 0) return -1;
  std::ifstream guesses(file("guesses"));
  int right = 0;
  for (const TestMessage& message : tests) {
    std::string guess;
    std::getline(guesses, guess);
    for (const std::string& target : message.accept) right += guess == "__label__" + target;
  }
  return double(right) / double(tests.size());
}

}  // namespace catalina::bench
