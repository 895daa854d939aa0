#include "dialog/step.hpp"

#include <algorithm>

#include "catalog/text.hpp"
#include "flows/flows.hpp"
#include "picking.hpp"
#include "understanding/gesture.hpp"

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
    case Kind::none:
      return scene.reply({"", scene.say(Text::none_of_these), "",
                          Buttons{{menu_button(scene.words()), person_button(scene.words())}}});
  }
}

void follow_id(Scene& scene, const std::string& id) {
  const std::optional<Choice> choice = parse_choice(id);
  if (!choice) return say_choice_gone(scene);
  follow(scene, *choice);
  scene.why().decision = "choice";
  scene.why().confidence = 1;
}

// Follows what she asked for, if she did.
void agree(Scene& scene) {
  const std::string& asked = scene.before().asked;
  asked.empty() ? talk(scene, "intent:afirmacion", {}) : follow_id(scene, asked);
}

std::vector<std::string> split_ids(const std::string& ids) {
  std::vector<std::string> out;
  std::size_t begin = 0;
  while (begin < ids.size()) {
    const std::size_t space = std::min(ids.find(' ', begin), ids.size());
    out.push_back(ids.substr(begin, space - begin));
    begin = space + 1;
  }
  return out;
}

// Entities that are an answer of their own. True when the turn is answered.
bool answer_entity(Scene& scene, const Understanding& understanding) {
  const auto entity = [&](const char* name) {
    const auto found = understanding.entities.find(name);
    return found == understanding.entities.end() ? std::string() : found->second;
  };
  if (const std::string radicado = entity("radicado"); !radicado.empty()) {
    show_radicado(scene, radicado, true);
    return true;
  }
  if (const std::string radicado = entity("radicado_dudoso"); !radicado.empty()) {
    show_radicado(scene, radicado, false);
    return true;
  }
  if (const std::string office = entity("oficina"); !office.empty()) {
    show_office(scene, office, understanding.aspect);
    return true;
  }
  const bool asks_where =
      !understanding.candidates.empty() && understanding.candidates.front().target == where_i_live;
  const std::string places = entity("barrio") + entity("barrio_ambiguo");
  const bool asks_nothing_else =
      understanding.aspect == Aspect::general || understanding.aspect == Aspect::lugar;
  const bool was_asked_where = waits_for_place(scene.before().topic) && asks_nothing_else;
  const bool only_says_where = understanding.elliptical && understanding.aspect == Aspect::general;
  if (!places.empty() && (only_says_where || asks_where || was_asked_where)) {
    show_places(scene, split_ids(places));
    return true;
  }
  return false;
}

Aspect aspect_before(const Scene& scene) {
  return parse_aspect(scene.before().aspect).value_or(Aspect::general);
}

// Somebody tells of a bribe, whatever the rest of the words resembles: the report is offered before
// that, and alone when they resemble nothing.
void offer_report(Scene& scene, const Understanding& understanding) {
  std::vector<Candidate> options = {{std::string(corruption_report), 1}};
  const bool has_other = understanding.decision != Decision::fallback &&
                         !is_confidential(understanding.candidates.front().target);
  if (has_other) options.push_back(understanding.candidates.front());
  clarify(scene, options, understanding.aspect);
}

void decide(Scene& scene, const Understanding& understanding) {
  const std::string topic = tramite_under_discussion(scene);
  const std::vector<Candidate>& candidates = understanding.candidates;
  // From here on nothing is kept, not even the lines that hold no word of corruption themselves.
  if (understanding.confidential) scene.conversation().topic = corruption_report;
  if (understanding.decision == Decision::talk) {
    const std::string& intent = candidates.front().target;
    return intent == "intent:afirmacion" ? agree(scene) : talk(scene, intent, understanding);
  }
  if (understanding.confidential &&
      (understanding.decision != Decision::answer || !is_confidential(candidates.front().target))) {
    return offer_report(scene, understanding);
  }
  if (answer_entity(scene, understanding)) return;
  const bool asks_something = understanding.aspect != Aspect::general;
  const bool only_asks = asks_something && understanding.elliptical;
  const auto answer_on_topic = [&] {
    show_target(scene, topic, understanding.aspect);
    scene.why().evidence = "sobre lo que se venía hablando";
  };
  if (!topic.empty() && only_asks) return answer_on_topic();
  // What this message does not ask, the one before may have asked.
  const Aspect aspect = asks_something ? understanding.aspect : aspect_before(scene);
  switch (understanding.decision) {
    case Decision::answer:
      return show_target(scene, candidates.front().target, aspect);
    case Decision::clarify: {
      if (only_asks) return ask_what_about(scene, aspect);
      // Between several, what is being talked of.
      const bool on_topic =
          std::any_of(candidates.begin(), candidates.end(),
                      [&](const Candidate& candidate) { return candidate.target == topic; });
      if (on_topic && asks_something) return answer_on_topic();
      return clarify(scene, candidates, aspect);
    }
    case Decision::talk:
    case Decision::fallback:
      if (only_asks) return ask_what_about(scene, aspect);
      // Not a matter of the city, but who to ask is known.
      if (understanding.entities.contains("otra_entidad")) {
        return talk(scene, "intent:fuera_de_alcance", understanding);
      }
      return say_dont_know(scene);
  }
}

void answer_text(Scene& scene) {
  const std::string& text = scene.message().text;
  if (const Offer* offer = picked(scene.before(), text)) {
    scene.why().evidence = "escribió lo ofrecido: " + offer->title;
    return follow_id(scene, offer->choice);
  }
  switch (gesture_of(text)) {
    case Gesture::nod:
      scene.why().evidence = "un gesto de sí";
      return agree(scene);
    case Gesture::other:
      scene.why().evidence = "un gesto";
      return talk(scene, "intent:gesto", {});
    case Gesture::none:
      break;
  }
  const Understanding understanding = scene.knowledge().recognizer->understand(text);
  if (understanding.confidential) scene.keep_no_text();
  scene.why().evidence = understanding.evidence;
  if (!understanding.candidates.empty()) {
    scene.why().confidence = understanding.candidates.front().confidence;
  }
  decide(scene, understanding);
}

}  // namespace

Turn step(const Conversation& conversation, const Message& message, const Knowledge& knowledge,
          const Records& records, Time now) {
  Scene scene(conversation, message, knowledge, records, now);
  if (is_confidential(scene.before().topic)) scene.keep_no_text();
  if (message.kind == MessageKind::choice) {
    scene.why().evidence = "tocó " + message.choice;
    follow_id(scene, message.choice);
  } else if (message.kind == MessageKind::form || text::trim(message.text).empty()) {
    scene.why().evidence = "llegó sin texto";
    answer_media(scene);
  } else {
    say_file_stays(scene);
    answer_text(scene);
  }
  return std::move(scene).finish();
}

}  // namespace catalina::dialog
