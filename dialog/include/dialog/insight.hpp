// Why a message is understood as it is: what staff look at to see which words led where, and which
// phrases would teach better.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dialog/understand.hpp"

namespace catalina::dialog {

// One word of the message, by what its absence would change: without it the first candidate would
// have the confidence `first`, and the second `second`.
struct WordEffect {
  std::string word;  // as it was written
  double first = 0;
  double second = 0;  // 0 when there is no second candidate
};

struct Insight {
  Understanding understanding;
  std::vector<std::string> words;   // as they are read: abbreviations expanded, spelling restored
  std::vector<WordEffect> effects;  // those whose absence costs the first candidate most come first
};

// Understands the message, as written at `now`, once for each of its words: milliseconds, for
// people and not for turns.
Insight look_into(const Recognizer& recognizer, std::string_view message, Time now);

}  // namespace catalina::dialog
