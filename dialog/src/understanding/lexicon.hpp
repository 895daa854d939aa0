// The words a message is read with: those that have a right spelling, the names of places and
// offices, and those that every message has. Built of a catalog and config/intents.json, then
// immutable.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "catalog/catalog.hpp"
#include "understanding/normalize.hpp"
#include "understanding/patterns.hpp"
#include "understanding/places.hpp"
#include "understanding/units.hpp"

namespace catalina::dialog {

struct Lexicon {
  Lexicon(const catalog::Catalog& catalog, const IntentsFile& intents);

  // Whether words name no subject of their own, only ask or tell where somebody lives. `mentions`
  // are the names among them, from left to right.
  bool is_elliptical(const AspectPatterns& aspects, const std::vector<std::string>& words,
                     const std::vector<PlaceMention>& mentions) const;

  Places places;
  Units units;
  Places offices;
  std::unordered_set<std::string> stop_words;
  std::unordered_set<std::string> place_words;  // what stands around a place's name
  Normalizer normalizer;

 private:
  void add_patterns(const IntentsFile& intents);
  void add_catalog(const catalog::Catalog& catalog);
};

}  // namespace catalina::dialog
