// What the parts of an address are called: "cra", "kra" and "carera" are all "Carrera".
#pragma once

#include <optional>
#include <string_view>

#include "understanding/entities/plain_text.hpp"

namespace catalina::dialog {

// The name in full of what the token abbreviates or misspells; nothing when it names no such part.
std::optional<std::string_view> street_name(const Token& token);  // "Carrera", "Avenida"
std::optional<std::string_view> block_name(const Token& token);   // "Manzana"
std::optional<std::string_view> lot_name(const Token& token);     // "Lote", "Casa"
std::optional<std::string_view> inner_name(const Token& token);   // "Apartamento", "Torre"

bool is_quadrant(const Token& token);     // "sur"
bool is_number_sign(const Token& token);  // "#", "No"

}  // namespace catalina::dialog
