#include "flows/flows.hpp"

namespace catalina::dialog {
namespace {

void follow(Scene& scene, const Choice& choice) {
  using Kind = Choice::Kind;
  scene.conversation().misunderstood = 0;
  scene.explain("choice", to_id(choice));
  switch (choice.kind) {
    case Kind::menu:
      return show_menu(scene, choice.page);
    case Kind::category:
      return show_category(scene, choice.id, choice.page);
    case Kind::tramite:
      return show_tramite(scene, choice.id);
    case Kind::aspect:
      return show_aspect(scene, choice.id, choice.aspect);
    case Kind::questions:
      return show_questions(scene, choice.id);
    case Kind::question:
      return show_question(scene, choice.id, choice.key);
    case Kind::faq:
      return show_faq(scene, choice.id);
    case Kind::place:
      return show_places(scene, {choice.id});
    case Kind::person:
      return ask_for_person(scene, to_id(choice));
    case Kind::pinned:
      return show_pinned(scene);
    case Kind::none:
      return say_with_ways_out(scene, scene.say(Text::none_of_these));
  }
}

}  // namespace

void follow_choice(Scene& scene, const std::string& id) {
  const std::optional<Choice> choice = parse_choice(id);
  if (!choice) return say_choice_gone(scene);
  scene.tried(id);
  follow(scene, *choice);
  scene.why().decision = "choice";
  scene.why().confidence = 1;
}

}  // namespace catalina::dialog
