#include "flows/flows.hpp"
#include "flows/labels.hpp"

namespace catalina::dialog {
namespace {

constexpr std::size_t most_options = 3;

// A target in the citizen's words: what it is called, and in full.
struct Option {
  std::string target;
  std::string choice;
  std::string title;
  std::string full;
};

bool make_option(const Scene& scene, const std::string& target, Aspect aspect, Option& option) {
  option.target = target;
  option.choice = target;
  const std::string id = target.substr(target.find(':') + 1);
  if (target.starts_with("tramite:")) {
    const catalog::HojaDeVida* tramite = scene.catalog().tramite(id);
    if (tramite == nullptr) return false;
    if (aspect != Aspect::general) option.choice = aspect_choice(id, aspect);
    option.full = tramite->name;
    option.title = row_title(*tramite);
    return true;
  }
  if (target.starts_with("faq:")) {
    const catalog::Faq* faq = scene.catalog().faq(id);
    if (faq == nullptr) return false;
    option.full = faq->question;
    option.title = row_title(faq->question);
    return true;
  }
  return false;
}

}  // namespace

void clarify(Scene& scene, const std::vector<Candidate>& candidates, Aspect aspect) {
  const Words& words = scene.words();
  Section section{"", {}};
  std::string options;
  std::string targets;
  for (const Candidate& candidate : candidates) {
    Option option;
    if (section.rows.size() == most_options) break;
    if (!make_option(scene, candidate.target, aspect, option)) continue;
    if (is_confidential(option.target)) scene.keep_no_text();
    section.rows.push_back({option.choice, option.title, row_description(option.full)});
    if (!options.empty()) options += '\n';
    options += std::to_string(section.rows.size()) + ". " + option.full;
    targets += (targets.empty() ? "" : " ") + option.target;
  }
  if (section.rows.empty()) return say_dont_know(scene);
  if (section.rows.size() == 1) scene.conversation().asked = section.rows.front().id;
  section.rows.push_back(none_row(words));
  section.rows.push_back(menu_row(words));
  scene.conversation().numbered = true;
  scene.explain("clarify", targets);
  scene.reply({"", words.say(Text::clarify_body, {{"opciones", options}}), "",
               List{words.say(Text::clarify_button), {std::move(section)}}});
}

void ask_what_about(Scene& scene, Aspect aspect) {
  scene.conversation().aspect = to_string(aspect);
  scene.explain("clarify", "", aspect);
  scene.reply({"", scene.say(Text::what_about), "", Buttons{{menu_button(scene.words())}}});
}

// Each time in another way, and each time nearer to a person.
void say_dont_know(Scene& scene) {
  const Words& words = scene.words();
  const int before = scene.conversation().misunderstood++;
  scene.explain("fallback", "");
  if (before == 0) {
    scene.reply({"", words.say(Text::dont_know_first), "",
                 Buttons{{menu_button(words), person_button(words)}}});
  } else if (before == 1) {
    show_menu_saying(scene, words.say(Text::dont_know_again), 1);
  } else {
    scene.conversation().asked = person_choice();
    scene.reply({"", words.say(Text::dont_know_person), "",
                 Buttons{{person_button(words), menu_button(words)}}});
  }
}

void say_choice_gone(Scene& scene) {
  scene.conversation().topic.clear();
  scene.explain("choice", "");
  show_menu_saying(scene, scene.say(Text::choice_gone), 1);
}

}  // namespace catalina::dialog
