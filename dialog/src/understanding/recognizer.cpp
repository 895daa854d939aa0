#include <algorithm>
#include <array>
#include <numeric>
#include <stdexcept>
#include <unordered_map>
#include <unordered_set>

#include "catalog/text.hpp"
#include "dialog/model.hpp"
#include "dialog/understand.hpp"
#include "learning/classifier.hpp"
#include "learning/features.hpp"
#include "local_date.hpp"
#include "understanding/aspect.hpp"
#include "understanding/entities/find_entities.hpp"
#include "understanding/normalize.hpp"
#include "understanding/patterns.hpp"
#include "understanding/places.hpp"
#include "understanding/references.hpp"

namespace catalina::dialog {
namespace {

constexpr std::size_t most_candidates = 5;
constexpr std::size_t most_offered = 3;
constexpr std::size_t most_evidence = 5;  // words

// How sure is sure enough to answer, and to offer: lower answers more and errs more. The README
// says what these two lead to.
constexpr double answer_from = 0.65;
constexpr double clarify_from = 0.22;
// Somebody may be in danger: better told of 123 once too often.
constexpr double emergency_from = 0.15;
constexpr double by_rule = 0.99;

// A longer message has a subject of its own, even if it hides behind ordinary words.
constexpr std::size_t longest_elliptical = 10;

constexpr std::string_view out_of_scope = "intent:fuera_de_alcance";
constexpr std::string_view emergency = "intent:emergencia";
constexpr std::string_view intent_prefix = "intent:";
constexpr std::string_view faq_prefix = "faq:";

// Facts that have a line of their own in every hoja de vida.
constexpr std::array sheet_facts{Aspect::requisitos, Aspect::costo, Aspect::tiempo, Aspect::horario,
                                 Aspect::normativa};

// A long letter or voice note comes to its point at the end.
constexpr std::size_t most_model_words = 80;

std::string_view ending_of(std::string_view text) {
  std::size_t words = 0;
  for (std::size_t i = text.size(); i > 0; --i) {
    if (text[i - 1] == ' ' && ++words == most_model_words) return text.substr(i);
  }
  return text;
}

// Nobody who says "hola" wants to be asked whether that was meant.
bool is_small_talk(std::string_view target) {
  constexpr std::array targets{out_of_scope,
                               std::string_view("intent:saludo"),
                               std::string_view("intent:despedida"),
                               std::string_view("intent:agradecimiento"),
                               std::string_view("intent:cancelar"),
                               std::string_view("intent:reclamo_del_servicio")};
  return std::find(targets.begin(), targets.end(), target) != targets.end();
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
  // Of each target: the tramite it is about, else itself.
  std::unordered_map<std::string, std::string> relative;
  std::unordered_set<std::string> stop_words;
  std::unordered_set<std::string> place_words;
  std::shared_ptr<const Model> model;

  void add_targets();
  void add_vocabulary();
  void require_target(const std::string& target, const std::string& where) const;
  const std::string& relative_of(const std::string& target) const;

  void find_places(const std::vector<PlaceMention>& mentions, Understanding& out) const;
  void find_exact(std::string_view message, const std::vector<Entity>& exact,
                  Understanding& out) const;
  std::vector<std::string> impersonal_words(std::string message,
                                            const std::vector<Entity>& exact) const;
  void find_referral(std::string_view plain, Understanding& out) const;
  bool is_place_name(std::string_view message, const Entity& date) const;
  bool decide_by_rule(std::string_view plain, Understanding& out) const;
  void decide_by_model(std::string_view message, const std::vector<std::string>& words,
                       Understanding& out) const;
  void find_office(const std::vector<std::string>& words, Understanding& out) const;
  void prefer_sheet(Understanding& out) const;
  std::optional<Aspect> asked_aspect(std::string_view message) const;
  void settle_aspect(bool tells, Understanding& out) const;
  bool is_elliptical(const std::vector<std::string>& words,
                     const std::vector<PlaceMention>& mentions) const;
};

Recognizer::Recognizer() = default;
Recognizer::~Recognizer() = default;

void Recognizer::State::add_targets() {
  for (const catalog::HojaDeVida& tramite : catalog->tramites())
    relative.emplace("tramite:" + tramite.id, "tramite:" + tramite.id);
  for (const catalog::Faq& faq : catalog->faqs())
    relative.emplace("faq:" + faq.id,
                     faq.tramite.empty() ? "faq:" + faq.id : "tramite:" + faq.tramite);
}

void Recognizer::State::require_target(const std::string& target, const std::string& where) const {
  if (target.starts_with(intent_prefix) || relative.contains(target)) return;
  throw std::runtime_error("intents.json: " + where + ": no existe «" + target + "»");
}

const std::string& Recognizer::State::relative_of(const std::string& target) const {
  const auto found = relative.find(target);
  return found == relative.end() ? target : found->second;
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
  for (const auto* aspects : {&intents.aspects.facts, &intents.aspects.ways}) {
    for (const AspectPattern& aspect : *aspects) add_pattern(aspect.pattern);
  }
  for (const std::string& word : intents.stop_words) {
    for (const std::string& part : split_words(word)) normalizer.add_word(part);
  }
  for (const std::string& word : places->words()) normalizer.add_word(word);
  for (const std::string& word : offices->words()) normalizer.add_word(word);
  const auto add_text = [&](std::string_view text) {
    for (const std::string& word : split_words(text)) normalizer.add_word(word);
  };
  for (const catalog::HojaDeVida& tramite : catalog->tramites()) {
    add_text(tramite.name);
    for (const std::string& name : tramite.popular_names) add_text(name);
    for (const catalog::QuestionAnswer& entry : tramite.faq) add_text(entry.question);
    add_text(tramite.description);
    add_text(tramite.audience);
  }
  for (const catalog::Faq& faq : catalog->faqs()) {
    add_text(faq.question);
    for (const std::string& variant : faq.variants) add_text(variant);
    add_text(faq.answer);
  }
}

std::shared_ptr<const Recognizer> Recognizer::build(std::shared_ptr<const catalog::Catalog> catalog,
                                                    std::string_view intents_json,
                                                    std::shared_ptr<const Model> model) {
  auto state = std::make_unique<State>();
  state->catalog = std::move(catalog);
  state->intents = read_intents(intents_json);
  state->model = std::move(model);
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
    state->require_target(rule.target, "regla «" + rule.name + "»");
  }
  state->add_vocabulary();
  std::shared_ptr<Recognizer> recognizer(new Recognizer());
  recognizer->state_ = std::move(state);
  return recognizer;
}

void Recognizer::State::find_places(const std::vector<PlaceMention>& mentions,
                                    Understanding& out) const {
  if (mentions.empty()) return;
  const PlaceMention& mention = mentions.front();
  std::string ids;
  for (const std::string& id : mention.ids) ids += (ids.empty() ? "" : " ") + id;
  if (mention.ids.size() > 1) {
    out.entities["barrio_ambiguo"] = std::move(ids);
    return;
  }
  for (const catalog::Place& place : catalog->territory().places) {
    if (place.id != ids) continue;
    if (!place.localidad.empty()) out.entities["localidad"] = place.localidad;
    if (place.ucg) out.entities["ucg"] = std::to_string(*place.ucg);
  }
  out.entities["barrio"] = std::move(ids);
}

// Who lives "en 20 de Julio" names no day.
bool Recognizer::State::is_place_name(std::string_view message, const Entity& date) const {
  const std::vector<std::string> name =
      split_words(message.substr(date.begin, date.end - date.begin));
  const std::vector<PlaceMention> places_of_name = places->find(name);
  if (places_of_name.size() != 1 || places_of_name.front().end != name.size()) return false;
  const std::vector<std::string> before = normalizer.words(message.substr(0, date.begin));
  const std::size_t last = std::min<std::size_t>(before.size(), 2);
  return before.empty() || std::any_of(before.end() - static_cast<std::ptrdiff_t>(last),
                                       before.end(), [&](const std::string& word) {
                                         return word == "en" || place_words.count(word) != 0;
                                       });
}

void Recognizer::State::find_exact(std::string_view message, const std::vector<Entity>& exact,
                                   Understanding& out) const {
  for (const Entity& entity : exact) {
    if (entity.kind == EntityKind::fecha && is_place_name(message, entity)) continue;
    out.entities.emplace(to_string(entity.kind), entity.value);
  }
}

// What may be told of a message when its answer is explained: no numbers, no addresses.
std::vector<std::string> Recognizer::State::impersonal_words(
    std::string message, const std::vector<Entity>& exact) const {
  for (const Entity& entity : exact)
    std::fill(message.begin() + static_cast<std::ptrdiff_t>(entity.begin),
              message.begin() + static_cast<std::ptrdiff_t>(entity.end), ' ');
  std::vector<std::string> words = normalizer.words(message);
  std::erase_if(words, [](const std::string& word) {
    return word.find_first_of("0123456789") != std::string::npos;
  });
  return words;
}

void Recognizer::State::find_referral(std::string_view plain, Understanding& out) const {
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
    if (out.asked == Aspect::general) out.asked = rule.aspect;
    out.by_rule = true;
    out.evidence = "regla " + rule.name;
    return true;
  }
  return false;
}

