#include "dialog/insight.hpp"

#include <algorithm>

namespace catalina::dialog {
namespace {

constexpr std::size_t most_effects = 60;  // words looked at, from the end, where the point stands

struct Span {
  std::size_t begin = 0;
  std::size_t size = 0;
};

// What stands between spaces, the last ones only.
std::vector<Span> last_words(std::string_view message) {
  constexpr std::string_view spaces = " \t\r\n";
  std::vector<Span> words;
  for (std::size_t at = message.find_first_not_of(spaces); at != std::string_view::npos;) {
    const std::size_t end = std::min(message.find_first_of(spaces, at), message.size());
    words.push_back({at, end - at});
    at = message.find_first_not_of(spaces, end);
  }
  if (words.size() > most_effects) words.erase(words.begin(), words.end() - most_effects);
  return words;
}

double confidence_in(const Understanding& understanding, const std::string& target) {
  const auto& candidates = understanding.candidates;
  const auto found =
      std::find_if(candidates.begin(), candidates.end(),
                   [&](const Candidate& candidate) { return candidate.target == target; });
  return found == candidates.end() ? 0 : found->confidence;
}

}  // namespace

Insight look_into(const Recognizer& recognizer, std::string_view message, Time now) {
  Insight insight;
  insight.understanding = recognizer.understand(message, now);
  insight.words = recognizer.words(message);
  const std::vector<Candidate>& candidates = insight.understanding.candidates;
  if (candidates.empty()) return insight;
  for (const Span& span : last_words(message)) {
    std::string without(message.substr(0, span.begin));
    without += message.substr(span.begin + span.size);
    const Understanding other = recognizer.understand(without, now);
    insight.effects.push_back(
        {std::string(message.substr(span.begin, span.size)),
         confidence_in(other, candidates[0].target),
         candidates.size() > 1 ? confidence_in(other, candidates[1].target) : 0});
  }
  std::stable_sort(insight.effects.begin(), insight.effects.end(),
                   [](const WordEffect& a, const WordEffect& b) { return a.first < b.first; });
  return insight;
}

}  // namespace catalina::dialog
