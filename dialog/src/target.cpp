#include "target.hpp"

namespace catalina::dialog {

const catalog::HojaDeVida* tramite_of(const catalog::Catalog& catalog, std::string_view target) {
  if (!target.starts_with(tramite_prefix)) return nullptr;
  return catalog.tramite(target.substr(tramite_prefix.size()));
}

const catalog::Faq* faq_of(const catalog::Catalog& catalog, std::string_view target) {
  if (!target.starts_with(faq_prefix)) return nullptr;
  return catalog.faq(target.substr(faq_prefix.size()));
}

std::string subject_of(const catalog::Catalog& catalog, const std::string& target) {
  const catalog::Faq* faq = faq_of(catalog, target);
  if (faq == nullptr || faq->tramite.empty()) return target;
  return std::string(tramite_prefix) + faq->tramite;
}

}  // namespace catalina::dialog
