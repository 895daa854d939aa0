#include "dialog/step.hpp"

#include <algorithm>

#include "catalog/text.hpp"
#include "flows/flows.hpp"
#include "flows/meant.hpp"
#include "flows/memory.hpp"
#include "picking.hpp"
#include "target.hpp"
#include "understanding/gesture.hpp"
#include "understanding/normalize.hpp"

namespace catalina::dialog {
namespace {

// What is talked of is meant even if, by the words alone, another is so many times as likely.
constexpr double likely_rival = 5;

// People need longer to read an answer and to mean the same again.
constexpr auto repeated_within = std::chrono::seconds(5);

// A longer message is no part of another.
constexpr std::size_t longest_fragment = 15;  // words

// Follows what she asked for, if she did.
void agree(Scene& scene) {
  const std::string& asked = scene.before().asked;
  asked.empty() ? talk(scene, "intent:afirmacion", {}) : follow_choice(scene, asked);
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
    show_office(scene, office, understanding.asked);
    return true;
  }
  const bool asks_where =
      !understanding.candidates.empty() && understanding.candidates.front().target == where_i_live;
  const std::string places = entity("barrio") + entity("barrio_ambiguo") + entity("unidad");
  const bool asks_nothing_else =
      understanding.asked == Aspect::general || understanding.asked == Aspect::lugar;
  const bool asks_of_another = understanding.decision == Decision::answer &&
                               understanding.asked == Aspect::lugar &&
                               is_of_another_office(scene, understanding.candidates.front().target);
  const bool was_asked_where =
      waits_for_place(scene, scene.before().topic) && asks_nothing_else && !asks_of_another;
  const bool only_says_where = understanding.elliptical && understanding.asked == Aspect::general;
  if (!places.empty() && (only_says_where || asks_where || was_asked_where)) {
    show_places(scene, split_at_spaces(places));
    return true;
  }
  return false;
}

// What was asked before its subject is what the subject is named for, unless a fact is asked now.
Aspect aspect_wanted(const Scene& scene, const Understanding& understanding) {
  const Aspect asked = understanding.asked;
  const bool asks_fact =
      asked != Aspect::general && asked != Aspect::pasos && asked != Aspect::iniciar;
  return asks_fact ? asked : parse_aspect(scene.before().aspect).value_or(asked);
}

// Somebody tells of a bribe, whatever the rest of the words resembles: the report is offered before
// that, and alone when they resemble nothing.
void offer_report(Scene& scene, const Understanding& understanding) {
  std::vector<Candidate> options = {{std::string(corruption_report), 1}};
  const bool has_other = understanding.decision != Decision::fallback &&
                         !is_confidential(understanding.candidates.front().target);
  if (has_other) options.push_back(understanding.candidates.front());
  clarify(scene, options, understanding.asked);
}

// What the words pick of the list that was just shown; empty when they pick nothing.
std::string picked_by_words(const Scene& scene, std::string_view words, bool pointing) {
  if (!scene.before().numbered) return "";
  std::vector<std::string> choices;
  for (const Offer& offer : scene.before().offers) {
    const std::optional<Choice> choice = parse_choice(offer.choice);
    // A topic of the menu is no answer to somebody who names something.
    const bool answers = choice && choice->kind != Choice::Kind::category;
    if (pointing || answers) choices.push_back(offer.choice);
  }
  return pointing ? meant_among(scene, choices, words) : named_among(scene, choices, words);
}

bool is_yes_or_no(const Understanding& understanding) {
  if (understanding.decision != Decision::talk) return false;
  const std::string& intent = understanding.candidates.front().target;
  return intent == "intent:afirmacion" || intent == "intent:negacion";
}

// "¿Y para mi mamá?" of the tramite under discussion, unless it goes on to something else.
bool answer_circumstance(Scene& scene, const Reference& reference,
                         const Understanding& understanding) {
  const std::string topic = tramite_under_discussion(scene);
  const bool names_something = !scene.knowledge().recognizer->content_words(reference.rest).empty();
  if (names_something && understanding.decision == Decision::answer &&
      understanding.candidates.front().target != topic) {
    return false;
  }
  const catalog::HojaDeVida* tramite = tramite_of(scene.catalog(), topic);
  if (tramite == nullptr) return false;
  tell_circumstance(scene, *tramite, reference.circumstance, understanding.asked);
  return true;
}

// What refers to an earlier turn. True when the turn is answered.
bool answer_reference(Scene& scene, const Understanding& understanding) {
  using Kind = Reference::Kind;
  // A rule decides by itself what was said; "eso no" is a correction all the same.
  if (understanding.confidential || (understanding.by_rule && !is_yes_or_no(understanding))) {
    return false;
  }
  const std::string& text = scene.message().text;
  const Reference reference = scene.knowledge().recognizer->reference_of(text);
  switch (reference.kind) {
    case Kind::opening:
      if (understanding.decision == Decision::answer) return false;
      ask_away(scene);
      return true;
    case Kind::first:
    case Kind::back:
      return go_back(scene, reference, understanding.asked);
    case Kind::other:
    case Kind::correction:
      return correct(scene, reference);
    case Kind::circumstance:
      return answer_circumstance(scene, reference, understanding);
    case Kind::pointing:
    case Kind::none:
      break;
  }
  const bool pointing = reference.kind == Kind::pointing;
  const bool unsure =
      understanding.decision == Decision::clarify || understanding.decision == Decision::fallback;
  if (!pointing && !unsure) return false;
  const std::string picked = picked_by_words(scene, pointing ? reference.rest : text, pointing);
  if (!picked.empty()) follow_choice(scene, picked);
  return !picked.empty();
}

void decide(Scene& scene, const Understanding& understanding) {
  const std::string topic = tramite_under_discussion(scene);
  const std::vector<Candidate>& candidates = understanding.candidates;
  // From here on nothing is kept, not even the lines that hold no word of corruption themselves.
  if (understanding.confidential) scene.conversation().topic = corruption_report;
  if (answer_reference(scene, understanding) || answer_two_questions(scene, understanding)) return;
  if (understanding.decision == Decision::talk) {
    const std::string& intent = candidates.front().target;
    return intent == "intent:afirmacion" ? agree(scene) : talk(scene, intent, understanding);
  }
  if (understanding.confidential &&
      (understanding.decision != Decision::answer || !is_confidential(candidates.front().target))) {
    return offer_report(scene, understanding);
  }
  if (answer_entity(scene, understanding)) return;
  const bool asks_something = understanding.asked != Aspect::general;
  const bool only_asks = asks_something && understanding.elliptical;
  const auto answer_on_topic = [&] {
    show_target(scene, topic, understanding.asked);
    scene.why().evidence = "sobre lo que se venía hablando";
  };
  if (!topic.empty() && only_asks) return answer_on_topic();
  const Aspect aspect = aspect_wanted(scene, understanding);
  switch (understanding.decision) {
    case Decision::answer:
      remember_candidates(scene, candidates, aspect);
      return show_target(scene, candidates.front().target,
                         aspect == Aspect::general ? understanding.aspect : aspect);
    case Decision::clarify: {
      if (only_asks) return ask_what_about(scene, aspect);
      // Between several that are about as likely, what is being talked of.
      const bool on_topic =
          std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& candidate) {
            return candidate.target == topic &&
                   candidate.confidence * likely_rival >= candidates.front().confidence;
          });
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

// The same tap again within moments: a finger that slipped, or a button that seemed not to work.
bool is_repeated(const Scene& scene) {
  const Conversation& before = scene.before();
  return before.tapped == scene.message().choice &&
         std::chrono::abs(scene.message().sent_at - before.tapped_at) <= repeated_within;
}

void answer_text(Scene& scene) {
  const std::string& text = scene.message().text;
  if (const Offer* offer = picked(scene.before(), text)) {
    scene.why().evidence = "escribió lo ofrecido: " + offer->title;
    return follow_choice(scene, offer->choice);
  }
  if (const std::string choice = picked_instead(scene.before(), text); !choice.empty()) {
    scene.why().evidence = "corrige lo que escogió";
    return follow_choice(scene, choice);
  }
  const Gesture gesture = gesture_of(text);
  if (gesture != Gesture::none) {
    const bool nod = gesture == Gesture::nod;
    scene.why().evidence = nod ? "un gesto de sí" : "un gesto";
    return nod ? agree(scene) : talk(scene, "intent:gesto", {});
  }
  const Understanding understanding = scene.understand(text);
  for (const char* name : {"barrio", "unidad"}) {
    const auto place = understanding.entities.find(name);
    if (place != understanding.entities.end()) scene.names_place(place->second);
  }
  if (understanding.confidential) scene.keep_no_text();
  if (speaks_of_pinned(scene, understanding)) scene.repeat_pinned();
  scene.why().evidence = understanding.evidence;
  if (!understanding.candidates.empty()) {
    scene.why().confidence = understanding.candidates.front().confidence;
  }
  decide(scene, understanding);
}

// Greetings and what is not understood yet; never what was chosen, help, or a person asked for.
bool is_unfinished(const Turn& turn, const Message& message) {
  const bool may_wait = message.kind == MessageKind::text && turn.keep_text && turn.effects.empty();
  if (!may_wait || split_words(message.text).size() > longest_fragment) return false;
  const std::string& decision = turn.why.decision;
  if (decision == "clarify" || decision == "fallback") return true;
  const std::string& target = turn.why.target;
  return decision == "talk" &&
         (target.empty() || target == "intent:saludo" || target == "intent:menu" ||
          target == "intent:agradecimiento" || target == "intent:afirmacion");
}

}  // namespace

bool belong_together(const Turn& alone, const Turn& together) {
  // A tap, a cry for help, "menú": what is said by that is not changed by a greeting before it.
  return alone.unfinished || (alone.why.decision == "answer" && !together.unfinished);
}

bool answered_before(const Turn& waiting, const Turn& alone) {
  const std::string& target = alone.why.target;
  if (waiting.why.decision != "clarify" || target == emergency) return false;
  const std::vector<std::string> offered = split_at_spaces(waiting.why.target);
  return !offered.empty() && std::find(offered.begin(), offered.end(), target) == offered.end();
}

Turn step(const Conversation& conversation, const Message& message, const Knowledge& knowledge,
          const Records& records, Time now) {
  Scene scene(conversation, message, knowledge, records, now);
  if (is_confidential(scene.before().topic)) scene.keep_no_text();
  if (message.kind == MessageKind::choice) {
    scene.why().evidence = "tocó " + message.choice;
    is_repeated(scene) ? scene.stay_silent() : follow_choice(scene, message.choice);
  } else if (message.kind == MessageKind::form || text::trim(message.text).empty()) {
    scene.why().evidence = "llegó sin texto";
    answer_media(scene);
  } else {
    say_file_stays(scene);
    answer_text(scene);
  }
  scene.conversation().tapped = message.choice;
  scene.conversation().tapped_at = message.sent_at;
  Turn turn = std::move(scene).finish();
  turn.unfinished = is_unfinished(turn, message);
  return turn;
}

}  // namespace catalina::dialog
