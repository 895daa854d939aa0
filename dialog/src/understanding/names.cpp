#include <array>

#include "dialog/understand.hpp"

namespace catalina::dialog {
namespace {

constexpr std::array<std::string_view, 4> decisions = {"answer", "clarify", "talk", "fallback"};
constexpr std::array<std::string_view, 11> aspects = {"general", "requisitos", "costo", "tiempo",
                                                      "lugar",   "horario",    "pasos", "normativa",
                                                      "iniciar", "estado",     "otro"};
static_assert(aspects.size() == static_cast<std::size_t>(Aspect::otro) + 1);

}  // namespace

std::string_view to_string(Decision decision) {
  return decisions[static_cast<std::size_t>(decision)];
}

std::string_view to_string(Aspect aspect) {
  return aspects[static_cast<std::size_t>(aspect)];
}

std::optional<Aspect> parse_aspect(std::string_view name) {
  for (std::size_t i = 0; i < aspects.size(); ++i) {
    if (aspects[i] == name) return static_cast<Aspect>(i);
  }
  return std::nullopt;
}

}  // namespace catalina::dialog
