// What an answer is about: "tramite:<id>", "faq:<id>" or "intent:<name>".
#pragma once

#include <string>
#include <string_view>

#include "catalog/catalog.hpp"

namespace catalina::dialog {

inline constexpr std::string_view tramite_prefix = "tramite:";
inline constexpr std::string_view faq_prefix = "faq:";
inline constexpr std::string_view intent_prefix = "intent:";

inline constexpr std::string_view out_of_scope = "intent:fuera_de_alcance";
inline constexpr std::string_view emergency = "intent:emergencia";

// nullptr when the target is no tramite, or no frequent question, of the catalog.
const catalog::HojaDeVida* tramite_of(const catalog::Catalog& catalog, std::string_view target);
const catalog::Faq* faq_of(const catalog::Catalog& catalog, std::string_view target);

// The tramite that a frequent question belongs to, else the target itself. A question and its
// tramite are no rivals: either answers the citizen.
std::string subject_of(const catalog::Catalog& catalog, const std::string& target);

}  // namespace catalina::dialog
