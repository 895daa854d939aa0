#include "dialog/pinned.hpp"

#include <algorithm>

#include "catalog/text.hpp"

namespace catalina::dialog {
namespace {

constexpr std::string_view https = "https://";

bool is_clean(const std::string& text) {
  return text::sanitize(text, text.size() + 1) == text;
}

std::string problem_with_text(const std::string& text) {
  if (text::trim(text).empty()) return "falta el texto del aviso";
  if (!is_clean(text))
    return "el texto trae caracteres que no se ven (de control o de formato): escríbelo de nuevo "
           "sin copiarlo de otro programa";
  const std::size_t length = text::utf16_length(text);
  if (length > limits::pinned_text)
    return "el texto tiene " + std::to_string(length) + " caracteres y caben " +
           std::to_string(limits::pinned_text);
  return {};
}

bool is_link(const std::string& link) {
  const bool printable = std::all_of(link.begin(), link.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > 0x20U && byte < 0x7FU;
  });
  return printable && link.starts_with(https) && link.size() > https.size() &&
         link.size() <= limits::pinned_link;
}

bool is_phone(const std::string& phone) {
  return phone.size() <= limits::pinned_phone &&
         phone.find_first_not_of("0123456789 +#*") == std::string::npos &&
         phone.find_first_of("0123456789") != std::string::npos;
}

}  // namespace

std::string problem_with(const PinnedMessage& message, Time now) {
  if (std::string problem = problem_with_text(message.text); !problem.empty()) return problem;
  if (!message.link.empty() && !is_link(message.link))
    return "el enlace tiene que empezar por https:// y no llevar espacios ni tildes";
  if (!message.phone.empty() && !is_phone(message.phone))
    return "el teléfono solo lleva números, espacios, +, # y *";
  if (message.until <= message.from) return "el aviso termina antes de empezar";
  if (message.until <= now) return "la hora en que termina el aviso ya pasó";
  if (message.until > std::max(message.from, now) + limits::pinned_for)
    return "un aviso dura a lo sumo " + std::to_string(limits::pinned_for.count()) + " días";
  return {};
}

}  // namespace catalina::dialog
