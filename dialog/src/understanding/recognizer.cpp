#include <algorithm>
#include <array>
#include <stdexcept>
#include <unordered_map>

#include "catalog/text.hpp"
#include "dialog/model.hpp"
#include "dialog/understand.hpp"
#include "local_date.hpp"
#include "target.hpp"
#include "understanding/aspect.hpp"
#include "understanding/decide.hpp"
#include "understanding/entities/find_entities.hpp"
#include "understanding/lexicon.hpp"
#include "understanding/patterns.hpp"
#include "understanding/place_entities.hpp"
#include "understanding/references.hpp"

namespace catalina::dialog {
namespace {

// What has an answer of one line, unlike how something is done or begun.
constexpr std::array facts{Aspect::requisitos, Aspect::costo,     Aspect::tiempo, Aspect::lugar,
                           Aspect::horario,    Aspect::normativa, Aspect::estado};

// Of what the question has: where the tramite has less, nobody speaks of it.
constexpr double heard_share = 0.03;

bool is_fact(Aspect aspect) {
  return std::find(facts.begin(), facts.end(), aspect) != facts.end();
}

// A hoja de vida has a line for it, whatever the tramite.
bool is_in_every_sheet(Aspect aspect) {
  return is_fact(aspect) && aspect != Aspect::lugar && aspect != Aspect::estado;
}

bool is_number(const std::string& word) {
  return word.find_first_not_of("0123456789") == std::string::npos;
}

void require_target(const catalog::Catalog& catalog, const Rule& rule) {
  const std::string& target = rule.target;
  const bool exists = target.starts_with(intent_prefix) || tramite_of(catalog, target) != nullptr ||
                      faq_of(catalog, target) != nullptr;
  if (exists) return;
  throw std::runtime_error("intents.json: regla «" + rule.name + "»: no existe «" + target + "»");
}

}  // namespace

struct Recognizer::State {
  State(std::shared_ptr<const catalog::Catalog> of_catalog, IntentsFile of_intents,
        std::shared_ptr<const Model> of_model)
      : catalog(std::move(of_catalog)),
        intents(std::move(of_intents)),
        lexicon(*catalog, intents),
        model(std::move(of_model)) {
    for (const catalog::Faq& faq : catalog->faqs())
      asked_by.emplace(faq.id, asked_aspect(faq.question).value_or(Aspect::general));
  }

  std::shared_ptr<const catalog::Catalog> catalog;
  IntentsFile intents;
  Lexicon lexicon;
  std::shared_ptr<const Model> model;
  std::unordered_map<std::string, Aspect> asked_by;  // by the id of a frequent question

