#include "picking.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "dialog/choice.hpp"
#include "understanding/normalize.hpp"

namespace catalina::dialog {
namespace {

// Titles are far shorter; what is longer was not written to pick one.
constexpr std::size_t longest_pick = 120;  // bytes

// What may stand around a number: "quiero la opción número 2, por favor".
constexpr std::array<std::string_view, 17> around = {
    "el", "la",  "lo",    "opcion", "numero", "nro",  "num",   "numeral", "quiero",
    "es", "por", "favor", "letra",  "era",    "sino", "mejor", "digo"};
// "La b": a letter alone is as likely a slip.
constexpr std::array<std::string_view, 3> before_letter = {"la", "opcion", "letra"};
constexpr std::string_view no = "no";

constexpr std::array<std::array<std::string_view, 3>, 10> spelled = {
    {{"uno", "primero", "primera"},
     {"dos", "segundo", "segunda"},
     {"tres", "tercero", "tercera"},
     {"cuatro", "cuarto", "cuarta"},
     {"cinco", "quinto", "quinta"},
     {"seis", "sexto", "sexta"},
     {"siete", "septimo", "septima"},
     {"ocho", "octavo", "octava"},
     {"nueve", "noveno", "novena"},
     {"diez", "decimo", "decima"}}};

template <typename Range>
bool contains(const Range& range, std::string_view word) {
  return std::find(range.begin(), range.end(), word) != range.end();
}

// From 1; 0 when the word is no number.
std::size_t number_of(const std::string& word) {
  for (std::size_t i = 0; i < spelled.size(); ++i) {
    if (contains(spelled[i], word)) return i + 1;
  }
  std::size_t number = 0;
  const char* end = word.data() + word.size();
  const auto [read, error] = std::from_chars(word.data(), end, number);
  return error == std::errc() && read == end ? number : 0;
}

// The number that is wanted, from 1: "la 2"; "el segundo no, el primero". 0 when the words are not
// just that.
std::size_t number_in(std::vector<std::string> words) {
  std::erase_if(words, [](const std::string& word) { return contains(around, word); });
  if (words.empty() || words.back() == no) return 0;
  const std::size_t wanted = number_of(words.back());
  words.pop_back();
  if (words.empty()) return wanted;
  // Before it only what is turned down.
  const auto turned_down = [](const std::string& word) {
    return word == no || number_of(word) > 0;
  };
  const bool corrects = contains(words, no) && words.size() <= 2 &&
                        std::all_of(words.begin(), words.end(), turned_down);
  return corrects ? wanted : 0;
}

// "La b", "opción C".
std::size_t letter_in(const std::vector<std::string>& words) {
  if (words.size() != 2 || !contains(before_letter, words[0]) || words[1].size() != 1) return 0;
  const char letter = words[1][0];
  return letter >= 'a' && letter <= 'e' ? static_cast<std::size_t>(letter - 'a') + 1 : 0;
}

}  // namespace

const Offer* picked(const Conversation& conversation, std::string_view text) {
  if (text.size() > longest_pick) return nullptr;
  const std::vector<Offer>& offers = conversation.offers;
  const std::vector<std::string> words = split_words(text);
  if (words.empty()) return nullptr;
  const auto same = std::find_if(offers.begin(), offers.end(), [&](const Offer& offer) {
    return split_words(offer.title) == words;
  });
  if (same != offers.end()) return &*same;
  if (!conversation.numbered) return nullptr;
  const std::size_t number = std::max(number_in(words), letter_in(words));
  if (number < 1 || number > offers.size()) return nullptr;
  const Offer& counted = offers[number - 1];
  return counted.choice == person_choice() ? nullptr : &counted;
}

std::string picked_instead(const Conversation& conversation, std::string_view text) {
  if (conversation.numbered || text.size() > longest_pick) return "";
  const std::vector<std::string> words = split_words(text);
  if (!contains(words, no)) return "";
  const std::size_t number = number_in(words);
  const std::vector<std::string>& all = conversation.alternatives;
  return number < 1 || number > all.size() ? "" : all[number - 1];
}

}  // namespace catalina::dialog
