#include "understanding/aspect.hpp"

#include <cctype>
#include <cstddef>

namespace catalina::dialog {
namespace {

// Stands for what was blanked: no pattern may join the words around it.
constexpr std::string_view gap = " ; ";

// The mark that stands at `i` and its length in bytes; 0 bytes when none does.
struct Mark {
  char sign = 0;
  std::size_t size = 0;
};

bool is_digit_at(std::string_view utf8, std::size_t i) {
  return i < utf8.size() && std::isdigit(static_cast<unsigned char>(utf8[i])) != 0;
}

Mark mark_at(std::string_view utf8, std::size_t i) {
  constexpr std::string_view opening_question = "\u00BF";
  constexpr std::string_view opening_exclamation = "\u00A1";
  if (utf8.substr(i).starts_with(opening_question)) return {',', opening_question.size()};
  if (utf8.substr(i).starts_with(opening_exclamation)) return {',', opening_exclamation.size()};
  switch (utf8[i]) {
    case '?':
      return {'?', 1};
    case '.':
    case ',':
    case ':':
      // "8:30" and "1.500" are one.
      if (i > 0 && is_digit_at(utf8, i - 1) && is_digit_at(utf8, i + 1)) return {};
      return {',', 1};
    case ';':
    case '!':
    case '\n':
      return {',', 1};
    default:
      return {};
  }
}

// Marks side by side are one, and a question mark says most.
void add_mark(char sign, std::string& out) {
  if (out.empty() || out.back() == '?') return;
  if (out.back() == ',') {
    out.back() = sign;
    return;
  }
  out += ' ';
  out += sign;
}

}  // namespace

std::string words_with_marks(const Normalizer& normalizer, std::string_view utf8) {
  std::string out;
  const auto add_words = [&](std::string_view clause) {
    for (const std::string& word : normalizer.words(clause)) {
      if (!out.empty()) out += ' ';
      out += word;
    }
  };
  std::size_t begin = 0;
  for (std::size_t i = 0; i < utf8.size();) {
    const Mark mark = mark_at(utf8, i);
    if (mark.size == 0) {
      ++i;
      continue;
    }
    add_words(utf8.substr(begin, i - begin));
    add_mark(mark.sign, out);
    i += mark.size;
    begin = i;
  }
  add_words(utf8.substr(begin));
  if (out.ends_with(" ,")) out.resize(out.size() - 2);
  return out;
}

std::optional<Aspect> asked_aspect(const AspectPatterns& patterns, std::string_view marked_words) {
  const std::string asking = without(patterns.no_question, std::string(marked_words), gap);
  std::optional<Aspect> fact;
  std::size_t first = asking.size();
  for (const AspectPattern& candidate : patterns.facts) {
    const std::size_t place = find_first(candidate.pattern, asking);
    if (place >= first) continue;
    first = place;
    fact = candidate.aspect;
  }
  if (fact) return fact;
  for (const AspectPattern& way : patterns.ways) {
    if (found(way.pattern, marked_words) && !found(way.unless, marked_words)) return way.aspect;
  }
  return std::nullopt;
}

Aspect told_aspect(std::string_view kind) {
  if (kind == "tramite") return Aspect::pasos;
  return kind == "servicio" ? Aspect::otro : Aspect::general;
}

std::string without_question(const AspectPatterns& patterns, std::string plain_words) {
  for (const auto* group : {&patterns.facts, &patterns.ways}) {
    for (const AspectPattern& pattern : *group) {
      if (!pattern.names_subject) plain_words = without(pattern.pattern, std::move(plain_words));
    }
  }
  return plain_words;
}

}  // namespace catalina::dialog
