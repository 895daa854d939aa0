#include "growth.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "app/catalog_source.hpp"
#include "learning/features.hpp"
#include "learning/phrases.hpp"
#include "learning/trainer.hpp"

namespace catalina::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t own_words = 6;          // of each invented tramite
constexpr std::size_t shortest_replaced = 6;  // letters: shorter words are everybody's

double seconds_since(SteadyClock::time_point start) {
  return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

std::string invented_word(std::mt19937& random) {
  constexpr const char* consonants = "bcdfglmnprstv";
  constexpr const char* vowels = "aeiou";
  std::string word;
  for (int syllable = 0; syllable < 4; ++syllable) {
    word += consonants[random() % 13];
    word += vowels[random() % 5];
  }
  return word;
}

// A real phrase, said of an invented tramite.
std::string retold(const std::string& phrase, const std::vector<std::string>& words,
                   std::mt19937& random) {
  std::string out;
  std::string word;
  for (const char c : phrase + ' ') {
    if (c != ' ') {
      word += c;
      continue;
    }
    out += word.size() < shortest_replaced ? word : words[random() % words.size()];
    out += ' ';
    word.clear();
  }
  return out;
}

void measure(std::size_t targets, std::size_t phrases_each,
             const std::vector<dialog::LabelledPhrase>& phrases) {
  std::mt19937 random(1);
  std::vector<std::string> labels;
  dialog::Examples examples;
  std::vector<std::string> messages;
  std::vector<std::size_t> wanted;
  for (std::size_t target = 0; target < targets; ++target) {
    labels.push_back("tramite:" + std::to_string(target));
    std::vector<std::string> words;
    for (std::size_t i = 0; i < own_words; ++i) words.push_back(invented_word(random));
    for (std::size_t i = 0; i <= phrases_each; ++i) {
      const std::string text = retold(phrases[random() % phrases.size()].text, words, random);
      if (i == phrases_each) {
        messages.push_back(text);
        wanted.push_back(target);
      } else {
        examples.add(dialog::features_of(text), {target});
      }
    }
  }
  auto start = SteadyClock::now();
  const dialog::Classifier classifier = dialog::train(labels, std::move(examples));
  const double training = seconds_since(start);
  std::string bytes;
  classifier.append_to(bytes);
  std::vector<double> micros;
  std::size_t right = 0;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    start = SteadyClock::now();
    const std::vector<double> chances = classifier.probabilities(dialog::features_of(messages[i]));
    micros.push_back(seconds_since(start) * 1e6);
    right += static_cast<std::size_t>(std::max_element(chances.begin(), chances.end()) -
                                      chances.begin()) == wanted[i];
  }
  std::sort(micros.begin(), micros.end());
  std::printf("%8zu %9zu %10.1f %10.1f %9.0f %9.0f %8.1f %%\n", targets, targets * phrases_each,
              training, double(bytes.size()) / (1 << 20), micros[micros.size() / 2],
              micros[micros.size() * 99 / 100], 100.0 * double(right) / double(messages.size()));
  std::fflush(stdout);
}

}  // namespace

void measure_growth() {
  const auto phrases = dialog::read_phrases(read_catalog({}));
  std::printf("%8s %9s %10s %10s %9s %9s %10s\n", "targets", "phrases", "learn, s", "MiB",
              "p50, us", "p99, us", "right");
  measure(188, 170, phrases);
  measure(1000, 30, phrases);
  measure(10000, 4, phrases);
}

}  // namespace catalina::bench
