// What a house and a vehicle are known by: cadastral references and plates.
#include <algorithm>
#include <array>

#include "understanding/entities/mentions.hpp"
#include "understanding/entities/scan.hpp"

namespace catalina::dialog {
namespace {

// How far before a number the word that names it may stand.
constexpr std::size_t reach = 40;

bool is_named_before(const RE2& name, std::string_view text, std::size_t at) {
  const std::size_t from = at > reach ? at - reach : 0;
  return RE2::PartialMatch(re2::StringPiece(text.data() + from, at - from), name);
}

// Three letters before a number that are no plate: "son 300", "cra 123", "AKT 125".
constexpr std::array<std::string_view, 65> no_plates{
    "abr", "ago", "akt", "apt", "art", "avd", "bis", "bmw", "cai", "cel", "cll", "cod", "con",
    "cop", "cra", "ctg", "cuo", "dec", "del", "dia", "dic", "ene", "era", "etc", "ext", "feb",
    "fue", "han", "hay", "int", "jul", "jun", "kra", "ktm", "las", "ley", "los", "lot", "mar",
    "mas", "may", "mil", "mza", "nit", "nkd", "nov", "nro", "num", "oct", "pin", "por", "ppt",
    "que", "res", "sep", "sin", "son", "sur", "tel", "tvs", "ucg", "una", "uno", "urb", "van"};

bool is_plate_series(std::string_view letters) {
  return std::find(no_plates.begin(), no_plates.end(), letters) == no_plates.end();
}

std::string without_separators(std::string_view text) {
  std::string plate;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') plate += static_cast<char>(c - 'a' + 'A');
    if (c >= '0' && c <= '9') plate += c;
  }
  return plate;
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

// Letters in capitals among small ones stand out on purpose; in a shouted message they do not.
bool stands_out(const PlainText& plain, std::string_view message, std::size_t begin,
                std::size_t end) {
  for (std::size_t i = begin; i < end; ++i)
    if (!is_upper(message[plain.offsets[i]])) return false;
  return std::any_of(message.begin(), message.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

// The Número Predial Nacional has 30 digits (IGAC, Resolución 829 de 2013), the number before it
// 20; bills of Cartagena also show 15, written 01-02-0123-0004-000.
void find_cadastral_references(const PlainText& plain, Mentions& out) {
  static const RE2 pattern(R"(\d(?:[ .-]?\d){14,29})");
  static const RE2 name(R"(\b(?:referencia|catastral|predial|predio|npn)\b)");
  static const RE2 bill_form(R"(\d{2}-\d{2}-\d{4}-\d{4}-\d{3})");
  const std::string_view text = plain.text;
  for_each_match(pattern, text, [&](const Match& match) {
    const std::string digits = only_digits(match.group(0));
    const std::size_t length = digits.size();
    if (length != 30 && length != 20 && length != 15) return;
    if (!stands_alone(text, match.begin(), match.end())) return;
    const bool in_one_go = match.group(0).size() == length;
    const bool certain = (length == 30 && in_one_go) ||
                         (length > 15 && digits.starts_with("13001")) ||
                         RE2::FullMatch(match.groups[0], bill_form);
    if (certain || is_named_before(name, text, match.begin()))
      out.add(EntityKind::referencia_catastral, digits, match.begin(), match.end());
  });
}

// Kinds of plates: Código Nacional de Tránsito (Ley 769 de 2002), article 44. ABC123 cars, ABC12D
// motorcycles (ABC12 old ones), 123ABC motor tricycles, AB1234 diplomats, R12345 and S12345
// trailers, T1234 transit of cargo. Only the first two are taken for a plate without being called
// one.
void find_plates(const PlainText& plain, std::string_view message, Mentions& out) {
  static const RE2 named(
      R"(\bplacas?\b(?:[\s:;,.#-]|\b(?:es|la|el|de|del|mi|numero|nro|num|no|carro|moto|taxi|vehiculo)\b){0,10}?([a-z]{3}[ -]?\d{2}[a-z0-9]?|\d{3}[ -]?[a-z]{3}|[a-z]{2}[ -]?\d{4}|[rs][ -]?\d{5}|t[ -]?\d{4})\b)");
  static const RE2 unnamed(R"(([a-z]{3})([ -]?)(?:\d{3}|\d{2}[a-z]))");
  const std::string_view text = plain.text;
  for_each_match(named, text, [&](const Match& match) {
    const bool apart = match.group(1).find(' ') != std::string_view::npos;
    if (apart && !is_plate_series(match.group(1).substr(0, 3))) return;
    if (stands_alone(text, match.begin(1), match.end(1)))
      out.add(EntityKind::placa, without_separators(match.group(1)), match.begin(1), match.end(1));
  });
  for_each_match(unnamed, text, [&](const Match& match) {
    if (!is_plate_series(match.group(1))) return;
    if (!stands_alone(text, match.begin(), match.end())) return;
    if (match.group(2) == " " && !stands_out(plain, message, match.begin(1), match.end(1))) return;
    out.add(EntityKind::placa, without_separators(match.group(0)), match.begin(), match.end());
  });
}

}  // namespace catalina::dialog
