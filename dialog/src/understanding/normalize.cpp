#include "understanding/normalize.hpp"

#include <algorithm>
#include <array>

#include "catalog/text.hpp"

namespace catalina::dialog {
namespace {

// A word longer than this is no word; its tail is dropped.
constexpr std::size_t longest_word = 32;
// Shorter words sound like too many others to be respelled.
constexpr std::size_t shortest_respelled = 3;
constexpr std::size_t shortest_stem = 3;

bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_vowel(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

// Three or more of a letter are enthusiasm; two may be spelling.
void collapse_repetitions(std::string& word) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < word.size();) {
    const char c = word[i];
    const std::size_t end = std::min(word.find_first_not_of(c, i), word.size());
    const std::size_t run = is_letter(c) && end - i >= 3 ? 1 : end - i;
    std::fill_n(word.begin() + static_cast<std::ptrdiff_t>(kept), run, c);
    kept += run;
    i = end;
  }
  word.resize(kept);
}

bool strip_suffix(std::string& word, std::string_view suffix) {
  if (word.size() < suffix.size() + shortest_stem || !word.ends_with(suffix)) return false;
  word.resize(word.size() - suffix.size());
  return true;
}

}  // namespace

std::vector<std::string> split_words(std::string_view utf8) {
  std::vector<std::string> words;
  std::string word;
  const auto finish = [&] {
    if (word.empty()) return;
    collapse_repetitions(word);
    words.push_back(std::move(word));
    word.clear();
  };
  for (char c : text::fold(utf8)) {
    if (is_letter(c) || is_digit(c)) {
      if (word.size() < longest_word) word += c;
    } else {
      finish();
    }
    if (words.size() == most_words) return words;
  }
  finish();
  return words;
}

std::string phonetic_key(std::string_view word) {
  std::string key;
  key.reserve(word.size());
  const auto at = [&](std::size_t i) { return i < word.size() ? word[i] : '\0'; };
  const auto soft = [&](std::size_t i) { return at(i) == 'e' || at(i) == 'i'; };
  const auto add = [&](char c) {
    // Doubled sounds are written once.
    if (key.empty() || key.back() != c || is_digit(c)) key += c;
  };
  for (std::size_t i = 0; i < word.size(); ++i) {
    switch (word[i]) {
      case 'h':
        break;
      case 'v':
        add('b');
        break;
      case 'z':
      case 'x':
        add('s');
        break;
      case 'c':
        if (at(i + 1) == 'h') {
          add('C');  // "ch", which sounds like no other letter
          ++i;
        } else {
          add(soft(i + 1) ? 's' : 'k');
        }
        break;
      case 'q':
        add('k');
        if (at(i + 1) == 'u') ++i;
        break;
      case 'g':
        if (at(i + 1) == 'u' && soft(i + 2)) {
          add('g');
          ++i;
        } else {
          add(soft(i + 1) ? 'j' : 'g');
        }
        break;
      case 'l':
        if (at(i + 1) == 'l' && i + 2 < word.size()) {
          add('y');
          ++i;
        } else {
          add('l');
        }
        break;
      case 'y':
        // A vowel at the end of a word or alone, a consonant elsewhere.
        add(i + 1 == word.size() ? 'i' : 'y');
        break;
      default:
        add(word[i]);
    }
  }
  return key;
}

std::string stem(std::string_view word) {
  std::string key = phonetic_key(word);
  if (std::any_of(key.begin(), key.end(), is_digit)) return key;
  strip_suffix(key, "mente");
  // Pronouns that hang on a verb: "pagarlo", "registrarme".
  static constexpr std::array<std::string_view, 9> pronouns = {"los", "las", "les", "nos", "me",
                                                               "te",  "se",  "lo",  "la"};
  static constexpr std::array<std::string_view, 3> infinitives = {"ar", "er", "ir"};
  for (std::string_view pronoun : pronouns) {
    if (!key.ends_with(pronoun)) continue;
    std::string_view verb(key);
    verb.remove_suffix(pronoun.size());
    if (verb.size() > shortest_stem &&
        std::any_of(infinitives.begin(), infinitives.end(),
                    [&](std::string_view ending) { return verb.ends_with(ending); })) {
      key.resize(verb.size());
    }
    break;
  }
  const std::size_t length = key.size();
  if (key.ends_with("es") && length > shortest_stem + 1 && !is_vowel(key[length - 3])) {
    key.resize(length - 2);
  } else if (key.ends_with('s') && length > shortest_stem && is_vowel(key[length - 2])) {
    key.pop_back();
  }
  static constexpr std::array<std::string_view, 26> endings = {
      "asion", "isiones", "ision", "amiento", "imiento", "aron", "ieron", "ando", "iendo",
      "amos",  "emos",    "imos",  "ado",     "ada",     "ido",  "ida",   "aba",  "ia",
      "ar",    "er",      "ir",    "an",      "en",      "io",   "ie",    "eo"};
  for (std::string_view ending : endings) {
    if (strip_suffix(key, ending)) return key;
  }
  if (key.size() > shortest_stem && is_vowel(key.back())) key.pop_back();
  return key;
}

std::string join_words(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

void Normalizer::add_abbreviation(std::string_view abbreviation, std::string_view meaning) {
  for (std::string& word : split_words(abbreviation)) {
    abbreviations_[std::move(word)] = split_words(meaning);
  }
}

void Normalizer::add_word(const std::string& word) {
  const std::uint32_t uses = ++vocabulary_[word];
  if (word.size() < shortest_respelled) return;
  Spelling& spelling = spelling_by_sound_[phonetic_key(word)];
  // On a tie the alphabet decides, so that the order of files does not.
  if (uses > spelling.uses || (uses == spelling.uses && word < spelling.word)) {
    spelling = {word, uses};
  }
}

bool Normalizer::known(const std::string& word) const {
  return vocabulary_.find(word) != vocabulary_.end();
}

void Normalizer::respell(std::string& word) const {
  if (word.size() < shortest_respelled || known(word)) return;
  const auto spelling = spelling_by_sound_.find(phonetic_key(word));
  if (spelling != spelling_by_sound_.end()) {
    word = spelling->second.word;
    return;
  }
  // As the coast speaks: "armao" for "armado", "construí" for "construir".
  std::string full = word;
  const std::size_t ao = word.rfind("ao");
  if (ao != std::string::npos && ao + 3 >= word.size()) full.insert(ao + 1, 1, 'd');
  if (known(full)) {
    word = std::move(full);
  } else if (known(word + 'r')) {
    word += 'r';
  }
}

std::vector<std::string> Normalizer::words(std::string_view utf8) const {
  std::vector<std::string> out;
  for (std::string& word : split_words(utf8)) {
    if (out.size() >= most_words) break;
    const auto abbreviation = abbreviations_.find(word);
    if (abbreviation != abbreviations_.end()) {
      out.insert(out.end(), abbreviation->second.begin(), abbreviation->second.end());
      continue;
    }
    respell(word);
    out.push_back(std::move(word));
  }
  return out;
}

}  // namespace catalina::dialog
