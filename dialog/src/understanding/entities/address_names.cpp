#include "understanding/entities/address_names.hpp"

#include <algorithm>
#include <array>

namespace catalina::dialog {
namespace {

struct Name {
  std::string_view full;
  std::string_view written;  // the ways, separated by spaces
};

constexpr std::array<Name, 9> streets{
    {{"Calle", "calle caye cale cll cl clle"},
     {"Carrera", "carrera carera karrera carr cra crra kra cr kr k"},
     {"Diagonal", "diagonal diag dg"},
     {"Transversal", "transversal trasversal transv trans trv tv tr"},
     {"Avenida", "avenida abenida avda ave av"},
     {"Callejón", "callejon cjon cjn"},
     {"Pasaje", "pasaje psj"},
     {"Circunvalar", "circunvalar"},
     {"Circular", "circular"}}};

constexpr std::array<Name, 1> blocks{{{"Manzana", "manzana mansana mza mzna mzn mz"}}};

constexpr std::array<Name, 2> lots{{{"Lote", "lote lot lte lt"}, {"Casa", "casa cs"}}};

constexpr std::array<Name, 10> inner{{{"Apartamento", "apartamento apto apt ap"},
                                      {"Casa", "casa"},
                                      {"Local", "local"},
                                      {"Piso", "piso"},
                                      {"Torre", "torre"},
                                      {"Bloque", "bloque blq bl"},
                                      {"Interior", "interior int"},
                                      {"Oficina", "oficina of"},
                                      {"Etapa", "etapa"},
                                      {"Edificio", "edificio"}}};

constexpr std::array<std::string_view, 4> quadrants{"sur", "norte", "este", "oeste"};
constexpr std::array<std::string_view, 5> number_signs{"no", "nro", "num", "numero", "n"};

bool lists(std::string_view words, std::string_view word) {
  for (std::size_t end = 0; !words.empty(); words.remove_prefix(std::min(end + 1, words.size()))) {
    end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
  }
  return false;
}

template <std::size_t N>
std::optional<std::string_view> full_name(const std::array<Name, N>& names, const Token& token) {
  if (token.kind != Token::Kind::word) return std::nullopt;
  for (const Name& name : names)
    if (lists(name.written, token.text)) return name.full;
  return std::nullopt;
}

bool is_one_of(const Token& token, const auto& words) {
  return token.kind == Token::Kind::word &&
         std::find(words.begin(), words.end(), token.text) != words.end();
}

}  // namespace

std::optional<std::string_view> street_name(const Token& token) {
  return full_name(streets, token);
}

std::optional<std::string_view> block_name(const Token& token) {
  return full_name(blocks, token);
}

std::optional<std::string_view> lot_name(const Token& token) {
  return full_name(lots, token);
}

std::optional<std::string_view> inner_name(const Token& token) {
  return full_name(inner, token);
}

bool is_quadrant(const Token& token) {
  return is_one_of(token, quadrants);
}

bool is_number_sign(const Token& token) {
  return token.text == "#" || is_one_of(token, number_signs);
}

}  // namespace catalina::dialog
