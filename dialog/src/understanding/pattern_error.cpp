#include "understanding/pattern_error.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <vector>

namespace catalina::dialog {
namespace {

const char* in_words(RE2::ErrorCode code) {
  switch (code) {
    case RE2::ErrorBadEscape:
      return "detrás de la barra «\\» se esperaba una de: b d s w y las que quitan su sentido a un "
             "signo";
    case RE2::ErrorBadCharClass:
    case RE2::ErrorBadCharRange:
      return "entre corchetes se esperaban letras o un rango como a-z";
    case RE2::ErrorMissingBracket:
      return "se abre un corchete que no se cierra con «]»";
    case RE2::ErrorMissingParen:
      return "se abre un paréntesis que no se cierra con «)»";
    case RE2::ErrorUnexpectedParen:
      return "se cierra un paréntesis que nadie abrió";
    case RE2::ErrorTrailingBackslash:
      return "detrás de la última barra «\\» se esperaba una letra o un signo";
    case RE2::ErrorRepeatArgument:
      return "delante de «*», «+», «?» o «{» se esperaba lo que se repite";
    case RE2::ErrorRepeatSize:
      return "se repite demasiado, o el primer número es mayor que el segundo";
    case RE2::ErrorRepeatOp:
      return "dos signos de repetición seguidos, como «**»; se esperaba uno";
    case RE2::ErrorBadPerlOp:
    case RE2::ErrorBadNamedCapture:
      return "detrás de «(?» se esperaba «:»; mirar hacia adelante o hacia atrás no se puede";
    case RE2::ErrorPatternTooLarge:
      return "es demasiado grande: se esperaba uno más corto o con menos repeticiones";
    default:
      return "no se entiende";
  }
}

// Where the parenthesis stands that has no partner; RE2 names only the whole pattern.
std::size_t lone_parenthesis(const std::string& source) {
  std::vector<std::size_t> open;
  bool in_class = false;
  for (std::size_t i = 0; i < source.size(); ++i) {
    const char c = source[i];
    if (c == '\\') {
      ++i;
    } else if (in_class) {
      in_class = c != ']';
    } else if (c == '[') {
      in_class = true;
      if (i + 1 < source.size() && source[i + 1] == '^') ++i;
      if (i + 1 < source.size() && source[i + 1] == ']') ++i;  // the first one stands for itself
    } else if (c == '(') {
      open.push_back(i);
    } else if (c == ')') {
      if (open.empty()) return i;
      open.pop_back();
    }
  }
  return open.empty() ? 0 : open.back();
}

std::size_t position_in(const std::string& source, const RE2& broken) {
  switch (broken.error_code()) {
    case RE2::ErrorMissingParen:
    case RE2::ErrorUnexpectedParen:
      return lone_parenthesis(source);
    case RE2::ErrorTrailingBackslash:
      return source.size() - 1;
    default:
      return std::min(source.find(broken.error_arg()), source.size());
  }
}

}  // namespace

std::string what_is_wrong_with(const RE2& broken) {
  const std::string& source = broken.pattern();
  return "en el carácter " + std::to_string(position_in(source, broken) + 1) + " de «" + source +
         "»: " + in_words(broken.error_code());
}

}  // namespace catalina::dialog
