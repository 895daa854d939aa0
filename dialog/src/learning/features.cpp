#include "learning/features.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>

#include "understanding/normalize.hpp"

namespace catalina::dialog {
namespace {

enum class Kind : unsigned char { word, pair, skip, part, first, middle, last, after_cue };

// Found by leaving one writer out at a time.
constexpr float weight_of(Kind kind) {
  switch (kind) {
    case Kind::word:
      return 1.0F;
    case Kind::pair:
    case Kind::skip:
      return 0.8F;
    case Kind::part:
      return 0.5F;
    case Kind::first:
    case Kind::middle:
    case Kind::last:
    case Kind::after_cue:
      return 0.6F;
  }
  return 0;
}

constexpr std::size_t shortest_part = 3;
constexpr std::size_t longest_part = 6;

// Words after which another clause begins, and words that say whether what follows is wished for,
// done or denied; as they sound.
constexpr std::array<std::string_view, 5> connectors{"pero", "aora", "sino", "entonses", "aunke"};
struct Cue {
  std::string_view word;
  char mark;
  int reach;  // words after it
};
constexpr std::array<Cue, 7> cues{{{"no", 'n', 5},
                                   {"ya", 'y', 6},
                                   {"sin", 's', 3},
                                   {"falta", 'q', 6},
                                   {"kiero", 'q', 6},
                                   {"nesesito", 'q', 6},
                                   {"busko", 'q', 6}}};
constexpr std::size_t shortest_after_cue = 4;  // shorter words are articles and the like

// FNV-1a, 64 bits.
std::uint64_t hash_of(Kind kind, std::initializer_list<std::string_view> texts) {
  std::uint64_t hash = 14695981039346656037ULL;
  const auto add = [&](unsigned char byte) { hash = (hash ^ byte) * 1099511628211ULL; };
  add(static_cast<unsigned char>(kind));
  for (const std::string_view text : texts) {
    for (const char c : text) add(static_cast<unsigned char>(c));
    add(0);
  }
  return hash;
}

class Collector {
 public:
  void add(Kind kind, std::initializer_list<std::string_view> texts, std::size_t first,
           std::size_t second) {
    list_.push_back({hash_of(kind, texts), weight_of(kind), static_cast<std::uint16_t>(first),
                     static_cast<std::uint16_t>(second)});
  }
  void add(Kind kind, std::initializer_list<std::string_view> texts, std::size_t word) {
    add(kind, texts, word, word);
  }
  std::vector<Feature> take() && {
    std::sort(list_.begin(), list_.end(), [](const Feature& a, const Feature& b) {
      return std::tie(a.id, a.first) < std::tie(b.id, b.first);
    });
    return std::move(list_);
  }

 private:
  std::vector<Feature> list_;
};

using Clause = std::vector<std::string>;  // words as they sound

// Clauses end at punctuation and before a connector.
std::vector<Clause> clauses_of(std::string_view utf8) {
  std::vector<Clause> clauses(1);
  std::size_t words = 0;
  const auto next_clause = [&] {
    if (!clauses.back().empty()) clauses.emplace_back();
  };
  while (!utf8.empty() && words < most_words) {
    const std::size_t end = std::min(utf8.find_first_of(",;.:?!"), utf8.size());
    for (const std::string& word : split_words(utf8.substr(0, end))) {
      std::string sound = phonetic_key(word);
      if (sound.empty()) continue;  // nothing but an h
      if (std::find(connectors.begin(), connectors.end(), sound) != connectors.end()) next_clause();
      clauses.back().push_back(std::move(sound));
      if (++words == most_words) break;
    }
    next_clause();
    utf8.remove_prefix(std::min(end + 1, utf8.size()));
  }
  if (clauses.back().empty()) clauses.pop_back();
  return clauses;
}

void add_words(const Clause& words, Collector& out) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    out.add(Kind::word, {words[i]}, i);
    if (i + 1 < words.size()) out.add(Kind::pair, {words[i], words[i + 1]}, i, i + 1);
    if (i + 2 < words.size()) out.add(Kind::skip, {words[i], words[i + 2]}, i, i + 2);
    const std::string whole = '<' + words[i] + '>';
    for (std::size_t n = shortest_part; n <= longest_part; ++n)
      for (std::size_t k = 0; k + n <= whole.size(); ++k)
        out.add(Kind::part, {std::string_view(whole).substr(k, n)}, i);
  }
}

// `at` is where the clause begins in the message.
void add_clause(const Clause& words, Kind kind, std::size_t at, Collector& out) {
  for (std::size_t i = 0; i < words.size(); ++i) out.add(kind, {words[i]}, at + i);
}

void add_after_cues(const Clause& words, std::size_t at, Collector& out) {
  const Cue* cue = nullptr;
  int left = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (left > 0 && word.size() >= shortest_after_cue)
      out.add(Kind::after_cue, {std::string_view(&cue->mark, 1), word}, at + i);
    left = std::max(left - 1, 0);
    const auto found = std::find_if(cues.begin(), cues.end(),
                                    [&](const Cue& candidate) { return candidate.word == word; });
    if (found == cues.end()) continue;
    cue = &*found;
    left = cue->reach;
  }
}

}  // namespace

Features features_of(std::string_view utf8) {
  const std::vector<Clause> clauses = clauses_of(utf8);
  Features out;
  Collector features;
  Clause all;
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    const std::size_t at = all.size();
    add_after_cues(clauses[i], at, features);
    if (clauses.size() > 1) {
      const Kind kind = i + 1 == clauses.size() ? Kind::last : i == 0 ? Kind::first : Kind::middle;
      add_clause(clauses[i], kind, at, features);
    }
    for (const std::string& word : clauses[i]) {
      out.words.push_back(
          {static_cast<std::uint32_t>(hash_of(Kind::word, {word})), static_cast<std::uint16_t>(i)});
      all.push_back(word);
    }
  }
  add_words(all, features);
  out.list = std::move(features).take();
  return out;
}

std::uint64_t word_feature(std::string_view word) {
  return hash_of(Kind::word, {phonetic_key(word)});
}

}  // namespace catalina::dialog
