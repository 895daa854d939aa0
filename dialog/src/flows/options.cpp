#include "flows/options.hpp"

#include "flows/labels.hpp"
#include "flows/memory.hpp"
#include "target.hpp"

namespace catalina::dialog {

std::optional<Option> option_of(const Scene& scene, const std::string& choice) {
  const std::string target = target_of(choice);
  if (const catalog::HojaDeVida* tramite = tramite_of(scene.catalog(), target))
    return Option{choice, row_title(*tramite), tramite->name};
  const catalog::Faq* faq = faq_of(scene.catalog(), target);
  if (faq == nullptr) return std::nullopt;
  return Option{choice, row_title(faq->question), faq->question};
}

}  // namespace catalina::dialog
