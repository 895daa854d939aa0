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
constexpr std::array<std::string_view, 12> around = {
    "el", "la", "lo", "opcion", "numero", "nro", "num", "numeral", "quiero", "es", "por", "favor"};

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

// From 1; 0 when the words are not just one number.
std::size_t number_in(std::vector<std::string> words) {
  std::erase_if(words, [](const std::string& word) { return contains(around, word); });
  if (words.size() != 1) return 0;
  const std::string& word = words.front();
  for (std::size_t i = 0; i < spelled.size(); ++i) {
    if (contains(spelled[i], word)) return i + 1;
  }
  std::size_t number = 0;
  const char* end = word.data() + word.size();
  const auto [read, error] = std::from_chars(word.data(), end, number);
  return error == std::errc() && read == end ? number : 0;
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
  const std::size_t number = conversation.numbered ? number_in(words) : 0;
  if (number < 1 || number > offers.size()) return nullptr;
  const Offer& counted = offers[number - 1];
  return counted.choice == person_choice() ? nullptr : &counted;
}

}  // namespace catalina::dialog
