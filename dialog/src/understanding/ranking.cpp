#include "understanding/ranking.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "understanding/normalize.hpp"

namespace catalina::dialog {
namespace {

// BM25: how fast the repetition of a word stops counting, and how much long targets are held back.
constexpr float saturation = 1.2F;
constexpr float length_share = 0.4F;
// Share of the best phrase in the score; the target as a whole has the rest.
constexpr double phrase_share = 0.7;
// Pairs of words confirm what the words say; alone they would count it twice.
constexpr float pair_weight = 0.3F;
// How alike two spellings are to be taken for each other (Dice over trigrams of letters): for a
// word that nobody wrote before, and for one that exists.
constexpr float alike_when_unknown = 0.5F;
constexpr float alike_when_short = 0.65F;
constexpr float alike_when_known = 0.6F;
constexpr float neighbour_weight = 0.35F;
constexpr std::size_t most_resembling = 3;
// A message that tells less than this, about a word that five targets share, is vague unless it is
// a phrase in full.
constexpr double least_telling = 3.6;
constexpr float in_full = 0.99F;
constexpr std::size_t shortest_resembling = 4;
constexpr std::size_t sure_length = 6;

// Letters with both borders, three at a time: "^lu", "lus", "us$".
std::vector<std::uint32_t> trigrams_of(std::string_view word) {
  std::string bordered;
  bordered.reserve(word.size() + 2);
  bordered += '^';
  bordered += word;
  bordered += '$';
  std::vector<std::uint32_t> out;
  for (std::size_t i = 0; i + 2 < bordered.size(); ++i) {
    const auto byte = [&](std::size_t j) {
      return std::uint32_t{static_cast<unsigned char>(bordered[j])};
    };
    out.push_back(byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::string pair_of(const std::string& first, const std::string& second) {
  return first + ' ' + second;
}

}  // namespace

Ranking::Ranking(std::size_t targets, const std::vector<Phrase>& phrases,
                 const std::unordered_set<std::string>& stop_words)
    : stop_words_(stop_words), targets_(targets) {
  std::vector<std::uint32_t> lengths(targets, 0);
  for (const Phrase& phrase : phrases) {
    add_phrase(phrase);
    lengths[phrase.target] += static_cast<std::uint32_t>(phrase.words.size());
  }
  weigh_targets(targets, lengths);
  weigh_phrases();
  find_neighbours();
}

Ranking::TermId Ranking::intern(const std::string& text) {
  const auto [entry, added] = term_ids_.try_emplace(text, static_cast<TermId>(terms_.size()));
  if (added) {
    terms_.push_back({});
    terms_.back().text = text;
  }
  return entry->second;
}

void Ranking::add_phrase(const Phrase& phrase) {
  const auto index = static_cast<std::uint32_t>(phrase_target_.size());
  std::unordered_map<TermId, float> counts;
  std::string previous;
  for (const std::string& word : phrase.words) {
    if (stop_words_.count(word) != 0) continue;
    std::string current = stem(word);
    counts[intern(current)] += 1;
    if (!previous.empty()) counts[intern(pair_of(previous, current))] += pair_weight;
    previous = std::move(current);
  }
  if (counts.empty()) return;
  phrase_target_.push_back(static_cast<std::uint32_t>(phrase.target));
  phrase_weight_.push_back(static_cast<float>(phrase.weight));
  for (const auto& [term, count] : counts) {
    terms_[term].phrases.push_back({index, std::min(count, 1.0F)});
    std::vector<Posting>& of_targets = terms_[term].targets;
    const float weight = count * static_cast<float>(phrase.weight);
    if (!of_targets.empty() && of_targets.back().index == phrase.target) {
      of_targets.back().weight += weight;
    } else {
      of_targets.push_back({static_cast<std::uint32_t>(phrase.target), weight});
    }
  }
}

void Ranking::weigh_targets(std::size_t targets, const std::vector<std::uint32_t>& lengths) {
  const float average =
      static_cast<float>(std::accumulate(lengths.begin(), lengths.end(), std::uint64_t{0})) /
      static_cast<float>(std::max<std::size_t>(targets, 1));
  const auto idf_of = [&](std::size_t having) {
    return std::log(1 + (static_cast<float>(targets) - static_cast<float>(having) + 0.5F) /
                            (static_cast<float>(having) + 0.5F));
  };
  unknown_idf_ = idf_of(2);
  for (Term& term : terms_) {
    term.idf = idf_of(term.targets.size());
    for (Posting& posting : term.targets) {
      const float length = static_cast<float>(lengths[posting.index]) / average;
      const float held_back = saturation * (1 - length_share + length_share * length);
      posting.weight = posting.weight * (1 + saturation) / (posting.weight + held_back);
      posting.weight = std::min(posting.weight, 1 + saturation) / (1 + saturation);
    }
  }
}

void Ranking::weigh_phrases() {
  std::vector<float> squares(phrase_target_.size(), 0);
  for (Term& term : terms_) {
    for (Posting& posting : term.phrases) {
      posting.weight *= term.idf;
      squares[posting.index] += posting.weight * posting.weight;
    }
  }
  for (float square : squares) phrase_norm_.push_back(std::sqrt(square));
}

void Ranking::find_neighbours() {
  for (TermId id = 0; id < terms_.size(); ++id) {
    const std::string& text = terms_[id].text;
    if (text.find(' ') != std::string::npos || text.size() < shortest_resembling) continue;
    for (std::uint32_t trigram : trigrams_of(text)) trigrams_[trigram].push_back(id);
  }
  for (TermId id = 0; id < terms_.size(); ++id) {
    Term& term = terms_[id];
    if (term.text.find(' ') != std::string::npos || term.text.size() < shortest_resembling) {
      continue;
    }
    for (QueryTerm near : resembling(term.text, alike_when_known)) {
      if (near.term != id) {
        term.neighbours.push_back({near.term, near.weight * neighbour_weight});
      }
    }
  }
}

std::vector<Ranking::QueryTerm> Ranking::resembling(std::string_view stem, float least) const {
  const std::vector<std::uint32_t> wanted = trigrams_of(stem);
  std::unordered_map<TermId, std::uint32_t> shared;
  for (std::uint32_t trigram : wanted) {
    const auto found = trigrams_.find(trigram);
    if (found == trigrams_.end()) continue;
    for (TermId id : found->second) ++shared[id];
  }
  std::vector<QueryTerm> out;
  for (const auto& [id, count] : shared) {
    // A word of n letters has about n trigrams.
    const float dice = 2.0F * static_cast<float>(count) /
                       static_cast<float>(wanted.size() + terms_[id].text.size());
    if (dice >= least) out.push_back({id, dice});
  }
  std::sort(out.begin(), out.end(), [](const QueryTerm& a, const QueryTerm& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.term < b.term;
  });
  if (out.size() > most_resembling) out.resize(most_resembling);
  return out;
}

std::vector<Ranking::QueryTerm> Ranking::query_terms(const std::vector<std::string>& words,
                                                     const std::vector<float>& emphasis,
                                                     Mass& mass) const {
  std::vector<QueryTerm> out;
  const auto add = [&](TermId term, float weight) {
    const auto same = std::find_if(out.begin(), out.end(),
                                   [&](const QueryTerm& other) { return other.term == term; });
    if (same == out.end()) {
      out.push_back({term, weight});
    } else {
      same->weight = std::max(same->weight, weight);
    }
  };
  std::unordered_set<std::string> seen;
  std::string previous;
  for (std::size_t i = 0; i < words.size(); ++i) {
    // By the word, not its stem: "casi" is not "casa".
    if (stop_words_.count(words[i]) != 0) continue;
    std::string current = stem(words[i]);
    const float weight = emphasis[i];
    const auto known = term_ids_.find(current);
    if (known != term_ids_.end()) {
      mass.any_known = true;
      add(known->second, weight);
      for (QueryTerm near : terms_[known->second].neighbours) add(near.term, near.weight * weight);
      if (seen.insert(current).second) mass.add(terms_[known->second].idf * weight);
    } else {
      if (current.size() >= shortest_resembling) {
        const float least = current.size() < sure_length ? alike_when_short : alike_when_unknown;
        for (QueryTerm near : resembling(current, least)) {
          add(near.term, near.weight * weight);
        }
      }
      if (seen.insert(current).second) mass.add(unknown_idf_ * weight);
    }
    if (!previous.empty()) {
      const auto pair = term_ids_.find(pair_of(previous, current));
      if (pair != term_ids_.end()) add(pair->second, pair_weight * weight);
    }
    previous = std::move(current);
  }
  return out;
}

std::vector<Ranked> Ranking::rank(const std::vector<std::string>& words,
                                  const std::vector<float>& emphasis, std::size_t most) const {
  Mass mass;
  const std::vector<QueryTerm> query = query_terms(words, emphasis, mass);
  if (query.empty() || mass.sum <= 0) return {};

  std::vector<float> whole(targets_, 0);
  std::vector<float> known(targets_, 0);
  std::vector<float> by_phrase(phrase_target_.size(), 0);
  for (const QueryTerm& part : query) {
    const Term& term = terms_[part.term];
    const float telling = part.weight * term.idf;
    const bool is_pair = term.text.find(' ') != std::string::npos;
    if (is_pair) mass.squares += static_cast<double>(telling) * telling;
    for (const Posting& posting : term.targets) {
      whole[posting.index] += telling * posting.weight;
      if (!is_pair) known[posting.index] += telling;
    }
    for (const Posting& posting : term.phrases) {
      by_phrase[posting.index] += telling * posting.weight;
    }
  }

  std::vector<float> nearest(targets_, 0);
  const auto query_norm = static_cast<float>(std::sqrt(mass.squares));
  for (std::size_t i = 0; i < by_phrase.size(); ++i) {
    if (by_phrase[i] <= 0) continue;
    const float cosine = by_phrase[i] * phrase_weight_[i] / (phrase_norm_[i] * query_norm);
    float& best = nearest[phrase_target_[i]];
    best = std::max(best, cosine);
  }

  const bool vague = mass.sum < least_telling || (mass.words == 1 && !mass.any_known);
  std::vector<Ranked> out;
  for (std::size_t target = 0; target < targets_; ++target) {
    if (whole[target] <= 0) continue;
    const double coverage = std::min(1.0, known[target] / mass.sum);
    const double score =
        (1 - phrase_share) * whole[target] / mass.sum + phrase_share * nearest[target];
    out.push_back({target, score, coverage, vague && nearest[target] < in_full});
  }
  const auto better = [](const Ranked& a, const Ranked& b) {
    return a.score != b.score ? a.score > b.score : a.target < b.target;
  };
  const std::size_t kept = std::min(most, out.size());
  std::partial_sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(kept), out.end(),
                    better);
  out.resize(kept);
  return out;
}

std::vector<std::string> Ranking::shared_words(const std::vector<std::string>& words,
                                               std::size_t target) const {
  std::vector<std::string> out;
  for (const std::string& word : words) {
    const auto known = term_ids_.find(stem(word));
    if (known == term_ids_.end()) continue;
    const std::vector<Posting>& targets = terms_[known->second].targets;
    const bool shared = std::any_of(targets.begin(), targets.end(), [&](const Posting& posting) {
      return posting.index == target;
    });
    if (shared && std::find(out.begin(), out.end(), word) == out.end()) out.push_back(word);
  }
  return out;
}

}  // namespace catalina::dialog