  void find_exact(std::string_view message, const std::vector<Entity>& exact,
                  Understanding& out) const;
  std::vector<std::string> impersonal_words(std::string message, std::vector<std::string> words,
                                            const std::vector<Entity>& exact) const;
  void find_referral(std::string_view plain, Understanding& out) const;
  bool is_place_name(std::string_view message, const Entity& date) const;
  bool is_elliptical(const std::vector<std::string>& words,
                     const std::vector<PlaceMention>& mentions) const;
  void find_office(const std::vector<std::string>& words, const std::vector<PlaceMention>& places,
                   Understanding& out) const;
  void prefer_sheet(Understanding& out) const;
  std::optional<Aspect> asked_aspect(std::string_view message) const;
  void settle_aspect(bool tells, Understanding& out) const;
};

Recognizer::Recognizer() = default;
Recognizer::~Recognizer() = default;

std::shared_ptr<const Recognizer> Recognizer::build(std::shared_ptr<const catalog::Catalog> catalog,
                                                    std::string_view intents_json,
                                                    std::shared_ptr<const Model> model) {
  IntentsFile intents = read_intents(intents_json);
  for (const Rule& rule : intents.rules) require_target(*catalog, rule);
  std::shared_ptr<Recognizer> recognizer(new Recognizer());
  recognizer->state_ =
      std::make_unique<const State>(std::move(catalog), std::move(intents), std::move(model));
  return recognizer;
}

// Who lives "en 20 de Julio" names no day.
bool Recognizer::State::is_place_name(std::string_view message, const Entity& date) const {
  const std::vector<std::string> name =
      split_words(message.substr(date.begin, date.end - date.begin));
  const std::vector<PlaceMention> places_of_name = lexicon.places.find(name);
  if (places_of_name.size() != 1 || places_of_name.front().end != name.size()) return false;
  const std::vector<std::string> before = lexicon.normalizer.words(message.substr(0, date.begin));
  const std::size_t last = std::min<std::size_t>(before.size(), 2);
  return before.empty() || std::any_of(before.end() - static_cast<std::ptrdiff_t>(last),
                                       before.end(), [&](const std::string& word) {
                                         return word == "en" || lexicon.place_words.contains(word);
                                       });
}

void Recognizer::State::find_exact(std::string_view message, const std::vector<Entity>& exact,
                                   Understanding& out) const {
  for (const Entity& entity : exact) {
    if (entity.kind == EntityKind::fecha && is_place_name(message, entity)) continue;
    out.entities.emplace(to_string(entity.kind), entity.value);
  }
}

// What may be told of a message and its words when its answer is explained: no numbers, no
// addresses.
std::vector<std::string> Recognizer::State::impersonal_words(
    std::string message, std::vector<std::string> words, const std::vector<Entity>& exact) const {
  for (const Entity& entity : exact)
    std::fill(message.begin() + static_cast<std::ptrdiff_t>(entity.begin),
              message.begin() + static_cast<std::ptrdiff_t>(entity.end), ' ');
  if (!exact.empty()) words = lexicon.normalizer.words(message);
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

// Of a question and the tramite it is about, the question has one answer and the tramite a line for
// each fact: asked for a fact that the question is not about, the tramite tells it.
void Recognizer::State::prefer_sheet(Understanding& out) const {
  Candidate& first = out.candidates.front();
  const catalog::Faq* faq = faq_of(*catalog, first.target);
  if (!is_in_every_sheet(out.asked) || faq == nullptr) return;
  const std::string subject = subject_of(*catalog, first.target);
  const auto sheet =
      std::find_if(out.candidates.begin(), out.candidates.end(),
                   [&](const Candidate& candidate) { return candidate.target == subject; });
  if (sheet == out.candidates.end() || asked_by.at(faq->id) == out.asked) return;
  if (sheet->confidence >= heard_share * first.confidence) std::swap(first.target, sheet->target);
}

// An office is the subject when nothing else is named and it is asked where it is, or when it is
// open and that is known; unless a frequent question asks just that of that very office.
void Recognizer::State::find_office(const std::vector<std::string>& words,
                                    const std::vector<PlaceMention>& places,
                                    Understanding& out) const {
  if (out.asked != Aspect::lugar && out.asked != Aspect::horario) return;
  const std::vector<PlaceMention> mentions = lexicon.offices.find(words);
  if (mentions.empty() || !is_elliptical(words, in_order(mentions, places))) return;
  const std::string& id = mentions.front().ids.front();
  if (out.asked == Aspect::horario && catalog->dependencia(id)->hours.empty()) return;
  const std::string first =
      out.decision == Decision::answer ? out.candidates.front().target : std::string();
  const catalog::Faq* faq = faq_of(*catalog, first);
  const bool answers =
      faq != nullptr && faq->dependencia == id && asked_by.at(faq->id) == out.asked;
  if (!answers) out.entities["oficina"] = id;
}

std::optional<Aspect> Recognizer::State::asked_aspect(std::string_view message) const {
  return dialog::asked_aspect(intents.aspects, words_with_marks(lexicon.normalizer, message));
}

// What is answered of the first candidate.
void Recognizer::State::settle_aspect(bool tells, Understanding& out) const {
  out.aspect = out.asked;
  if (out.candidates.empty()) return;
  const std::string& target = out.candidates.front().target;
  if (target.starts_with(intent_prefix)) {
    const bool asks_elsewhere = target == out_of_scope && out.asked != Aspect::general;
    if (!asks_elsewhere) out.aspect = Aspect::otro;
    return;
  }
  if (out.asked != Aspect::general) return;
  // However it is put, who asks a frequent question asks for the fact that it is about.
  const catalog::Faq* faq = faq_of(*catalog, target);
  const Aspect own = faq == nullptr ? Aspect::general : asked_by.at(faq->id);
  if (is_fact(own)) {
    out.aspect = own;
  } else if (tells) {
    const catalog::HojaDeVida* tramite = tramite_of(*catalog, target);
    out.aspect = told_aspect(tramite == nullptr ? "" : tramite->kind);
  }
}

bool Recognizer::State::is_elliptical(const std::vector<std::string>& words,
                                      const std::vector<PlaceMention>& mentions) const {
  return lexicon.is_elliptical(intents.aspects, words, mentions);
}

Understanding Recognizer::understand(std::string_view message, Time now) const {
  Understanding out;
  const std::string readable = text::sanitize(message, longest_message);
  const std::vector<std::string> words = state_->lexicon.normalizer.words(readable);
  const std::string plain = join_words(words);

  const std::vector<PlaceMention> mentions =
      find_places(state_->lexicon, *state_->catalog, words, out.entities);
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
  if (!decide_by_rule(state_->intents.rules, plain, out) && !says_nothing) {
    out.elliptical = state_->is_elliptical(words, mentions);
    decide_by_learning(state_->model->targets(), *state_->catalog, readable, words.size(),
                       state_->impersonal_words(readable, words, exact), out);
    state_->prefer_sheet(out);
    state_->find_office(words, mentions, out);
  }
  if (out.evidence.empty()) out.evidence = "ninguna palabra";
  state_->settle_aspect(!asked && !out.elliptical, out);
  return out;
}

Understanding Recognizer::by_rules(std::string_view message) const {
  Understanding out;
  decide_by_rule(state_->intents.rules, join_words(words(message)), out);
  return out;
}

Aspect Recognizer::asked_by(const catalog::Faq& question) const {
  return state_->asked_by.at(question.id);
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
  std::erase_if(out,
                [&](const std::string& word) { return state_->lexicon.stop_words.contains(word); });
  return out;
}

std::vector<std::string> Recognizer::words(std::string_view message) const {
  return state_->lexicon.normalizer.words(text::sanitize(message, longest_message));
}

double Recognizer::answer_threshold() {
  return answer_from;
}

double Recognizer::clear_answer_threshold() {
  return answer_clear_from;
}

double Recognizer::clarify_threshold(std::size_t words) {
  return clarify_from(words);
}

}  // namespace catalina::dialog
