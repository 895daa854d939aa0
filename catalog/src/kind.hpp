// Which kind of file a path of config/ is, as its schema is named.
#pragma once

#include <string>
#include <string_view>

namespace catalina::catalog {

// "tramites/predial-pagar.json" → "tramite", "frases/faq-festivos.json" → "frases", "words.json" →
// "words"; empty when the path is not
// one that the catalog can hold: wrong folder, capital letters, spaces, "..", another ending.
std::string_view kind_of(std::string_view path);

// "tramites/predial-pagar.json" → "predial-pagar".
std::string_view stem_of(std::string_view path);

}  // namespace catalina::catalog
