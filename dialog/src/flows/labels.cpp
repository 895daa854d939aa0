#include "flows/labels.hpp"

#include "catalog/text.hpp"
#include "dialog/reply.hpp"

namespace catalina::dialog {

std::string row_title(const std::string& name) {
  std::string title = text::truncate(name, limits::row_title);
  if (!title.empty() && title[0] >= 'a' && title[0] <= 'z') {
    title[0] = static_cast<char>(title[0] - 'a' + 'A');
  }
  return title;
}

std::string row_title(const catalog::HojaDeVida& tramite) {
  for (const std::string& name : tramite.popular_names) {
    if (text::utf16_length(name) <= limits::row_title) return row_title(name);
  }
  return row_title(tramite.popular_names.empty() ? tramite.name : tramite.popular_names.front());
}

std::string row_description(const std::string& text) {
  return text::truncate(text, limits::row_description);
}

}  // namespace catalina::dialog
