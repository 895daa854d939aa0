#include "understanding/decide.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "target.hpp"

namespace catalina::dialog {
namespace {

constexpr std::size_t most_candidates = 5;
constexpr std::size_t most_offered = 3;
constexpr std::size_t most_evidence = 5;  // words

// Somebody may be in danger: better told of 123 once too often.
constexpr double emergency_from = 0.15;
constexpr double by_rule = 0.99;

// A long letter or voice note comes to its point at the end.
constexpr std::size_t most_read_words = 80;

std::string_view ending_of(std::string_view text) {
  std::size_t words = 0;
  for (std::size_t i = text.size(); i > 0; --i) {
    if (text[i - 1] == ' ' && ++words == most_read_words) return text.substr(i);
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

Decision answer_or_talk(std::string_view target) {
  return target.starts_with(intent_prefix) ? Decision::talk : Decision::answer;
}

std::vector<Candidate> likeliest(const std::vector<std::string>& labels,
                                 const std::vector<double>& chances) {
  std::vector<std::size_t> order(chances.size());
  std::iota(order.begin(), order.end(), 0);
  const auto end = order.begin() + std::min(most_candidates, order.size());
  std::partial_sort(order.begin(), end, order.end(),
                    [&](std::size_t a, std::size_t b) { return chances[a] > chances[b]; });
  std::vector<Candidate> out;
  for (auto it = order.begin(); it != end; ++it) out.push_back({labels[*it], chances[*it]});
  return out;
}

// The chance that the right one is among those that would be offered.
double chance_of_offer(const std::vector<Candidate>& candidates) {
  double chance = 0;
  std::size_t left = most_offered;
  for (const Candidate& candidate : candidates) {
    if (is_small_talk(candidate.target)) continue;
    chance += candidate.confidence;
    if (--left == 0) break;
  }
  return chance;
}

// The words that speak most for a label.
std::string support_of(const Classifier& targets, const std::string& label,
                       const std::vector<std::string>& words) {
  const auto found = std::find(targets.labels().begin(), targets.labels().end(), label);
  const auto index = static_cast<std::size_t>(found - targets.labels().begin());
  std::vector<std::pair<double, std::string>> support;
  for (const std::string& word : words) {
    const double value = targets.support(word_feature(word), index);
    if (value > 0) support.emplace_back(-value, word);
  }
  std::sort(support.begin(), support.end());
  support.resize(std::min(support.size(), most_evidence));
  std::string out = "palabras:";
  for (const auto& [value, word] : support) out += ' ' + word;
  return out;
}

}  // namespace

bool decide_by_rule(const std::vector<Rule>& rules, std::string_view plain_words,
                    Understanding& out) {
  const auto rule = std::find_if(rules.begin(), rules.end(), [&](const Rule& one) {
    return found(one.pattern, plain_words) && !found(one.unless, plain_words);
  });
  if (rule == rules.end()) return false;
  out.decision = answer_or_talk(rule->target);
  out.candidates = {{rule->target, by_rule}};
  if (out.asked == Aspect::general) out.asked = rule->aspect;
  out.by_rule = true;
  out.evidence = "regla " + rule->name;
  return true;
}

void decide_by_learning(const Classifier& targets, const catalog::Catalog& catalog,
                        std::string_view message, std::size_t words,
                        const std::vector<std::string>& evidence, Understanding& out) {
  out.candidates =
      likeliest(targets.labels(), targets.probabilities(features_of(ending_of(message))));
  const double offered = chance_of_offer(out.candidates);

  Candidate& first = out.candidates.front();
  const std::string subject = subject_of(catalog, first.target);
  double rival = 0;
  for (std::size_t i = 1; i < out.candidates.size(); ++i) {
    const Candidate& other = out.candidates[i];
    if (subject_of(catalog, other.target) == subject) {
      first.confidence += other.confidence;
    } else {
      rival = std::max(rival, other.confidence);
    }
  }
  const bool is_sure = first.confidence >= answer_from || (first.confidence >= answer_clear_from &&
                                                           first.confidence >= clearly * rival);

  const bool may_be_danger = first.target == emergency && first.confidence >= emergency_from;
  if (is_sure || may_be_danger) {
    out.decision = answer_or_talk(first.target);
  } else if (first.target != out_of_scope && offered >= clarify_from(words)) {
    out.decision = Decision::clarify;
  }
  out.evidence = support_of(targets, first.target, evidence);
}

}  // namespace catalina::dialog
