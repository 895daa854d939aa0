// The rules of understanding, config/intents.json: patterns for what must never be missed. Patterns
// are RE2, so no message can make one run away, and are matched against plain words
// (understanding/normalize.hpp), so they are written without accents.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dialog/understand.hpp"

namespace re2 {
class RE2;
}

namespace catalina::dialog {

using Pattern = std::shared_ptr<const re2::RE2>;

// `target` is meant when `pattern` is found and `unless` is not; `aspect` of it, when the message
// asks for none.
struct Rule {
  std::string name;
  std::string target;
  Aspect aspect = Aspect::general;
  Pattern pattern;
  Pattern unless;  // may be null
};

// Who can help with something that is no matter of the city.
struct Referral {
  Pattern pattern;
  std::string to;
};

// `aspect` is asked when `pattern` is found and `unless` is not.
struct AspectPattern {
  Aspect aspect = Aspect::general;
  Pattern pattern;
  Pattern unless;  // may be null
  // What it matches says also what is asked about ("quiero denunciar", "cómo podo"), so a message
  // of nothing else has a subject of its own.
  bool names_subject = false;
};

// How people ask, see understanding/aspect.hpp. Matched against words with marks.
struct AspectPatterns {
  Pattern no_question;               // resembles a question and is none: "la casa donde vivo"
  std::vector<AspectPattern> facts;  // the one found first in the message decides
  std::vector<AspectPattern> ways;   // for other messages: the first of these that matches decides
};

// A case that somebody asks about: "¿y para mi mamá?", "¿y si soy extranjero?".
struct Circumstance {
  std::string name;
  Pattern pattern;  // in the message
  Pattern facts;    // in what a hoja de vida says about it
};

// How messages refer to what was said before them, see Reference.
struct ReferencePatterns {
  Pattern other;
  Pattern correction;
  Pattern pointing;
  Pattern first;
  Pattern back;
  Pattern opening;
  Pattern question;  // what a question begins with
  Pattern contrast;  // in a message that is one wish, however many subjects it names
  Pattern what_if;   // what a question about a circumstance begins with
  std::vector<Circumstance> circumstances;
};

struct IntentsFile {
  std::vector<std::pair<std::string, std::string>> abbreviations;  // abbreviation, meaning
  std::vector<std::string> stop_words;
  std::vector<std::string> place_words;  // "vivo", "barrio": what stands around a place's name
  std::vector<Pattern> confidential;     // a message that one of them is found in is not stored
  std::vector<Rule> rules;               // the first that matches decides
  std::vector<Referral> referrals;
  AspectPatterns aspects;
  ReferencePatterns references;
};

// Throws std::runtime_error naming intents.json, the place in it and what is wrong there; a line
// for each pattern that cannot be used.
IntentsFile read_intents(std::string_view json);

bool found(const Pattern& pattern, std::string_view plain_words);
// Where the pattern is found first, in bytes; std::string_view::npos when nowhere.
std::size_t find_first(const Pattern& pattern, std::string_view plain_words);
// `plain_words` with `instead` in place of all that the pattern matches.
std::string without(const Pattern& pattern, std::string plain_words,
                    std::string_view instead = " ");
// The literal words of a pattern: spellings that rules rely on.
std::vector<std::string> words_of(const Pattern& pattern);

}  // namespace catalina::dialog