void Recognizer::State::decide_by_model(std::string_view message,
                                        const std::vector<std::string>& words,
                                        Understanding& out) const {
  const Classifier& targets = model->targets();
  const std::vector<double> chances = targets.probabilities(features_of(message));
  std::vector<std::size_t> order(chances.size());
  std::iota(order.begin(), order.end(), 0);
  const auto end = order.begin() + std::min(most_candidates, order.size());
  std::partial_sort(order.begin(), end, order.end(),
                    [&](std::size_t a, std::size_t b) { return chances[a] > chances[b]; });
  for (auto it = order.begin(); it != end; ++it)
    out.candidates.push_back({targets.labels()[*it], chances[*it]});

  // The chance that the right one is among those that would be offered.
  double offered = 0;
  std::size_t left = most_offered;
  for (const Candidate& candidate : out.candidates) {
    if (is_small_talk(candidate.target)) continue;
    offered += candidate.confidence;
    if (--left == 0) break;
  }

  // A question and the tramite it is about are no rivals: either answers the citizen.
  Candidate& first = out.candidates.front();
  for (std::size_t i = 1; i < out.candidates.size(); ++i)
    if (relative_of(out.candidates[i].target) == relative_of(first.target))
      first.confidence += out.candidates[i].confidence;

  const bool may_be_danger = first.target == emergency && first.confidence >= emergency_from;
  if (first.confidence >= answer_from || may_be_danger) {
    out.decision = first.target.starts_with(intent_prefix) ? Decision::talk : Decision::answer;
  } else if (first.target != out_of_scope && offered >= clarify_from) {
    out.decision = Decision::clarify;
  }

  std::vector<std::pair<double, std::string>> support;
  for (const std::string& word : words) {
    const double value = targets.support(word_feature(word), order.front());
    if (value > 0) support.emplace_back(-value, word);
  }
  std::sort(support.begin(), support.end());
  support.resize(std::min(support.size(), most_evidence));
  out.evidence = "palabras:";
  for (const auto& [value, word] : support) out.evidence += ' ' + word;
}

