// Which targets a message is nearest to. Every target is described by phrases (its name, what
// people call it, questions about it, example messages); a message is compared with each target as
// a whole (BM25: which of its words are telling, and does this target speak of them) and with each
// phrase (cosine: has somebody asked just this before). Words that are in no phrase are matched by
// their letters, so that typos count for less but not for nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace catalina::dialog {

struct Phrase {
  std::size_t target = 0;
  std::vector<std::string> words;
  double weight = 1;  // how much it says about its target: a name says more than a description
};

struct Ranked {
  std::size_t target = 0;
  double score = 0;     // 0 to about 1
  double coverage = 0;  // share of the message's telling words that this target knows, 0 to 1
  bool vague = false;   // the message is hardly more than one word that many targets share
                        // ("certificado"), or only resembles one, and is no phrase in full
};

class Ranking {
 public:
  // Targets are 0 … `targets` - 1. `stop_words` tell nothing and are left out everywhere.
  Ranking(std::size_t targets, const std::vector<Phrase>& phrases,
          const std::unordered_set<std::string>& stop_words);

  // The best `most`, best first; ties in the order of targets. `emphasis` has one entry for each
  // word: 1 for ordinary ones, less for words already explained by something else.
  std::vector<Ranked> rank(const std::vector<std::string>& words,
                           const std::vector<float>& emphasis, std::size_t most) const;

  // The words of the message that are in some phrase of the target, for the explanation.
  std::vector<std::string> shared_words(const std::vector<std::string>& words,
                                        std::size_t target) const;

 private:
  using TermId = std::uint32_t;
  struct Posting {
    std::uint32_t index;  // of a target or a phrase
    float weight;
  };
  // Of all telling words of a message, known or not: what a perfect match would reach.
  struct Mass {
    double sum = 0;
    double squares = 0;
    int words = 0;
    bool any_known = false;
    void add(double telling) {
      ++words;
      sum += telling;
      squares += telling * telling;
    }
  };
  struct QueryTerm {
    TermId term;
    float weight;  // below 1 when it only resembles what was written
  };
  struct Term {
    std::string text;
    float idf = 0;
    std::vector<Posting> targets;
    std::vector<Posting> phrases;
    std::vector<QueryTerm> neighbours;  // terms spelled much like it
  };

  TermId intern(const std::string& text);
  void add_phrase(const Phrase& phrase);
  void weigh_targets(std::size_t targets, const std::vector<std::uint32_t>& lengths);
  void weigh_phrases();
  void find_neighbours();
  std::vector<QueryTerm> resembling(std::string_view stem, float least) const;
  std::vector<QueryTerm> query_terms(const std::vector<std::string>& words,
                                     const std::vector<float>& emphasis, Mass& mass) const;

  std::unordered_set<std::string> stop_words_;
  std::unordered_map<std::string, TermId> term_ids_;
  std::vector<Term> terms_;  // stems, and pairs of stems that follow each other
  std::unordered_map<std::uint32_t, std::vector<TermId>> trigrams_;  // of single stems
  std::vector<std::uint32_t> phrase_target_;
  std::vector<float> phrase_weight_;
  std::vector<float> phrase_norm_;
  std::size_t targets_ = 0;
  float unknown_idf_ = 0;  // of a word that no phrase has
};

}  // namespace catalina::dialog
