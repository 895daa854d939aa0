#include "understanding/lexicon.hpp"

#include <algorithm>

#include "understanding/aspect.hpp"

namespace catalina::dialog {
namespace {

// A longer message has a subject of its own, even if it hides behind ordinary words.
constexpr std::size_t longest_elliptical = 10;  // words beside the names

std::unordered_set<std::string> parts_of(const std::vector<std::string>& texts) {
  std::unordered_set<std::string> out;
  for (const std::string& one : texts) {
    for (std::string& part : split_words(one)) out.insert(std::move(part));
  }
  return out;
}

void add_text(Normalizer& normalizer, std::string_view text) {
  for (const std::string& word : split_words(text)) normalizer.add_word(word);
}

void add_pattern(Normalizer& normalizer, const Pattern& pattern) {
  if (!pattern) return;
  for (const std::string& word : words_of(pattern)) normalizer.add_word(word);
}

}  // namespace

Lexicon::Lexicon(const catalog::Catalog& catalog, const IntentsFile& intents)
    : places(catalog.territory()),
      units(catalog.territory()),
      offices(catalog.dependencias()),
      stop_words(parts_of(intents.stop_words)),
      place_words(parts_of(intents.place_words)) {
  for (const auto& [abbreviation, meaning] : intents.abbreviations) {
    normalizer.add_abbreviation(abbreviation, meaning);
  }
  add_patterns(intents);
  for (const std::string& word : intents.stop_words) add_text(normalizer, word);
  for (const std::string& word : places.words()) normalizer.add_word(word);
  for (const std::string& word : units.words()) normalizer.add_word(word);
  for (const std::string& word : offices.words()) normalizer.add_word(word);
  add_catalog(catalog);
}

// A rule that is missed for a spelling is the worst miss.
void Lexicon::add_patterns(const IntentsFile& intents) {
  for (const Rule& rule : intents.rules) {
    add_pattern(normalizer, rule.pattern);
    add_pattern(normalizer, rule.unless);
  }
  for (const Pattern& pattern : intents.confidential) add_pattern(normalizer, pattern);
  for (const Referral& referral : intents.referrals) add_pattern(normalizer, referral.pattern);
  for (const auto* aspects : {&intents.aspects.facts, &intents.aspects.ways}) {
    for (const AspectPattern& aspect : *aspects) add_pattern(normalizer, aspect.pattern);
  }
}

void Lexicon::add_catalog(const catalog::Catalog& catalog) {
  for (const catalog::HojaDeVida& tramite : catalog.tramites()) {
    add_text(normalizer, tramite.name);
    for (const std::string& name : tramite.popular_names) add_text(normalizer, name);
    for (const catalog::QuestionAnswer& entry : tramite.faq) add_text(normalizer, entry.question);
    add_text(normalizer, tramite.description);
    add_text(normalizer, tramite.audience);
  }
  for (const catalog::Faq& faq : catalog.faqs()) {
    add_text(normalizer, faq.question);
    for (const std::string& variant : faq.variants) add_text(normalizer, variant);
    add_text(normalizer, faq.answer);
  }
}

bool Lexicon::is_elliptical(const AspectPatterns& aspects, const std::vector<std::string>& words,
                            const std::vector<PlaceMention>& mentions) const {
  std::vector<std::string> kept;
  auto mention = mentions.begin();
  for (std::size_t i = 0; i < words.size(); ++i) {
    while (mention != mentions.end() && mention->end <= i) ++mention;
    if (mention == mentions.end() || i < mention->begin) kept.push_back(words[i]);
  }
  if (kept.size() > longest_elliptical) return false;
  const std::vector<std::string> rest = split_words(without_question(aspects, join_words(kept)));
  return std::all_of(rest.begin(), rest.end(), [&](const std::string& word) {
    return stop_words.contains(word) || (!mentions.empty() && place_words.contains(word));
  });
}

}  // namespace catalina::dialog
