#include "flows/meant.hpp"

#include <algorithm>
#include <set>

#include "flows/memory.hpp"
#include "understanding/normalize.hpp"

namespace catalina::dialog {
namespace {

// The nearest has to be so many times as likely as the next.
constexpr double clearly = 2;
constexpr double noise = 0.03;

std::string names_of(const Scene& scene, const Choice& choice) {
  const auto tramite_names = [&](const std::string& id) -> std::string {
    const catalog::HojaDeVida* tramite = scene.catalog().tramite(id);
    if (tramite == nullptr) return "";
    std::string names = tramite->name;
    for (const std::string& name : tramite->popular_names) names += ' ' + name;
    return names;
  };
  switch (choice.kind) {
    case Choice::Kind::category:
      return choice.id;
    case Choice::Kind::tramite:
    case Choice::Kind::aspect:
      return tramite_names(choice.id);
    case Choice::Kind::faq: {
      const catalog::Faq* faq = scene.catalog().faq(choice.id);
      return faq == nullptr ? "" : faq->question;
    }
    case Choice::Kind::place: {
      const catalog::Place* place = scene.catalog().place(choice.id);
      return place == nullptr ? "" : place->name;
    }
    default:
      return "";
  }
}

std::set<std::string> stems_of(const std::vector<std::string>& words) {
  std::set<std::string> stems;
  for (const std::string& word : words) stems.insert(stem(word));
  return stems;
}

std::string nearest_among(const Scene& scene, const std::vector<std::string>& choices,
                          std::string_view words) {
  std::string nearest;
  double best = 0;
  double next = noise;
  for (const Candidate& candidate : scene.understand(words).candidates) {
    const auto choice = std::find_if(choices.begin(), choices.end(), [&](const std::string& id) {
      return target_of(id) == candidate.target;
    });
    if (choice == choices.end()) continue;
    if (nearest.empty()) {
      nearest = *choice;
      best = candidate.confidence;
    } else {
      next = std::max(next, candidate.confidence);
    }
  }
  return best >= clearly * next ? nearest : "";
}

}  // namespace

std::string named_among(const Scene& scene, const std::vector<std::string>& choices,
                        std::string_view words) {
  const std::set<std::string> wanted = stems_of(scene.knowledge().recognizer->content_words(words));
  if (wanted.empty()) return "";
  std::string named;
  for (const std::string& id : choices) {
    const std::optional<Choice> choice = parse_choice(id);
    if (!choice) continue;
    const std::set<std::string> stems = stems_of(split_words(names_of(scene, *choice)));
    if (!std::includes(stems.begin(), stems.end(), wanted.begin(), wanted.end())) continue;
    if (!named.empty()) return "";
    named = id;
  }
  return named;
}

std::string meant_among(const Scene& scene, const std::vector<std::string>& choices,
                        std::string_view words) {
  const std::string named = named_among(scene, choices, words);
  return named.empty() ? nearest_among(scene, choices, words) : named;
}

}  // namespace catalina::dialog
