#include "flows/options.hpp"

#include "flows/labels.hpp"
#include "flows/memory.hpp"

namespace catalina::dialog {

std::optional<Option> option_of(const Scene& scene, const std::string& choice) {
  const std::string target = target_of(choice);
  const std::string id = target.substr(target.find(':') + 1);
  if (target.starts_with("tramite:")) {
    const catalog::HojaDeVida* tramite = scene.catalog().tramite(id);
    if (tramite == nullptr) return std::nullopt;
    return Option{choice, row_title(*tramite), tramite->name};
  }
  const catalog::Faq* faq = target.empty() ? nullptr : scene.catalog().faq(id);
  if (faq == nullptr) return std::nullopt;
  return Option{choice, row_title(faq->question), faq->question};
}

}  // namespace catalina::dialog
