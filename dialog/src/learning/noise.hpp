// Phrases as they would also have been written: training sees variants of each, with the
// courtesies people put around a need and the slips of a thumb on a small screen. Deterministic.
#pragma once

#include <random>
#include <string>
#include <string_view>

namespace catalina::dialog {

// "Hola buenas tardes, … muchas gracias": what says nothing about the need.
std::string with_courtesies(std::string_view phrase, std::mt19937& random);

// Letters left out, doubled, swapped with their neighbour, words run together, and the endings
// that the coast does not pronounce ("llevá", "bario").
std::string with_slips(std::string_view phrase, std::mt19937& random);

}  // namespace catalina::dialog