// Of a question and the tramite it is about, the question has one answer and the tramite a line for
// each fact: asked for a fact that the question is not about, the tramite tells it.
void Recognizer::State::prefer_sheet(Understanding& out) const {
  Candidate& first = out.candidates.front();
  const bool asks_fact =
      std::find(sheet_facts.begin(), sheet_facts.end(), out.asked) != sheet_facts.end();
  if (!asks_fact || !first.target.starts_with(faq_prefix)) return;
  const auto sheet = std::find_if(
      out.candidates.begin(), out.candidates.end(),
      [&](const Candidate& candidate) { return candidate.target == relative_of(first.target); });
  if (sheet == out.candidates.end()) return;
  const catalog::Faq* faq = catalog->faq(first.target.substr(faq_prefix.size()));
  if (faq != nullptr && asked_aspect(faq->question) != out.asked)
    std::swap(first.target, sheet->target);
}

// An office is the subject when nothing else is named and it is asked where it is, or when it is
// open and that is known; unless a frequent question asks just that of that very office.
void Recognizer::State::find_office(const std::vector<std::string>& words,
                                    Understanding& out) const {
  if (out.asked != Aspect::lugar && out.asked != Aspect::horario) return;
  const std::vector<PlaceMention> mentions = offices->find(words);
  if (mentions.empty() || !is_elliptical(words, mentions)) return;
  const std::string& id = mentions.front().ids.front();
  if (out.asked == Aspect::horario && catalog->dependencia(id)->hours.empty()) return;
  const std::string first =
      out.decision == Decision::answer ? out.candidates.front().target : std::string();
  const catalog::Faq* faq =
      first.starts_with(faq_prefix) ? catalog->faq(first.substr(faq_prefix.size())) : nullptr;
  const bool answers =
      faq != nullptr && faq->dependencia == id && asked_aspect(faq->question) == out.asked;
  if (!answers) out.entities["oficina"] = id;
}

