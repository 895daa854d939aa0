#include <algorithm>

#include "flows/city_facts.hpp"
#include "flows/flows.hpp"
#include "flows/labels.hpp"
#include "flows/lines.hpp"
#include "flows/tramite_facts.hpp"

namespace catalina::dialog {

void show_faq(Scene& scene, const std::string& id) {
  const Words& words = scene.words();
  const catalog::Faq* faq = scene.catalog().faq(id);
  if (faq == nullptr) return say_choice_gone(scene);

  const std::string target = "faq:" + id;
  std::string body = CityFacts(words, scene.catalog(), scene.today()).faq(*faq);
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

namespace {

// How much of their names they all begin with, in whole words: not repeated in every row.
std::size_t common_beginning(const std::vector<const catalog::Place*>& places) {
  std::string_view common = places.front()->name;
  for (const catalog::Place* place : places) {
    const auto [end, other] =
        std::mismatch(common.begin(), common.end(), place->name.begin(), place->name.end());
    common = common.substr(0, static_cast<std::size_t>(end - common.begin()));
  }
  const std::size_t space = common.rfind(' ');
  return space == std::string_view::npos ? 0 : space + 1;
}

// Its answers ask for the barrio to name the nearest points.
bool is_about_sisben(const std::string& topic) {
  return topic.starts_with("tramite:sisben-") || topic.starts_with("faq:sisben-");
}

}  // namespace

bool waits_for_place(const std::string& topic) {
  return topic == where_i_live || is_about_sisben(topic);
}

void show_places(Scene& scene, const std::vector<std::string>& ids) {
  const Words& words = scene.words();
  std::vector<const catalog::Place*> places;
  for (const catalog::Place& place : scene.catalog().territory().places) {
    if (std::find(ids.begin(), ids.end(), place.id) != ids.end()) places.push_back(&place);
  }
  if (places.empty()) return say_choice_gone(scene);

  scene.conversation().misunderstood = 0;
  scene.explain("answer", std::string(where_i_live), Aspect::lugar);
  if (places.size() == 1) {
    if (scene.conversation().topic == where_i_live) scene.conversation().topic.clear();
    const CityFacts facts(words, scene.catalog(), scene.today());
    std::string body = facts.place(*places.front());
    if (is_about_sisben(scene.conversation().topic)) {
      add_paragraph(body, facts.sisben_points(*places.front()));
    }
    scene.reply({"", std::move(body), "", Buttons{{menu_button(words), person_button(words)}}});
    return;
  }
  scene.explain("clarify", std::string(where_i_live), Aspect::lugar);
  scene.conversation().numbered = true;
  // More than fit a list, as with the sectors of Olaya: the rest is named, to be written.
  const bool too_many = places.size() >= limits::list_rows;
  const std::size_t cut = common_beginning(places);
  Section section{"", {}};
  std::string others;
  for (const catalog::Place* place : places) {
    if (section.rows.size() == limits::list_rows) {
      others += (others.empty() ? "" : ", ") + place->name;
      continue;
    }
    section.rows.push_back({to_id({.kind = Choice::Kind::place, .id = place->id}),
                            row_title(place->name.substr(cut)), row_description(place->name)});
  }
  if (!too_many) section.rows.push_back(none_row(words));
  std::string body = words.say(Text::place_choose);
  if (!others.empty()) body += ' ' + words.say(Text::place_others, {{"otros", others}});
  scene.reply({"", std::move(body), "", List{words.say(Text::place_button), {std::move(section)}}});
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
  scene.conversation().topic.clear();
  scene.conversation().misunderstood = 0;
  scene.explain("answer", "dependencia:" + id, aspect);
  scene.reply({"", std::move(body), "", Buttons{{menu_button(words), person_button(words)}}});
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
  if (tramite == nullptr) return ask_for_person(scene, radicado);
  const TramiteFacts facts(words, scene.catalog(), scene.today());
  scene.conversation().topic = target;
  scene.conversation().misunderstood = 0;
  scene.explain("answer", target, Aspect::estado);
  scene.reply({"",
               words.say(Text::radicado_elsewhere, {{"radicado", radicado}}) + "\n\n" +
                   facts.where(*tramite) + "\n\n" + facts.source(*tramite),
               "", ways});
}

}  // namespace catalina::dialog
