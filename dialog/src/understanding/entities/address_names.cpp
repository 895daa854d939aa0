#include "understanding/entities/address_names.hpp"

#include <algorithm>
#include <array>

namespace catalina::dialog {
namespace {

struct Name {
  std::string_view written;
  std::string_view full;
};

constexpr std::array<Name, 38> streets{{{"calle", "Calle"},
                                        {"caye", "Calle"},
                                        {"cale", "Calle"},
                                        {"cll", "Calle"},
                                        {"cl", "Calle"},
                                        {"clle", "Calle"},
                                        {"carrera", "Carrera"},
                                        {"carera", "Carrera"},
                                        {"karrera", "Carrera"},
                                        {"carr", "Carrera"},
                                        {"cra", "Carrera"},
                                        {"crra", "Carrera"},
                                        {"kra", "Carrera"},
                                        {"cr", "Carrera"},
                                        {"kr", "Carrera"},
                                        {"k", "Carrera"},
                                        {"diagonal", "Diagonal"},
                                        {"diag", "Diagonal"},
                                        {"dg", "Diagonal"},
                                        {"transversal", "Transversal"},
                                        {"trasversal", "Transversal"},
                                        {"transv", "Transversal"},
                                        {"trans", "Transversal"},
                                        {"trv", "Transversal"},
                                        {"tv", "Transversal"},
                                        {"tr", "Transversal"},
                                        {"avenida", "Avenida"},
                                        {"abenida", "Avenida"},
                                        {"avda", "Avenida"},
                                        {"ave", "Avenida"},
                                        {"av", "Avenida"},
                                        {"callejon", "Callejón"},
                                        {"cjon", "Callejón"},
                                        {"cjn", "Callejón"},
                                        {"pasaje", "Pasaje"},
                                        {"psj", "Pasaje"},
                                        {"circunvalar", "Circunvalar"},
                                        {"circular", "Circular"}}};

constexpr std::array<Name, 6> blocks{{{"manzana", "Manzana"},
                                      {"mansana", "Manzana"},
                                      {"mza", "Manzana"},
                                      {"mzna", "Manzana"},
                                      {"mzn", "Manzana"},
                                      {"mz", "Manzana"}}};

constexpr std::array<Name, 6> lots{{{"lote", "Lote"},
                                    {"lot", "Lote"},
                                    {"lte", "Lote"},
                                    {"lt", "Lote"},
                                    {"casa", "Casa"},
                                    {"cs", "Casa"}}};

constexpr std::array<Name, 17> inner{{{"apartamento", "Apartamento"},
                                      {"apto", "Apartamento"},
                                      {"apt", "Apartamento"},
                                      {"ap", "Apartamento"},
                                      {"casa", "Casa"},
                                      {"local", "Local"},
                                      {"piso", "Piso"},
                                      {"torre", "Torre"},
                                      {"bloque", "Bloque"},
                                      {"blq", "Bloque"},
                                      {"bl", "Bloque"},
                                      {"interior", "Interior"},
                                      {"int", "Interior"},
                                      {"oficina", "Oficina"},
                                      {"of", "Oficina"},
                                      {"etapa", "Etapa"},
                                      {"edificio", "Edificio"}}};

constexpr std::array<std::string_view, 4> quadrants{"sur", "norte", "este", "oeste"};
constexpr std::array<std::string_view, 5> number_signs{"no", "nro", "num", "numero", "n"};

template <std::size_t N>
std::optional<std::string_view> full_name(const std::array<Name, N>& names, const Token& token) {
  if (token.kind != Token::Kind::word) return std::nullopt;
  for (const Name& name : names)
    if (name.written == token.text) return name.full;
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
