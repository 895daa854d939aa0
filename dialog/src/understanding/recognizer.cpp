#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <unordered_map>
#include <unordered_set>

#include "catalog/text.hpp"
#include "dialog/radicado.hpp"
#include "dialog/understand.hpp"
#include "understanding/normalize.hpp"
#include "understanding/patterns.hpp"
#include "understanding/places.hpp"
#include "understanding/ranking.hpp"

namespace catalina::dialog {
namespace {

constexpr std::size_t most_candidates = 5;
constexpr std::size_t ranked = 8;  // looked at before relatives are told apart

// How sure is sure enough to answer, and to offer.
constexpr double answer_from = 0.70;
constexpr double clarify_from = 0.30;
// Whoever says one word that many targets share is asked which one, however near the first is.
constexpr double vague_at_most = 0.65;
constexpr double by_rule = 0.99;

// A longer message has a subject of its own, even if it hides behind ordinary words.
constexpr std::size_t longest_elliptical = 10;

// Weights of phrases by where they stand.
constexpr double name_weight = 1.0;
constexpr double example_weight = 1.0;
constexpr double question_weight = 0.9;
constexpr double description_weight = 0.6;
constexpr double answer_weight = 0.35;

// The part of a place's name in a message that still counts as ordinary words: places are named to
// say where, not what.
constexpr float place_emphasis = 0.25F;

// What it changes that a frequent question asks about the same thing as the message, or another.
constexpr double same_aspect = 1.2;
constexpr double other_aspect = 0.85;
// A question without an aspect yields to the tramite it is about when both are as near: the card
// answers more.
constexpr double no_aspect = 0.97;

constexpr std::string_view out_of_scope = "intent:fuera_de_alcance";
constexpr std::string_view intent_prefix = "intent:";

// How often a first candidate like this one was right: a logistic regression over a development set
// of citizens' messages, everyday orders to a voice assistant and gibberish. What tells is how far
// the next rival is behind and how much of the message is explained; the height of the score itself
// added nothing to these two.
double calibrated(double margin, double coverage) {
  return 1 / (1 + std::exp(-(-2.5 + 7.5 * margin + 3.5 * coverage)));
}

bool is_number(const std::string& word) {
  return word.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

struct Recognizer::State {
  std::shared_ptr<const catalog::Catalog> catalog;
  IntentsFile intents;
  Normalizer normalizer;
  std::unique_ptr<const Places> places;
  std::unique_ptr<const Places> offices;
  std::vector<std::string> targets;
  std::vector<std::string> relative;     // of each target: the tramite it is about, else itself
  std::vector<Aspect> aspect_of_target;  // what a frequent question asks about, else `general`
  std::unordered_map<std::string, std::size_t> target_index;
  std::unordered_set<std::string> stop_words;
  std::unordered_set<std::string> place_words;
  std::unique_ptr<const Ranking> ranking;

  void add_targets();
  void add_vocabulary();
  void build_ranking();
  std::size_t index_of(const std::string& target, const std::string& where) const;

  void find_entities(std::string_view message, const std::vector<PlaceMention>& mentions,
                     std::string_view plain, Understanding& out) const;
  bool decide_by_rule(std::string_view plain, Understanding& out) const;
  void decide_by_ranking(const std::vector<std::string>& words,
                         const std::vector<PlaceMention>& mentions, Understanding& out) const;
  void prefer_aspect(Aspect asked, std::vector<Ranked>& best) const;
  void find_office(const std::vector<std::string>& words, Understanding& out) const;
  Aspect aspect_of(std::string_view plain) const;
  bool is_elliptical(const std::vector<std::string>& words,
                     const std::vector<PlaceMention>& mentions) const;
};

Recognizer::Recognizer() = default;
Recognizer::~Recognizer() = default;

void Recognizer::State::add_targets() {
  const auto add = [&](std::string target, std::string about, Aspect aspect = Aspect::general) {
    target_index.emplace(target, targets.size());
    targets.push_back(std::move(target));
    relative.push_back(std::move(about));
    aspect_of_target.push_back(aspect);
  };
  for (const catalog::HojaDeVida& tramite : catalog->tramites()) {
    add("tramite:" + tramite.id, "tramite:" + tramite.id);
  }
  for (const catalog::Faq& faq : catalog->faqs()) {
    const std::string target = "faq:" + faq.id;
    add(target, faq.tramite.empty() ? target : "tramite:" + faq.tramite,
        aspect_of(join_words(split_words(faq.question))));
  }
  for (const auto& [target, phrases] : intents.phrases) {
    if (target.starts_with(intent_prefix)) add(target, target);
  }
  for (const Rule& rule : intents.rules) {
    if (rule.target.starts_with(intent_prefix) && target_index.count(rule.target) == 0) {
      add(rule.target, rule.target);
    }
  }
}

std::size_t Recognizer::State::index_of(const std::string& target, const std::string& where) const {
  const auto found = target_index.find(target);
  if (found == target_index.end()) {
    throw std::runtime_error("intents.json: " + where + ": no existe «" + target + "»");
  }
  return found->second;
}

// Words that have a right spelling: those of patterns count for more, since a rule that is missed
// for a spelling is the worst miss.
void Recognizer::State::add_vocabulary() {
  for (const auto& [abbreviation, meaning] : intents.abbreviations) {
    normalizer.add_abbreviation(abbreviation, meaning);
  }
  const auto add_pattern = [&](const Pattern& pattern) {
    if (!pattern) return;
    for (const std::string& word : words_of(pattern)) normalizer.add_word(word);
  };
  for (const Rule& rule : intents.rules) {
    add_pattern(rule.pattern);
    add_pattern(rule.unless);
  }
  for (const Pattern& pattern : intents.confidential) add_pattern(pattern);
  for (const Referral& referral : intents.referrals) add_pattern(referral.pattern);
  for (const AspectPattern& aspect : intents.aspects) add_pattern(aspect.pattern);
  for (const std::string& word : intents.stop_words) {
    for (const std::string& part : split_words(word)) normalizer.add_word(part);
  }
  for (const std::string& word : places->words()) normalizer.add_word(word);
  for (const std::string& word : offices->words()) normalizer.add_word(word);
}

void Recognizer::State::build_ranking() {
  std::vector<Phrase> phrases;
  const auto add = [&](std::size_t target, std::string_view text, double weight) {
    phrases.push_back({target, split_words(text), weight});
  };
  for (const catalog::HojaDeVida& tramite : catalog->tramites()) {
    const std::size_t target = target_index.at("tramite:" + tramite.id);
    add(target, tramite.name, name_weight);
    for (const std::string& name : tramite.popular_names) add(target, name, name_weight);
    for (const catalog::QuestionAnswer& entry : tramite.faq) {
      add(target, entry.question, question_weight);
    }
    add(target, tramite.description, description_weight);
    add(target, tramite.audience, answer_weight);
  }
  for (const catalog::Faq& faq : catalog->faqs()) {
    const std::size_t target = target_index.at("faq:" + faq.id);
    add(target, faq.question, name_weight);
    for (const std::string& variant : faq.variants) add(target, variant, name_weight);
    add(target, faq.answer, answer_weight);
  }
  for (const auto& [target, examples] : intents.phrases) {
    const std::size_t index = index_of(target, "frases");
    for (const std::string& example : examples) {
      phrases.push_back({index, split_words(example), example_weight});
    }
  }
  for (const Phrase& phrase : phrases) {
    for (const std::string& word : phrase.words) normalizer.add_word(word);
  }
  ranking = std::make_unique<const Ranking>(targets.size(), phrases, stop_words);
}

std::shared_ptr<const Recognizer> Recognizer::build(std::shared_ptr<const catalog::Catalog> catalog,
                                                    std::string_view intents_json) {
  auto state = std::make_unique<State>();
  state->catalog = std::move(catalog);
  state->intents = read_intents(intents_json);
  state->places = std::make_unique<const Places>(state->catalog->territory());
  state->offices = std::make_unique<const Places>(state->catalog->dependencias());
  for (const std::string& word : state->intents.stop_words) {
    for (std::string& part : split_words(word)) state->stop_words.insert(std::move(part));
  }
  for (const std::string& word : state->intents.place_words) {
    for (std::string& part : split_words(word)) state->place_words.insert(std::move(part));
  }
  state->add_targets();
  for (const Rule& rule : state->intents.rules) {
    state->index_of(rule.target, "regla «" + rule.name + "»");
  }
  state->add_vocabulary();
  state->build_ranking();
  std::shared_ptr<Recognizer> recognizer(new Recognizer());
  recognizer->state_ = std::move(state);
  return recognizer;
}

void Recognizer::State::find_entities(std::string_view message,
                                      const std::vector<PlaceMention>& mentions,
                                      std::string_view plain, Understanding& out) const {
  if (const std::optional<RadicadoReading> reading = find_radicado(message)) {
    out.entities[reading->valid ? "radicado" : "radicado_dudoso"] = reading->radicado;
  }
  if (!mentions.empty()) {
    const PlaceMention& mention = mentions.front();
    std::string ids;
    for (const std::string& id : mention.ids) ids += (ids.empty() ? "" : " ") + id;
    out.entities[mention.ids.size() == 1 ? "barrio" : "barrio_ambiguo"] = std::move(ids);
  }
  for (const Referral& referral : intents.referrals) {
    if (!found(referral.pattern, plain)) continue;
    out.entities["otra_entidad"] = referral.to;
    break;
  }
}

bool Recognizer::State::decide_by_rule(std::string_view plain, Understanding& out) const {
  for (const Rule& rule : intents.rules) {
    if (!found(rule.pattern, plain) || found(rule.unless, plain)) continue;
    out.decision = rule.target.starts_with(intent_prefix) ? Decision::talk : Decision::answer;
    out.candidates = {{rule.target, by_rule}};
    if (out.aspect == Aspect::general) out.aspect = rule.aspect;
    out.evidence = "regla " + rule.name;
    return true;
  }
  return false;
}

void Recognizer::State::decide_by_ranking(const std::vector<std::string>& words,
                                          const std::vector<PlaceMention>& mentions,
                                          Understanding& out) const {
  std::vector<float> emphasis(words.size(), 1.0F);
  for (const PlaceMention& mention : mentions) {
    std::fill(emphasis.begin() + static_cast<std::ptrdiff_t>(mention.begin),
              emphasis.begin() + static_cast<std::ptrdiff_t>(mention.end), place_emphasis);
  }
  std::vector<Ranked> best = ranking->rank(words, emphasis, ranked);
  if (best.empty()) {
    out.evidence = "ninguna palabra conocida";
    return;
  }
  prefer_aspect(out.aspect, best);
  // A question and the tramite it is about are no rivals: either answers the citizen.
  const std::string& about = relative[best.front().target];
  const auto rival = std::find_if(best.begin(), best.end(), [&](const Ranked& other) {
    return relative[other.target] != about;
  });
  const double rival_score = rival == best.end() ? 0 : rival->score;
  for (const Ranked& candidate : best) {
    const double against = relative[candidate.target] == about ? rival_score : best.front().score;
    const double margin = candidate.score - against;
    double confidence = calibrated(margin, candidate.coverage);
    if (candidate.vague) confidence = std::min(confidence, vague_at_most);
    out.candidates.push_back({targets[candidate.target], confidence});
  }
  // One that explains more of the message may pass one that scored a little higher.
  std::stable_sort(
      out.candidates.begin(), out.candidates.end(),
      [](const Candidate& a, const Candidate& b) { return a.confidence > b.confidence; });
  if (out.candidates.size() > most_candidates) out.candidates.resize(most_candidates);
  const std::string& first = out.candidates.front().target;
  const double confidence = out.candidates.front().confidence;
  if (confidence >= answer_from) {
    out.decision = first.starts_with(intent_prefix) ? Decision::talk : Decision::answer;
  } else if (confidence >= clarify_from) {
    out.decision = first == out_of_scope ? Decision::fallback : Decision::clarify;
  }
  out.evidence = "palabras:";
  for (const std::string& word : ranking->shared_words(words, target_index.at(first))) {
    out.evidence += ' ' + word;
  }
}

// A question about the cost is the right answer to who asks for the cost, and the wrong one to who
// asks for the hours, though they share all other words.
void Recognizer::State::prefer_aspect(Aspect asked, std::vector<Ranked>& best) const {
  for (Ranked& candidate : best) {
    const Aspect own = aspect_of_target[candidate.target];
    if (!targets[candidate.target].starts_with("faq:")) continue;
    candidate.score *= own == Aspect::general ? no_aspect
                       : own == asked         ? same_aspect
                                              : other_aspect;
  }
  std::stable_sort(best.begin(), best.end(),
                   [](const Ranked& a, const Ranked& b) { return a.score > b.score; });
}

// An office is the subject when nothing else is named and it is asked where it is, or when it is
// open and that is known; unless a frequent question about that very office answers it.
void Recognizer::State::find_office(const std::vector<std::string>& words,
                                    Understanding& out) const {
  if (out.aspect != Aspect::lugar && out.aspect != Aspect::horario) return;
  const std::vector<PlaceMention> mentions = offices->find(words);
  if (mentions.empty() || !is_elliptical(words, mentions)) return;
  const std::string& id = mentions.front().ids.front();
  if (out.aspect == Aspect::horario && catalog->dependencia(id)->hours.empty()) return;
  const std::string first = out.candidates.empty() ? "" : out.candidates.front().target;
  const catalog::Faq* faq = first.starts_with("faq:") ? catalog->faq(first.substr(4)) : nullptr;
  if (faq == nullptr || faq->dependencia != id) out.entities["oficina"] = id;
}

Aspect Recognizer::State::aspect_of(std::string_view plain) const {
  for (const AspectPattern& aspect : intents.aspects) {
    if (found(aspect.pattern, plain)) return aspect.aspect;
  }
  return Aspect::general;
}

bool Recognizer::State::is_elliptical(const std::vector<std::string>& words,
                                      const std::vector<PlaceMention>& mentions) const {
  if (words.size() > longest_elliptical) return false;
  std::vector<std::string> kept;
  auto mention = mentions.begin();
  for (std::size_t i = 0; i < words.size(); ++i) {
    while (mention != mentions.end() && mention->end <= i) ++mention;
    if (mention == mentions.end() || i < mention->begin) kept.push_back(words[i]);
  }
  std::string plain = join_words(kept);
  for (const AspectPattern& aspect : intents.aspects) {
    // "Quiero denunciar" wants something of its own, whatever was talked of before.
    if (aspect.aspect != Aspect::iniciar) plain = without(aspect.pattern, plain);
  }
  const std::vector<std::string> rest = split_words(plain);
  return std::all_of(rest.begin(), rest.end(), [&](const std::string& word) {
    return stop_words.count(word) != 0 || (!mentions.empty() && place_words.count(word) != 0);
  });
}

Understanding Recognizer::understand(std::string_view message) const {
  Understanding out;
  const std::string readable = text::sanitize(message, longest_message);
  const std::vector<std::string> words = state_->normalizer.words(readable);
  const std::string plain = join_words(words);
  const std::vector<PlaceMention> mentions = state_->places->find(words);

  state_->find_entities(readable, mentions, plain, out);
  out.confidential =
      std::any_of(state_->intents.confidential.begin(), state_->intents.confidential.end(),
                  [&](const Pattern& pattern) { return found(pattern, plain); });
  out.aspect = state_->aspect_of(plain);
  if (state_->decide_by_rule(plain, out)) return out;
  // A number alone is about nothing, though many texts have it.
  if (std::all_of(words.begin(), words.end(), is_number)) {
    out.evidence = "ninguna palabra";
    return out;
  }
  out.elliptical = state_->is_elliptical(words, mentions);
  state_->decide_by_ranking(words, mentions, out);
  state_->find_office(words, out);
  return out;
}

}  // namespace catalina::dialog
