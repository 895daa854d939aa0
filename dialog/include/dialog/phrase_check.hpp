// Whether the new phrases and rules of a catalog take messages away from other targets. Run before
// a catalog is published, never in a turn: it understands every phrase that the catalog holds.
#pragma once

#include <string>
#include <vector>

#include "catalog/documents.hpp"
#include "dialog/knowledge.hpp"

namespace catalina::dialog {

struct Stolen {
  std::string phrase;
  std::string owner;  // its target
  std::string file;   // that holds it
};

struct Theft {
  enum class Kind {
    rule,       // a rule catches phrases of other targets
    phrase,     // a new phrase is like those of another target, or has taken some of them
    duplicate,  // one phrase stands under two targets that are no answer to the same thing
  };
  Kind kind = Kind::phrase;
  std::string file;            // that holds the thief
  std::string thief;           // the phrase, or the name of the rule
  std::string target;          // where the messages would go
  std::vector<Stolen> stolen;  // the nearest to a phrase come first
};

// For the editor, in Spanish: who takes what from whom (the first ten and how many more), and what
// to do about it. Several lines.
std::string in_words(const Theft& theft);

// A catalog and what was built from it.
struct Edition {
  const catalog::Files& files;
  const Knowledge& knowledge;
};

// What `next` takes that `before` did not: what is in force is not judged again. Takes seconds for
// tens of thousands of phrases; no time when neither phrases nor rules have changed.
std::vector<Theft> find_thefts(const Edition& before, const Edition& next);

}  // namespace catalina::dialog
