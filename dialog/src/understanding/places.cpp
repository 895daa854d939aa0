#include "understanding/places.hpp"

#include <algorithm>
#include <iterator>

#include "understanding/normalize.hpp"

namespace catalina::dialog {
namespace {

// "El Dadis" is also "del Dadis" and "Dadis".
std::string without_article(const std::string& name) {
  for (const std::string_view article : {"el ", "la ", "los ", "las "}) {
    if (name.starts_with(article)) return name.substr(article.size());
  }
  return name;
}

// The id of phrases that name no place though they hold the name of one.
const std::string no_place;

}  // namespace

std::vector<PlaceMention> in_order(const std::vector<PlaceMention>& some,
                                   const std::vector<PlaceMention>& others) {
  std::vector<PlaceMention> all;
  std::merge(some.begin(), some.end(), others.begin(), others.end(), std::back_inserter(all),
             [](const PlaceMention& a, const PlaceMention& b) { return a.begin < b.begin; });
  return all;
}

Places::Places(const catalog::Territory& territory) {
  for (const catalog::Place& place : territory.places) {
    add(place.name, place.id);
    for (const std::string& variant : place.variants) add(variant, place.id);
    for (const std::string& phrase : place.not_meant) add(phrase, no_place);
  }
  sort();
}

Places::Places(const std::vector<catalog::Dependencia>& offices) {
  for (const catalog::Dependencia& office : offices) {
    add(office.name, office.id);
    for (const std::string& name : office.popular_names) add(without_article(name), office.id);
  }
  sort();
}

void Places::sort() {
  for (auto& [first, names] : by_first_word_) {
    std::stable_sort(names.begin(), names.end(),
                     [](const Name& a, const Name& b) { return a.words.size() > b.words.size(); });
  }
}

void Places::add(const std::string& name, const std::string& id) {
  std::vector<std::string> words = split_words(name);
  if (words.empty()) return;
  words_.insert(words_.end(), words.begin(), words.end());
  std::vector<Name>& names = by_first_word_[words.front()];
  const auto same = std::find_if(names.begin(), names.end(),
                                 [&](const Name& other) { return other.words == words; });
  if (same == names.end()) {
    names.push_back({std::move(words), {id}});
  } else if (std::find(same->ids.begin(), same->ids.end(), id) == same->ids.end()) {
    same->ids.push_back(id);
  }
}

std::vector<PlaceMention> Places::find(const std::vector<std::string>& words) const {
  std::vector<PlaceMention> out;
  for (std::size_t i = 0; i < words.size();) {
    const auto names = by_first_word_.find(words[i]);
    std::size_t length = 1;
    if (names != by_first_word_.end()) {
      for (const Name& name : names->second) {
        if (i + name.words.size() > words.size() ||
            !std::equal(name.words.begin(), name.words.end(),
                        words.begin() + static_cast<std::ptrdiff_t>(i))) {
          continue;
        }
        length = name.words.size();
        if (name.ids.front() != no_place) out.push_back({name.ids, i, i + length});
        break;
      }
    }
    i += length;
  }
  return out;
}

}  // namespace catalina::dialog
