// What about a tramite a message asks: a fact of its hoja de vida (what it costs, where it is
// done), how it is done, or nothing in particular. Pure: patterns and words in, an aspect out.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dialog/understand.hpp"
#include "understanding/normalize.hpp"
#include "understanding/patterns.hpp"

namespace catalina::dialog {

// The plain words of `utf8` with what separates its clauses, each mark a word of its own: "?" after
// a question, "," elsewhere. "¿Dónde queda? Vivo lejos." becomes "donde queda ? vivo lejos".
std::string words_with_marks(const Normalizer& normalizer, std::string_view utf8);

// Of several facts asked for, the one asked first. nullopt when nothing is asked: the message tells
// something, and what helps depends on what it is about.
std::optional<Aspect> asked_aspect(const AspectPatterns& patterns, std::string_view marked_words);

// What helps who tells something and asks nothing, by the kind of the tramite that it is about
// (catalog::HojaDeVida::kind; empty when it is about none): who tells of a need wants to know how
// to go about it; who reports something does not.
Aspect told_aspect(std::string_view kind);

// What is left of `plain_words` when those go that ask about something without naming it.
std::string without_question(const AspectPatterns& patterns, std::string plain_words);

}  // namespace catalina::dialog
