#include "understanding/units.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "understanding/entities/numbers.hpp"
#include "understanding/normalize.hpp"

namespace catalina::dialog {
namespace {

using Words = std::vector<std::string>;

constexpr std::array<std::string_view, 2> local_office = {"alcaldia", "local"};
constexpr std::array<std::string_view, 2> ucg_in_words = {"unidad", "comunera"};
constexpr std::array<std::string_view, 2> rest_of_ucg = {"de", "gobierno"};

// What stands between "localidad" and its number or name.
constexpr std::array<std::string_view, 8> joints = {"numero", "nro", "num", "no",
                                                    "de",     "del", "la",  "el"};

bool is_joint(const std::string& word) {
  return std::find(joints.begin(), joints.end(), word) != joints.end();
}

// "2", "dos"; the article of "localidad una" counts nothing.
std::optional<int> number_of(std::string_view word) {
  if (word == "un" || word == "una") return std::nullopt;
  const PlainText plain = plain_text(word);
  const Tokens tokens(plain);
  const auto reading = read_count(tokens, 0);
  if (!reading || reading->next != tokens.size()) return std::nullopt;
  return static_cast<int>(reading->value);
}

template <typename Wanted>
bool stand_at(const Words& words, std::size_t i, const Wanted& wanted) {
  return i + wanted.size() <= words.size() &&
         std::equal(wanted.begin(), wanted.end(), words.begin() + static_cast<std::ptrdiff_t>(i));
}

std::size_t behind_joints(const Words& words, std::size_t i) {
  while (i < words.size() && is_joint(words[i])) ++i;
  return i;
}

// Another follows it: "2 o 3", "2 y 3", "2 o la otra", "uno, dos o tres".
bool is_left_open(const Words& words, std::size_t end) {
  if (end >= words.size()) return false;
  if (words[end] == "o") return true;
  const std::size_t next = behind_joints(words, words[end] == "y" ? end + 1 : end);
  return next < words.size() && number_of(words[next]);
}

}  // namespace

std::optional<Units::Found> Units::number_at(const Words& words, std::size_t i,
                                             const Numbers& numbers) {
  const std::size_t at = behind_joints(words, i);
  const auto number = at < words.size() ? number_of(words[at]) : std::nullopt;
  const auto numbered = number ? numbers.find(*number) : numbers.end();
  if (numbered == numbers.end()) return std::nullopt;
  return Found{numbered->second, at + 1};
}

Units::Units(const catalog::Territory& territory) {
  for (const std::string_view head : {"localidad", "ucg", "unidad", "comunera"})
    words_.emplace_back(head);
  for (const catalog::Localidad& localidad : territory.localidades) {
    localidades_.emplace(localidad.number, localidad.id);
    add_name(localidad.name, localidad.id);
    for (const std::string& name : localidad.popular_names) add_name(name, localidad.id);
  }
  for (const catalog::Place& unit : territory.units)
    if (unit.ucg) ucgs_.emplace(*unit.ucg, unit.id);
  std::stable_sort(names_.begin(), names_.end(),
                   [](const Name& a, const Name& b) { return a.words.size() > b.words.size(); });
}

// Of "Localidad 2 De la Virgen y Turística" what is its own; numbers are read by themselves.
void Units::add_name(std::string_view name, const std::string& id) {
  Words words = split_words(name);
  words_.insert(words_.end(), words.begin(), words.end());
  const auto own = std::find_if(words.begin(), words.end(), [](const std::string& word) {
    return word != "localidad" && !is_joint(word) && !number_of(word);
  });
  words.erase(words.begin(), own);
  if (!words.empty()) names_.push_back({std::move(words), id});
}

const Units::Name* Units::name_at(const Words& words, std::size_t i) const {
  const auto name = std::find_if(names_.begin(), names_.end(),
                                 [&](const Name& one) { return stand_at(words, i, one.words); });
  return name == names_.end() ? nullptr : &*name;
}

// "2", "de la Virgen", "2 de la Virgen".
std::optional<Units::Found> Units::localidad_at(const Words& words, std::size_t i) const {
  const auto number = number_at(words, i, localidades_);
  const std::size_t next = behind_joints(words, number ? number->end : i);
  const Name* name = name_at(words, next);
  if (name == nullptr || (number && number->id != name->id)) return number;
  return Found{name->id, next + name->words.size()};
}

std::optional<PlaceMention> Units::mention_at(const Words& words, std::size_t i) const {
  const auto from = [&](std::size_t begin, const std::optional<Found>& found) {
    return found ? std::optional(PlaceMention{{found->id}, begin, found->end}) : std::nullopt;
  };
  if (words[i] == "localidad") return from(i, localidad_at(words, i + 1));
  // The office is what is asked for; only whose it is names the place.
  if (stand_at(words, i, local_office)) return from(i + 2, localidad_at(words, i + 2));
  if (stand_at(words, i, ucg_in_words)) {
    const std::size_t next = i + ucg_in_words.size();
    const bool in_full = stand_at(words, next, rest_of_ucg);
    return from(i, number_at(words, in_full ? next + rest_of_ucg.size() : next, ucgs_));
  }
  if (words[i] == "ucg") return from(i, number_at(words, i + 1, ucgs_));
  constexpr std::string_view joined = "ucg";  // "ucg6"
  if (!words[i].starts_with(joined)) return std::nullopt;
  Words apart = words;
  apart[i].erase(0, joined.size());
  return from(i, number_at(apart, i, ucgs_));
}

std::vector<PlaceMention> Units::find(const Words& words) const {
  std::vector<PlaceMention> out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::optional<PlaceMention> mention = mention_at(words, i);
    if (!mention) continue;
    if (is_left_open(words, mention->end)) return {};
    i = mention->end - 1;
    out.push_back(*std::move(mention));
  }
  return out;
}

}  // namespace catalina::dialog
