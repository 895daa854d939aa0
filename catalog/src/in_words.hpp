// JSON values as an editor reads them in a list of changes or a spreadsheet.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace catalina::catalog {

// true → "sí", null → empty, a list → one line each, an object → "nombre: Cédula; obligatorio: sí".
std::string in_words(const nlohmann::ordered_json& value);

}  // namespace catalina::catalog
