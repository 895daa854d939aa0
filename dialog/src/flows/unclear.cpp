#include "flows/flows.hpp"
#include "flows/labels.hpp"
#include "flows/memory.hpp"
#include "flows/options.hpp"

namespace catalina::dialog {
namespace {

constexpr std::size_t most_options = 3;

void ask_whether(Scene& scene, const Option& option) {
  const Words& words = scene.words();
  scene.conversation().asked = option.choice;
  scene.reply({"", words.say(Text::clarify_one, {{"opcion", option.full}}), "",
               Buttons{{{option.choice, words.say(Text::yes_title)},
                        {to_id({.kind = Choice::Kind::none}), words.say(Text::no_title)},
                        menu_button(words)}}});
}

void ask_which(Scene& scene, const std::vector<Option>& options) {
  const Words& words = scene.words();
  Section section{"", {}};
  std::string lines;
  for (const Option& option : options) {
    section.rows.push_back({option.choice, option.title, row_description(option.full)});
    lines += (lines.empty() ? "" : "\n") + std::to_string(section.rows.size()) + ". " + option.full;
  }
  section.rows.push_back(none_row(words));
  section.rows.push_back(menu_row(words));
  scene.reply({"", words.say(Text::clarify_body, {{"opciones", lines}}), "",
               List{words.say(Text::clarify_button), {std::move(section)}}});
}

}  // namespace

void clarify_choices(Scene& scene, const std::vector<std::string>& choices) {
  std::vector<Option> options;
  std::string targets;
  for (const std::string& choice : choices) {
    if (options.size() == most_options) break;
    std::optional<Option> option = option_of(scene, choice);
    if (!option) continue;
    options.push_back(*std::move(option));
    const std::string target = target_of(choice);
    if (is_confidential(target)) scene.keep_no_text();
    targets += (targets.empty() ? "" : " ") + target;
  }
  if (options.empty()) return say_dont_know(scene);
  Conversation& next = scene.conversation();
  next.alternatives.clear();
  next.tried.clear();
  for (const Option& option : options) next.alternatives.push_back(option.choice);
  next.numbered = true;
  scene.explain("clarify", targets);
  options.size() == 1 ? ask_whether(scene, options.front()) : ask_which(scene, options);
}

void clarify(Scene& scene, const std::vector<Candidate>& candidates, Aspect aspect) {
  std::vector<std::string> choices;
  for (const Candidate& candidate : candidates) {
    choices.push_back(choice_of(candidate.target, aspect));
  }
  clarify_choices(scene, choices);
}

void ask_what_about(Scene& scene, Aspect aspect) {
  scene.conversation().aspect = to_string(aspect);
  scene.explain("clarify", "", aspect);
  scene.reply({"", scene.say(Text::what_about), "", Buttons{{menu_button(scene.words())}}});
}

void ask_away(Scene& scene) {
  scene.explain("talk", "");
  scene.reply({"", scene.say(Text::ask_away), "", Buttons{{menu_button(scene.words())}}});
}

// Each time in another way, and each time nearer to a person.
void say_dont_know(Scene& scene) {
  const int before = scene.conversation().misunderstood++;
  scene.explain("fallback", "");
  if (before == 0) {
    say_with_ways_out(scene, scene.say(Text::dont_know_first));
  } else if (before == 1) {
    show_menu_saying(scene, scene.say(Text::dont_know_again), 1);
  } else {
    offer_person(scene);
  }
}

void offer_person(Scene& scene) {
  const Words& words = scene.words();
  scene.conversation().asked = person_choice();
  scene.reply({"", words.say(Text::dont_know_person), "",
               Buttons{{person_button(words), menu_button(words)}}});
}

void say_choice_gone(Scene& scene) {
  scene.conversation().topic.clear();
  scene.explain("choice", "");
  show_menu_saying(scene, scene.say(Text::choice_gone), 1);
}

}  // namespace catalina::dialog
