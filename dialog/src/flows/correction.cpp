#include "flows/flows.hpp"
#include "flows/meant.hpp"
#include "flows/memory.hpp"
#include "target.hpp"

namespace catalina::dialog {
namespace {

// After so many guesses that were wrong, another would only annoy.
constexpr int most_guesses = 2;

void answer_instead(Scene& scene, const std::string& choice) {
  scene.begin_with(scene.say(Text::corrected));
  follow_choice(scene, choice);
}

void offer_instead(Scene& scene, const std::vector<std::string>& choices) {
  if (choices.empty()) {
    scene.explain("clarify", "");
    return say_with_ways_out(scene, scene.say(Text::none_of_these));
  }
  scene.begin_with(scene.say(Text::corrected));
  clarify_choices(scene, choices);
}

}  // namespace

bool correct(Scene& scene, const Reference& reference) {
  const Conversation& before = scene.before();
  if (before.alternatives.empty() && before.topic.empty()) return false;
  std::vector<std::string> left = untried(before);
  const Recognizer& recognizer = *scene.knowledge().recognizer;
  if (!recognizer.content_words(reference.rest).empty()) {
    const std::string meant = meant_among(scene, left, reference.rest);
    if (!meant.empty()) {
      answer_instead(scene, meant);
      return true;
    }
    // A subject of its own, unless it is the one that was wrong.
    const Understanding other = scene.understand(reference.rest);
    const bool again = !other.candidates.empty() && other.candidates.front().target == before.topic;
    if (!again) return false;
  }
  // To a list "that's not it" means none of it.
  const bool none_of_list = before.numbered && reference.kind == Reference::Kind::correction;
  if (none_of_list) left.clear();
  scene.conversation().corrections = before.corrections + 1;
  if (before.corrections >= most_guesses) {
    scene.explain("fallback", "");
    offer_person(scene);
  } else if (reference.kind == Reference::Kind::other && !left.empty()) {
    answer_instead(scene, left.front());
  } else {
    scene.conversation().tried = before.alternatives;
    offer_instead(scene, left);
  }
  scene.why().evidence = "corrige lo anterior";
  return true;
}

bool go_back(Scene& scene, const Reference& reference, Aspect aspect) {
  const std::vector<std::string>& earlier = scene.before().earlier;
  if (earlier.empty()) return false;
  const bool first = reference.kind == Reference::Kind::first;
  std::vector<std::string> targets = split_at_spaces(first ? earlier.back() : earlier.front());
  if (!scene.knowledge().recognizer->content_words(reference.rest).empty()) {
    std::vector<std::string> all;
    for (const std::string& thread : earlier) {
      for (std::string& target : split_at_spaces(thread)) all.push_back(std::move(target));
    }
    const std::string meant = meant_among(scene, all, reference.rest);
    if (meant.empty() && aspect == Aspect::general) return false;  // it names another subject
    if (!meant.empty()) targets = {meant};
  }
  if (targets.size() == 1) {
    // A frequent question tells one thing only; another is told by its tramite.
    const std::string& target = targets.front();
    show_target(scene, aspect == Aspect::general ? target : subject_of(scene.catalog(), target),
                aspect);
  } else {
    for (std::string& target : targets) target = choice_of(target, aspect);
    clarify_choices(scene, targets);
  }
  scene.why().evidence = "vuelve a lo que se hablaba antes";
  return true;
}

}  // namespace catalina::dialog
