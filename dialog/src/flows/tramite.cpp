#include "flows/flows.hpp"
#include "flows/labels.hpp"
#include "flows/lines.hpp"
#include "flows/tramite_facts.hpp"
#include "target.hpp"

namespace catalina::dialog {
namespace {

// Everything else about it is one tap away.
List other_aspects(const Scene& scene, const catalog::HojaDeVida& tramite) {
  const Words& words = scene.words();
  Section section{"", {}};
  const auto add = [&](Aspect aspect, Text title) {
    section.rows.push_back({aspect_choice(tramite.id, aspect), words.say(title), ""});
  };
  add(Aspect::requisitos, Text::requirements_row);
  add(Aspect::pasos, Text::steps_row);
  add(Aspect::tiempo, Text::time_row);
  add(Aspect::costo, Text::cost_row);
  add(Aspect::lugar, Text::place_row);
  add(Aspect::normativa, Text::law_row);
  section.rows.push_back({to_id({.kind = Choice::Kind::questions, .id = tramite.id}),
                          words.say(Text::questions_row), ""});
  section.rows.push_back(person_row(words));
  section.rows.push_back(menu_row(words));
  return {words.say(Text::card_button), {std::move(section)}};
}

}  // namespace

void answer_about(Scene& scene, const catalog::HojaDeVida& tramite, std::string body,
                  Aspect aspect) {
  const std::string target = "tramite:" + tramite.id;
  if (is_confidential(target)) {
    scene.keep_no_text();
    body = scene.say(Text::corruption) + "\n\n" + body;
  }
  scene.conversation().topic = target;
  scene.conversation().misunderstood = 0;
  scene.explain("answer", target, aspect);
  scene.reply({"", std::move(body), "", other_aspects(scene, tramite)});
}

bool is_confidential(const std::string& target) {
  return target == corruption_report || target.starts_with("faq:corrupcion-");
}

std::string tramite_under_discussion(const Scene& scene) {
  std::string subject = subject_of(scene.catalog(), scene.before().topic);
  return subject.starts_with(tramite_prefix) ? subject : "";
}

void explain_again(Scene& scene) {
  const catalog::HojaDeVida* tramite = tramite_of(scene.catalog(), tramite_under_discussion(scene));
  if (tramite == nullptr) return show_menu(scene, 1);
  scene.reply({"", scene.say(Text::explain_again, {{"tramite", tramite->name}}), "",
               other_aspects(scene, *tramite)});
}

void show_tramite(Scene& scene, const std::string& id) {
  show_aspect(scene, id, Aspect::general);
}

void show_aspect(Scene& scene, const std::string& id, Aspect aspect) {
  const catalog::HojaDeVida* tramite = scene.catalog().tramite(id);
  if (tramite == nullptr) return say_choice_gone(scene);
  const TramiteFacts facts(scene.words(), scene.catalog(), scene.today());
  std::string body = facts.about(*tramite, aspect);
  const bool asks_where = aspect == Aspect::lugar;
  if (asks_where || aspect == Aspect::general) {
    add_paragraph(body, near_you(scene, tramite->dependencia, asks_where));
  }
  answer_about(scene, *tramite, std::move(body), aspect);
}

void show_questions(Scene& scene, const std::string& id) {
  const Words& words = scene.words();
  const catalog::HojaDeVida* tramite = scene.catalog().tramite(id);
  if (tramite == nullptr) return say_choice_gone(scene);

  Section section{"", {}};
  // Two rows are kept for the way back.
  const auto add = [&](std::string choice, const std::string& question) {
    if (section.rows.size() + 2 >= limits::list_rows) return;
    section.rows.push_back({std::move(choice), row_title(question), row_description(question)});
  };
  for (const catalog::QuestionAnswer& entry : tramite->faq) {
    add(to_id({.kind = Choice::Kind::question, .id = id, .key = question_key(entry.question)}),
        entry.question);
  }
  for (const catalog::Faq& faq : scene.catalog().faqs()) {
    if (faq.tramite == id) add(to_id({.kind = Choice::Kind::faq, .id = faq.id}), faq.question);
  }
  const bool any = !section.rows.empty();
  section.rows.push_back(
      {to_id({.kind = Choice::Kind::tramite, .id = id}), words.say(Text::related_button), ""});
  section.rows.push_back(menu_row(words));
  scene.conversation().topic = "tramite:" + id;
  if (is_confidential(scene.conversation().topic)) scene.keep_no_text();
  scene.conversation().numbered = true;
  scene.explain("answer", scene.conversation().topic);
  scene.reply(
      {"", words.say(any ? Text::questions_body : Text::no_questions, {{"tramite", tramite->name}}),
       "", List{words.say(Text::questions_button), {std::move(section)}}});
}

void show_question(Scene& scene, const std::string& id, const std::string& key) {
  const catalog::HojaDeVida* tramite = scene.catalog().tramite(id);
  if (tramite == nullptr) return say_choice_gone(scene);
  for (const catalog::QuestionAnswer& entry : tramite->faq) {
    if (question_key(entry.question) != key) continue;
    const TramiteFacts facts(scene.words(), scene.catalog(), scene.today());
    scene.conversation().topic = "tramite:" + id;
    if (is_confidential(scene.conversation().topic)) scene.keep_no_text();
    scene.explain("answer", scene.conversation().topic);
    scene.reply({"", facts.own_question(*tramite, entry), "", other_aspects(scene, *tramite)});
    return;
  }
  say_choice_gone(scene);
}

}  // namespace catalina::dialog
