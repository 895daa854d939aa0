#include "learning/noise.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace catalina::dialog {
namespace {

constexpr std::array<std::string_view, 16> openings{"hola",
                                                    "hola buenas tardes",
                                                    "buenos días",
                                                    "buenas",
                                                    "buenas noches",
                                                    "hola catalina",
                                                    "hola cómo estás",
                                                    "ajá catalina",
                                                    "buenas tardes, una pregunta",
                                                    "hola, me puedes ayudar con algo",
                                                    "disculpa",
                                                    "mira",
                                                    "buen día señorita",
                                                    "hola qué tal",
                                                    "oye",
                                                    "muy buenas tardes tenga usted"};
constexpr std::array<std::string_view, 10> closings{"gracias",
                                                    "muchas gracias",
                                                    "por favor",
                                                    "xfa",
                                                    "mil gracias",
                                                    "gracias de antemano",
                                                    "quedo atento",
                                                    "me ayudas por favor",
                                                    "espero su respuesta",
                                                    "Dios la bendiga"};

// Of words long enough to be still known afterwards.
constexpr std::size_t shortest_slipped = 4;
constexpr unsigned words_between_slips = 5;  // on average

bool is_plain_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Plain letters only: the bytes of others belong together.
void slip(std::string& word, std::mt19937& random) {
  const std::size_t at = 1 + random() % (word.size() - 2);
  if (!is_plain_letter(word[at]) || !is_plain_letter(word[at + 1])) return;
  switch (random() % 5) {
    case 0:
      word.erase(at, 1);
      break;
    case 1:
      word.insert(at, 1, word[at]);
      break;
    case 2:
      std::swap(word[at], word[at + 1]);
      break;
    default:
      if (word.back() == 's' || word.back() == 'r' || word.back() == 'd') word.pop_back();
  }
}

}  // namespace

std::string with_courtesies(std::string_view phrase, std::mt19937& random) {
  std::string out;
  const auto which = random() % 3;  // before, after, both
  if (which != 1) {
    out += openings[random() % openings.size()];
    out += random() % 2 == 0 ? ", " : " ";
  }
  out += phrase;
  if (which != 0) {
    out += random() % 2 == 0 ? ", " : " ";
    out += closings[random() % closings.size()];
  }
  return out;
}

std::string with_slips(std::string_view phrase, std::mt19937& random) {
  std::string out;
  while (!phrase.empty()) {
    const std::size_t end = std::min(phrase.find(' '), phrase.size());
    std::string word(phrase.substr(0, end));
    const bool ends = end == phrase.size();
    if (word.size() >= shortest_slipped && random() % words_between_slips == 0) slip(word, random);
    out += word;
    const bool runs_together = random() % (words_between_slips * 4) == 0;
    if (!ends && !runs_together) out += ' ';
    phrase.remove_prefix(ends ? end : end + 1);
  }
  return out;
}

}  // namespace catalina::dialog
