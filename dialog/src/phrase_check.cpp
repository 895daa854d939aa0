#include "dialog/phrase_check.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include "dialog/model.hpp"
#include "dialog/understand.hpp"
#include "learning/features.hpp"
#include "learning/phrases.hpp"
#include "target.hpp"
#include "understanding/normalize.hpp"

namespace catalina::dialog {
namespace {

constexpr std::string_view rules_file = "intents.json";
constexpr std::size_t most_shown = 10;

// Of features that two phrases share: 0 none, 1 all. Below `near` they are about different things.
// A new phrase that she would have answered as another target is refused when it is nearer by
// `margin` to a phrase of that one than to any of its own. With one phrase in twelve held out of
// 32,000, these refuse 0.7 % of the right ones and 71 % of those that were put under a wrong target
// and that she would have answered; a smaller margin refuses more right ones than it is worth.
constexpr double near = 0.3;
constexpr double margin = 0.2;

double likeness(const std::vector<Feature>& a, const std::vector<Feature>& b) {
  const auto squares = [](const std::vector<Feature>& features) {
    double sum = 0;
    for (const Feature& feature : features) sum += double(feature.weight) * feature.weight;
    return sum;
  };
  double shared = 0;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    if (x->id == y->id) shared += double(x->weight) * y->weight;
    const bool first_is_behind = x->id <= y->id;
    const bool second_is_behind = y->id <= x->id;
    x += first_is_behind ? 1 : 0;
    y += second_is_behind ? 1 : 0;
  }
  const double sizes = squares(a) * squares(b);
  return sizes > 0 ? shared / std::sqrt(sizes) : 0;
}

bool would_answer(const Understanding& understanding) {
  return understanding.decision == Decision::answer || understanding.decision == Decision::talk;
}

const std::string& rules_of(const catalog::Files& files) {
  static const std::string none;
  const auto found = std::find_if(files.begin(), files.end(), [](const catalog::File& file) {
    return file.path == rules_file;
  });
  return found == files.end() ? none : found->text;
}

// A phrase whatever its accents, capitals and signs.
std::string plain(const LabelledPhrase& phrase) {
  return join_words(split_words(phrase.text));
}

class Check {
 public:
  // `only_rules`: nothing else has changed.
  Check(const Edition& before, const Edition& next, bool only_rules)
      : before_(before), next_(next), only_rules_(only_rules) {
    std::set<std::pair<std::string, std::string>> known;  // phrase, family
    for (const LabelledPhrase& phrase : read_phrases(before.files)) {
      const std::string family = family_of(phrase.targets.front());
      known.emplace(plain(phrase), family);
      old_families_.insert(family);
    }
    for (LabelledPhrase& phrase : read_phrases(next.files)) {
      const std::string family = family_of(phrase.targets.front());
      const bool is_new = !known.contains({plain(phrase), family});
      by_family_[family].push_back(phrases_.size());
      phrases_.push_back({std::move(phrase), family, is_new});
    }
  }

  std::vector<Theft> run() {
    find_duplicates();
    for (const Phrase& phrase : phrases_) {
      find_taker(phrase);
      if (phrase.is_new && old_families_.contains(phrase.family)) find_model_of(phrase);
    }
    for (auto& [name, theft] : by_rule_) thefts_.push_back(std::move(theft));
    for (auto& [phrase, theft] : by_phrase_) thefts_.push_back(std::move(theft));
    return std::move(thefts_);
  }

 private:
  struct Phrase {
    LabelledPhrase labelled;
    std::string family;
    bool is_new = false;
  };

  std::string family_of(const std::string& target) const {
    return subject_of(*next_.knowledge.catalog, target);
  }

  bool answers(const Phrase& phrase, const std::string& family) const {
    const auto& targets = phrase.labelled.targets;
    return std::any_of(targets.begin(), targets.end(),
                       [&](const std::string& target) { return family_of(target) == family; });
  }

  Understanding understand(const Edition& edition, const Phrase& phrase) const {
    return edition.knowledge.recognizer->understand(phrase.labelled.text, Time());
  }

  static Stolen stolen(const Phrase& phrase) {
    return {phrase.labelled.text, phrase.labelled.targets.front(), phrase.labelled.file};
  }

  Theft& theft_of(const Phrase& thief) {
    Theft& theft = by_phrase_[&thief];
    theft.kind = Theft::Kind::phrase;
    theft.file = thief.labelled.file;
    theft.thief = thief.labelled.text;
    theft.target = thief.labelled.targets.front();
    return theft;
  }

  void find_duplicates() {
    std::unordered_map<std::string, const Phrase*> seen;
    for (const Phrase& phrase : phrases_) {
      const auto [place, is_first] = seen.emplace(plain(phrase.labelled), &phrase);
      const Phrase& other = *place->second;
      if (is_first || !(phrase.is_new || other.is_new) || answers(other, phrase.family) ||
          answers(phrase, other.family))
        continue;
      thefts_.push_back({.kind = Theft::Kind::duplicate,
                         .file = phrase.labelled.file,
                         .thief = phrase.labelled.text,
                         .target = phrase.labelled.targets.front(),
                         .stolen = {stolen(other)}});
    }
  }

