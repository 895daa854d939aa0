#include <algorithm>

#include "flows/facts.hpp"
#include "flows/flows.hpp"
#include "flows/labels.hpp"

namespace catalina::dialog {

void show_faq(Scene& scene, const std::string& id) {
  const Words& words = scene.words();
  const catalog::Faq* faq = scene.catalog().faq(id);
  if (faq == nullptr) return say_choice_gone(scene);

  const std::string target = "faq:" + id;
  std::string body = Facts(words, scene.catalog()).faq(*faq, scene.today());
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

void show_places(Scene& scene, const std::vector<std::string>& ids) {
  const Words& words = scene.words();
  std::vector<const catalog::Place*> places;
  for (const catalog::Place& place : scene.catalog().territory().places) {
    if (std::find(ids.begin(), ids.end(), place.id) != ids.end()) places.push_back(&place);
  }
  if (places.empty()) return say_choice_gone(scene);

  scene.conversation().misunderstood = 0;
  scene.explain("answer", "faq:localidad-mia", Aspect::lugar);
  if (places.size() == 1) {
    scene.reply({"", Facts(words, scene.catalog()).place(*places.front()), "",
                 Buttons{{menu_button(words), person_button(words)}}});
    return;
  }
  scene.explain("clarify", "faq:localidad-mia", Aspect::lugar);
  Section section{"", {}};
  for (const catalog::Place* place : places) {
    if (section.rows.size() + 1 == limits::list_rows) break;
    section.rows.push_back({to_id({.kind = Choice::Kind::place, .id = place->id}),
                            row_title(place->name), row_description(place->name)});
  }
  section.rows.push_back(none_row(words));
  scene.reply({"", words.say(Text::place_choose), "",
               List{words.say(Text::place_button), {std::move(section)}}});
}

void show_target(Scene& scene, const std::string& target, Aspect aspect) {
  const std::size_t colon = target.find(':');
  const std::string id = target.substr(colon + 1);
  if (target.starts_with("tramite:")) return show_aspect(scene, id, aspect);
  show_faq(scene, id);
}

void show_radicado(Scene& scene, const std::string& radicado, bool valid) {
  const Words& words = scene.words();
  const Buttons ways{{menu_button(words), person_button(words)}};
  const std::string target = "tramite:radicado-consulta";
  if (!valid) {
    scene.explain("answer", target, Aspect::estado);
    scene.reply({"", words.say(Text::radicado_doubtful, {{"radicado", radicado}}), "", ways});
    return;
  }
  const catalog::HojaDeVida* tramite = scene.catalog().tramite("radicado-consulta");
  if (tramite == nullptr) return ask_for_person(scene);
  const Facts facts(words, scene.catalog());
  scene.conversation().topic = target;
  scene.conversation().misunderstood = 0;
  scene.explain("answer", target, Aspect::estado);
  scene.reply({"",
               words.say(Text::radicado_elsewhere, {{"radicado", radicado}}) + "\n\n" +
                   facts.where(*tramite) + "\n\n" + facts.source(*tramite),
               "", ways});
}

}  // namespace catalina::dialog
