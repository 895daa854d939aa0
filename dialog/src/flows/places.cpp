#include <algorithm>

#include "flows/city_facts.hpp"
#include "flows/flows.hpp"
#include "flows/labels.hpp"
#include "flows/lines.hpp"
#include "flows/nearby.hpp"
#include "target.hpp"

namespace catalina::dialog {
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

// The office that a topic is a matter of; empty when that is not known.
std::string office_of(const Scene& scene, const std::string& topic) {
  if (topic.starts_with(office_prefix)) return topic.substr(office_prefix.size());
  if (const catalog::Faq* faq = faq_of(scene.catalog(), topic)) return faq->dependencia;
  const catalog::HojaDeVida* tramite = tramite_of(scene.catalog(), topic);
  return tramite == nullptr ? "" : tramite->dependencia;
}

CityFacts facts_of(const Scene& scene) {
  return {scene.words(), scene.catalog(), scene.today()};
}

void show_place(Scene& scene, const catalog::Place& place) {
  std::string& topic = scene.conversation().topic;
  const std::string office = office_of(scene, topic);
  if (topic == where_i_live) topic.clear();
  say_with_ways_out(scene, facts_of(scene).place(place, office));
}

}  // namespace

bool waits_for_place(const Scene& scene, const std::string& topic) {
  if (topic == where_i_live) return true;
  const std::string office = office_of(scene, topic);
  // Of a tramite much else can be asked; of the Sisbén its points are asked for most.
  return office == sisben_office ||
         (!topic.starts_with(tramite_prefix) && facts_of(scene).has_branches(office));
}

bool is_of_another_office(const Scene& scene, const std::string& target) {
  const std::string office = office_of(scene, target);
  return office != office_of(scene, scene.before().topic) && facts_of(scene).has_branches(office);
}

std::string near_you(const Scene& scene, const std::string& office, bool asks_where) {
  const CityFacts facts = facts_of(scene);
  if (!facts.has_branches(office)) return "";
  if (scene.place() != nullptr) return facts.branches(office, *scene.place());
  return asks_where ? scene.say(Text::place_ask) : "";
}

void show_places(Scene& scene, const std::vector<std::string>& ids) {
  const Words& words = scene.words();
  std::vector<const catalog::Place*> places;
  for (const std::string& id : ids) {
    if (const catalog::Place* place = scene.catalog().place(id)) places.push_back(place);
  }
  if (places.empty()) return say_choice_gone(scene);

  scene.conversation().misunderstood = 0;
  scene.explain("answer", std::string(where_i_live), Aspect::lugar);
  if (places.size() == 1) return show_place(scene, *places.front());
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

void answer_location(Scene& scene, const std::optional<Location>& location) {
  const catalog::Territory& territory = scene.catalog().territory();
  const catalog::Place* nearest = location ? nearest_place(territory, *location) : nullptr;
  if (nearest != nullptr) {
    scene.begin_with(scene.say(Text::location_near, {{"barrio", nearest->name}}));
    return show_places(scene, {nearest->id});
  }
  // What is said now is a barrio; after a report of corruption it may be who did it, too.
  std::string& topic = scene.conversation().topic;
  if (!waits_for_place(scene, topic) && !is_confidential(topic)) topic = where_i_live;
  const bool outside = location && !is_in_district(territory, *location);
  scene.explain("media", "");
  scene.reply({"", scene.say(outside ? Text::location_outside : Text::location), "",
               Buttons{{menu_button(scene.words())}}});
}

}  // namespace catalina::dialog
