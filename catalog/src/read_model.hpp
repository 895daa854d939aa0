// From the JSON of config/ to the values of catalog/model.hpp and
// catalog/legal_terms.hpp. Expects JSON that passed its schema;
// anything else ends in an exception (nlohmann's own, or std::runtime_error for a word that no list
// knows).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "catalog/legal_terms.hpp"
#include "catalog/model.hpp"

namespace catalina::catalog {

HojaDeVida read_tramite(const nlohmann::json& json);
Territory read_territory(const nlohmann::json& json);
LegalTerms read_legal_terms(const nlohmann::json& json);

// From the whole of dependencias.json and preguntas.json.
std::vector<Dependencia> read_dependencias(const nlohmann::json& json);
std::vector<SisbenPoints> read_sisben_points(const nlohmann::json& json);
std::vector<Branch> read_branches(const nlohmann::json& json);
std::vector<Faq> read_faqs(const nlohmann::json& json);

}  // namespace catalina::catalog