  // Who takes it now that did not before.
  void find_taker(const Phrase& phrase) {
    const Understanding now = only_rules_
                                  ? next_.knowledge.recognizer->by_rules(phrase.labelled.text)
                                  : understand(next_, phrase);
    if (now.candidates.empty() || !would_answer(now)) return;
    const std::string taker = family_of(now.candidates.front().target);
    if (answers(phrase, taker)) return;
    const Understanding then = understand(before_, phrase);
    const std::string taker_then =
        then.candidates.empty() ? "" : family_of(then.candidates.front().target);
    if (now.by_rule) {
      if (!phrase.is_new && then.by_rule && taker_then == taker) return;
      Theft& theft = by_rule_[now.evidence];
      theft.kind = Theft::Kind::rule;
      theft.file = rules_file;
      theft.thief = now.evidence;
      theft.target = now.candidates.front().target;
      theft.stolen.push_back(stolen(phrase));
    } else if (!phrase.is_new && answers(phrase, taker_then)) {
      if (const Phrase* thief = nearest_newcomer(phrase, taker))
        theft_of(*thief).stolen.push_back(stolen(phrase));
    }
  }

  // Training moves a few phrases in ten thousand by chance; only one that has become like another
  // was taken by it.
  const Phrase* nearest_newcomer(const Phrase& phrase, const std::string& family) {
    const std::vector<Feature> features = features_of(phrase.labelled.text).list;
    const Phrase* nearest = nullptr;
    double best = near;
    for (const std::size_t i : by_family_[family]) {
      if (!phrases_[i].is_new) continue;
      const double value = likeness(features, features_of(phrases_[i].labelled.text).list);
      if (value < best) continue;
      best = value;
      nearest = &phrases_[i];
    }
    return nearest;
  }

  // The phrases of another target that a new one is like, when it is like them and not like its
  // own.
  void find_model_of(const Phrase& phrase) {
    const Understanding then = understand(before_, phrase);
    if (then.by_rule || !would_answer(then)) return;
    const std::string other = family_of(then.candidates.front().target);
    if (answers(phrase, other)) return;
    const std::vector<Feature> features = features_of(phrase.labelled.text).list;
    double own = 0;
    for (const std::string& target : phrase.labelled.targets)
      for (const auto& [value, index] : likest(features, family_of(target)))
        own = std::max(own, value);
    std::vector<std::pair<double, std::size_t>> rivals = likest(features, other);
    if (rivals.empty() || rivals.front().first < std::max(near, own + margin)) return;
    Theft& theft = theft_of(phrase);
    for (const auto& [value, index] : rivals)
      if (value > std::max(near, own)) theft.stolen.push_back(stolen(phrases_[index]));
  }

  // Those of a family that were there before, the likest first.
  std::vector<std::pair<double, std::size_t>> likest(const std::vector<Feature>& features,
                                                     const std::string& family) {
    std::vector<std::pair<double, std::size_t>> found;
    for (const std::size_t i : by_family_[family])
      if (!phrases_[i].is_new)
        found.emplace_back(likeness(features, features_of(phrases_[i].labelled.text).list), i);
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    return found;
  }

  const Edition& before_;
  const Edition& next_;
  const bool only_rules_;
  std::vector<Phrase> phrases_;
  std::set<std::string> old_families_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_family_;
  std::map<std::string, Theft> by_rule_;
  std::map<const Phrase*, Theft> by_phrase_;  // in the order of the phrases
  std::vector<Theft> thefts_;
};

}  // namespace

std::string in_words(const Theft& theft) {
  const bool one = theft.stolen.size() == 1;
  const std::string messages =
      one ? "un mensaje" : std::to_string(theft.stolen.size()) + " mensajes";
  std::string text = theft.file + ": ";
  std::string advice;
  switch (theft.kind) {
    case Theft::Kind::duplicate:
      return text + "la frase «" + theft.thief + "» está también en " + theft.stolen.front().file +
             " (" + theft.stolen.front().owner +
             "): déjala en uno solo, o ponla en «tambien» si vale para los dos";
    case Theft::Kind::rule:
      text += "la " + theft.thief + " se lleva a " + theft.target + " " + messages + " de otros:";
      advice = "Hazla más estrecha, ponle un «salvo», o quita la frase si es la que está mal.";
      break;
    case Theft::Kind::phrase:
      text += "la frase «" + theft.thief + "» le quita a otros " + messages +
              " que se le parecen más que los de " + theft.target + ":";
      advice =
          "Si vale para los dos, ponla también en «tambien»; si no, bórrala o dila de otra "
          "manera.";
      break;
  }
  for (std::size_t i = 0; i < std::min(most_shown, theft.stolen.size()); ++i)
    text += "\n    «" + theft.stolen[i].phrase + "» (" + theft.stolen[i].owner + ")";
  if (theft.stolen.size() > most_shown)
    text += "\n    y " + std::to_string(theft.stolen.size() - most_shown) + " más";
  return text + "\n  " + advice;
}

std::vector<Theft> find_thefts(const Edition& before, const Edition& next) {
  const bool same_phrases =
      Model::fingerprint_of(before.files) == Model::fingerprint_of(next.files);
  if (same_phrases && rules_of(before.files) == rules_of(next.files)) return {};
  return Check(before, next, same_phrases).run();
}

}  // namespace catalina::dialog
