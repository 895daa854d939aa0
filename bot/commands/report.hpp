// What the explaining commands print: labelled lines for people, in Spanish.
#pragma once

#include <string>

#include "dialog/step.hpp"

namespace catalina::commands {

// "Aspecto         costo", and further lines of the value under its first.
void print_field(const std::string& label, const std::string& value);

// "0.97"
std::string two_decimals(double value);

// "answer → tramite:predial-pagar (costo), confianza 0.97"
std::string in_words(const dialog::Explanation& why);

// A message as a citizen sees it: its text, and what can be tapped in brackets.
// `content` as whatsapp/render.hpp makes it.
std::string seen(const std::string& content);

}  // namespace catalina::commands
