// WhatsApp Spanish to plain words: "Ke nesesitooo xa sacar l sertificado??" becomes
// "que necesito para sacar el certificado". Everything after this file sees only plain words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace catalina::dialog {

// Longest message that is read, in UTF-16 units and in words: what bounds the time of a turn.
inline constexpr std::size_t longest_message = 4096;
inline constexpr std::size_t most_words = 400;

// Lower-case runs of letters and digits of `utf8`, without accents and without the repetitions of
// enthusiasm ("holaaaa"). Other scripts and emoji separate words.
std::vector<std::string> split_words(std::string_view utf8);

// How a word sounds to somebody from Cartagena who writes by ear: "ke", "que" and "qe" are one, so
// are s, c before e and z; v and b; ll and y; h is silent.
std::string phonetic_key(std::string_view word);

// What the forms of a word have in common, from its phonetic key: "pagar", "pagué", "paga".
std::string stem(std::string_view word);

std::string join_words(const std::vector<std::string>& words);

// Expands abbreviations and puts words that are known by ear back into their spelling. Immutable
// once the vocabulary is complete.
class Normalizer {
 public:
  // `abbreviation` is one word, `meaning` one or more.
  void add_abbreviation(std::string_view abbreviation, std::string_view meaning);
  // A correctly spelled word. Of two that sound alike, the one added more often is restored.
  void add_word(const std::string& word);

  std::vector<std::string> words(std::string_view utf8) const;

 private:
  bool known(const std::string& word) const;
  // Puts an unknown word into the spelling of the known one that it stands for, if there is one.
  void respell(std::string& word) const;

  struct Spelling {
    std::string word;
    std::uint32_t uses = 0;
  };
  std::unordered_map<std::string, std::vector<std::string>> abbreviations_;
  std::unordered_map<std::string, std::uint32_t> vocabulary_;    // word → how often added
  std::unordered_map<std::string, Spelling> spelling_by_sound_;  // phonetic key → word
};

}  // namespace catalina::dialog
