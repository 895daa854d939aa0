#include <algorithm>

#include "flows/city_facts.hpp"
#include "flows/lines.hpp"

namespace catalina::dialog {

using catalog::Branch;
using catalog::Confidence;

namespace {

bool contains(const std::vector<std::string>& ids, const std::string& id) {
  return !id.empty() && std::find(ids.begin(), ids.end(), id) != ids.end();
}

bool serves(const Branch& branch, const catalog::Place& place) {
  return contains(branch.places, place.id) || contains(branch.localidades, place.localidad);
}

}  // namespace

std::string CityFacts::sisben_points(const catalog::Place& place) const {
  const catalog::Localidad* home = localidad_of(place);
  const catalog::Dependencia* office = catalog_.dependencia(sisben_office);
  if (home == nullptr || office == nullptr) return "";
  for (const catalog::SisbenPoints& in_localidad : catalog_.sisben_points()) {
    if (in_localidad.localidad != home->id) continue;
    std::string text = words_.say(Text::sisben_points, {{"localidad", home->name}});
    for (const std::string& point : in_localidad.points) add_line(text, bullet(point));
    add_line(text, office_hours(office->id, true));
    add_paragraph(text, source(office->id, true, office->checked_on));
    return text;
  }
  return "";
}

CityFacts::Branches CityFacts::branches_of(const std::string& office) const {
  Branches branches;
  for (const Branch& branch : catalog_.branches())
    if (branch.dependencia == office) branches.push_back(&branch);
  return branches;
}

bool CityFacts::has_branches(const std::string& office) const {
  return office == sisben_office || !branches_of(office).empty();
}

// In the same barrio, or else in the same localidad.
bool CityFacts::is_near(const Branch& branch, const catalog::Place& place) const {
  if (place.localidad.empty()) return branch.place == place.id;
  const catalog::Place* other = catalog_.place(branch.place);
  return other != nullptr && other->localidad == place.localidad;
}

std::string CityFacts::told(const std::string& title, const Branches& branches) const {
  if (branches.empty()) return "";
  std::string text = title;
  for (const Branch* branch : branches) {
    std::string line = branch->name;
    if (!branch->address.empty()) line += ", " + branch->address;
    if (!branch->hours.empty()) line += ", " + branch->hours;
    add_line(text, bullet(line));
  }
  return text;
}

// When it is not published which of several serves a place.
std::string CityFacts::which_of_them(const Branches& all, const catalog::Place& place) const {
  if (!place.is_unit()) return words_.say(Text::branches_unpublished, {{"barrio", place.name}});
  const bool is_known_of_a_barrio = std::any_of(all.begin(), all.end(), [&](const Branch* branch) {
    return std::any_of(branch->places.begin(), branch->places.end(),
                       [&](const std::string& id) { return catalog_.place(id)->is_in(place); });
  });
  return words_.say(is_known_of_a_barrio ? Text::place_ask : Text::branches_undivided);
}

std::string CityFacts::branches(const std::string& office_id, const catalog::Place& place) const {
  if (office_id == sisben_office) return sisben_points(place);
  const catalog::Dependencia* office = catalog_.dependencia(office_id);
  const Branches all = branches_of(office_id);
  if (office == nullptr || all.empty()) return "";

  const auto those = [&](const auto& test) {
    Branches chosen;
    std::copy_if(all.begin(), all.end(), std::back_inserter(chosen), test);
    return chosen;
  };
  const Branches own = those([&](const Branch* b) { return !b->whole_city && serves(*b, place); });
  const Branches near =
      those([&](const Branch* b) { return !b->whole_city && is_near(*b, place); });
  const Branches local = those([](const Branch* b) { return !b->whole_city; });
  const Branches city = those([](const Branch* b) { return b->whole_city; });

  const bool published = !own.empty();
  const Branches& shown = published ? own : !near.empty() ? near : local;
  std::string title = words_.say(Text::branches_city, {{"oficina", office->name}});
  const catalog::Localidad* home = localidad_of(place);
  if (published) {
    title = place.is_unit() ? words_.say(Text::branches_of_localidad, {{"localidad", home->name}})
                            : words_.say(Text::branches_own, {{"barrio", place.name}});
  } else if (home != nullptr && !near.empty()) {
    title = words_.say(Text::branches_near, {{"oficina", office->name}, {"localidad", home->name}});
  }
  std::string text = told(title, shown);
  if (!published && !local.empty()) {
    add_line(text, which_of_them(all, place));
  }
  add_paragraph(text, told(words_.say(Text::branches_whole_city), city));

  std::string checked_on;
  bool sure = true;
  for (const Branches* list : {&shown, &city}) {
    for (const Branch* branch : *list) {
      sure = sure && branch->confidence == Confidence::verificado;
      checked_on = std::max(checked_on, branch->checked_on);
    }
  }
  if (!sure) add_paragraph(text, words_.say(Text::branches_unconfirmed));
  add_paragraph(text, source(office_id, true, checked_on));
  return text;
}

}  // namespace catalina::dialog