std::optional<Aspect> Recognizer::State::asked_aspect(std::string_view message) const {
  return dialog::asked_aspect(intents.aspects, words_with_marks(normalizer, message));
}

// What is answered of the first candidate.
void Recognizer::State::settle_aspect(bool tells, Understanding& out) const {
  out.aspect = out.asked;
  if (out.candidates.empty()) return;
  const std::string& target = out.candidates.front().target;
  if (target.starts_with(intent_prefix)) {
    const bool asks_elsewhere = target == out_of_scope && out.asked != Aspect::general;
    if (!asks_elsewhere) out.aspect = Aspect::otro;
  } else if (tells && out.asked == Aspect::general) {
    const catalog::HojaDeVida* tramite = catalog->tramite(target.substr(target.find(':') + 1));
    const bool is_tramite = tramite != nullptr && target.starts_with("tramite:");
    out.aspect = told_aspect(is_tramite ? tramite->kind : "");
  }
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
  const std::vector<std::string> rest =
      split_words(without_question(intents.aspects, join_words(kept)));
  return std::all_of(rest.begin(), rest.end(), [&](const std::string& word) {
    return stop_words.count(word) != 0 || (!mentions.empty() && place_words.count(word) != 0);
  });
}

Understanding Recognizer::understand(std::string_view message, Time now) const {
  Understanding out;
  const std::string readable = text::sanitize(message, longest_message);
  const std::vector<std::string> words = state_->normalizer.words(readable);
  const std::string plain = join_words(words);
  const std::vector<PlaceMention> mentions = state_->places->find(words);

  state_->find_places(mentions, out);
  const std::vector<Entity> exact = find_entities(readable, date_in_bogota(now));
  state_->find_exact(readable, exact, out);
  state_->find_referral(plain, out);
  out.confidential =
      std::any_of(state_->intents.confidential.begin(), state_->intents.confidential.end(),
                  [&](const Pattern& pattern) { return found(pattern, plain); });
  const std::optional<Aspect> asked = state_->asked_aspect(readable);
  out.asked = asked.value_or(Aspect::general);
  // A number alone is about nothing, though many texts have it.
  const bool says_nothing = std::all_of(words.begin(), words.end(), is_number);
  if (!state_->decide_by_rule(plain, out) && !says_nothing) {
    out.elliptical = state_->is_elliptical(words, mentions);
    state_->decide_by_model(ending_of(readable), state_->impersonal_words(readable, exact), out);
    state_->prefer_sheet(out);
    state_->find_office(words, out);
  }
  if (out.evidence.empty()) out.evidence = "ninguna palabra";
  state_->settle_aspect(!asked && !out.elliptical, out);
  return out;
}

Understanding Recognizer::by_rules(std::string_view message) const {
  Understanding out;
  state_->decide_by_rule(join_words(words(message)), out);
  return out;
}

Reference Recognizer::reference_of(std::string_view message) const {
  return find_reference(state_->intents.references, words(message));
}

bool Recognizer::speaks_of(const std::string& circumstance, std::string_view fact) const {
  for (const Circumstance& one : state_->intents.references.circumstances) {
    if (one.name == circumstance) return found(one.facts, join_words(split_words(fact)));
  }
  return false;
}

bool Recognizer::is_question(std::string_view message) const {
  return found(state_->intents.references.question, join_words(words(message)));
}

bool Recognizer::contrasts(std::string_view message) const {
  return found(state_->intents.references.contrast, join_words(words(message)));
}

std::vector<std::string> Recognizer::content_words(std::string_view message) const {
  std::vector<std::string> out = words(message);
  std::erase_if(out, [&](const std::string& word) { return state_->stop_words.contains(word); });
  return out;
}

std::vector<std::string> Recognizer::words(std::string_view message) const {
  return state_->normalizer.words(text::sanitize(message, longest_message));
}

double Recognizer::answer_threshold() {
  return answer_from;
}

double Recognizer::clarify_threshold() {
  return clarify_from;
}

}  // namespace catalina::dialog
