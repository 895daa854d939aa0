#include "flows/city_facts.hpp"
#include "flows/flows.hpp"
#include "flows/lines.hpp"
#include "flows/tramite_facts.hpp"
#include "target.hpp"

namespace catalina::dialog {

void show_faq(Scene& scene, const std::string& id) {
  const Words& words = scene.words();
  const catalog::Faq* faq = scene.catalog().faq(id);
  if (faq == nullptr) return say_choice_gone(scene);

  const std::string target = "faq:" + id;
  std::string body = CityFacts(words, scene.catalog(), scene.today()).faq(*faq);
  const bool asks_where = scene.knowledge().recognizer->asked_by(*faq) == Aspect::lugar;
  add_paragraph(body, near_you(scene, faq->dependencia, asks_where));
  if (is_confidential(target)) {
    scene.keep_no_text();
    body = scene.say(Text::corruption) + "\n\n" + body;
  }
  Section section{"", {}};
  if (scene.catalog().tramite(faq->tramite) != nullptr) {
    section.rows.push_back({to_id({.kind = Choice::Kind::tramite, .id = faq->tramite}),
                            words.say(Text::related_button), ""});
    section.rows.push_back({to_id({.kind = Choice::Kind::questions, .id = faq->tramite}),
                            words.say(Text::questions_row), ""});
  }
  section.rows.push_back(person_row(words));
  section.rows.push_back(menu_row(words));
  scene.conversation().topic = target;
  scene.conversation().misunderstood = 0;
  scene.explain("answer", target);
  scene.reply({"", std::move(body), "", List{words.say(Text::card_button), {std::move(section)}}});
}

void show_office(Scene& scene, const std::string& id, Aspect aspect) {
  const Words& words = scene.words();
  const catalog::Dependencia* office = scene.catalog().dependencia(id);
  if (office == nullptr) return say_choice_gone(scene);
  const CityFacts facts(words, scene.catalog(), scene.today());
  std::string body = '*' + office->name + '*';
  add_paragraph(body, aspect == Aspect::horario ? facts.office_hours(id, true)
                                                : facts.where_to_find(*office));
  add_paragraph(body, facts.source(id, true, office->checked_on));
  add_paragraph(body, near_you(scene, id, true));
  // Where it attends in many places, one of them may be asked for next.
  const std::string target = std::string(office_prefix) + id;
  scene.conversation().topic = facts.has_branches(id) ? target : "";
  scene.conversation().misunderstood = 0;
  scene.explain("answer", target, aspect);
  say_with_ways_out(scene, std::move(body));
}

void show_target(Scene& scene, const std::string& target, Aspect aspect) {
  const std::size_t colon = target.find(':');
  const std::string id = target.substr(colon + 1);
  if (target.starts_with(tramite_prefix)) return show_aspect(scene, id, aspect);
  if (target.starts_with(office_prefix)) return show_office(scene, id, aspect);
  show_faq(scene, id);
}

void show_radicado(Scene& scene, const std::string& radicado, bool valid) {
  const std::string target = "tramite:radicado-consulta";
  if (!valid) {
    scene.explain("answer", target, Aspect::estado);
    return say_with_ways_out(scene, scene.say(Text::radicado_doubtful, {{"radicado", radicado}}));
  }
  const catalog::HojaDeVida* tramite = scene.catalog().tramite("radicado-consulta");
  if (tramite == nullptr) return ask_for_person(scene, radicado);
  const TramiteFacts facts(scene.words(), scene.catalog(), scene.today());
  scene.conversation().topic = target;
  scene.conversation().misunderstood = 0;
  scene.explain("answer", target, Aspect::estado);
  say_with_ways_out(scene, scene.say(Text::radicado_elsewhere, {{"radicado", radicado}}) + "\n\n" +
                               facts.where(*tramite) + "\n\n" + facts.source(*tramite));
}

}  // namespace catalina::dialog
