#include "dialog/choice.hpp"

#include <charconv>
#include <cstdint>
#include <vector>

#include "catalog/text.hpp"

namespace catalina::dialog {
namespace {

constexpr std::size_t longest_id = 200;  // limits::row_id, the stricter of rows and buttons
constexpr int last_page = 99;

bool is_name(std::string_view s) {
  if (s.empty()) return false;
  for (char c : s) {
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
  }
  return true;
}

std::optional<int> page_number(std::string_view s) {
  int page = 0;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), page);
  if (error != std::errc() || end != s.data() + s.size() || page < 1 || page > last_page) {
    return std::nullopt;
  }
  return page;
}

// An empty part makes the whole id one that we never sent.
std::vector<std::string_view> split(std::string_view id) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t colon = id.find(':');
    parts.push_back(id.substr(0, colon));
    if (colon == std::string_view::npos) return parts;
    id.remove_prefix(colon + 1);
  }
}

std::string with_page(std::string id, int page) {
  if (page > 1) id += ':' + std::to_string(page);
  return id;
}

std::optional<Choice> parse_tramite(const std::vector<std::string_view>& parts) {
  if (parts.size() < 2 || parts.size() > 3 || !is_name(parts[1])) return std::nullopt;
  Choice choice{.kind = Choice::Kind::tramite, .id = std::string(parts[1])};
  if (parts.size() == 2) return choice;
  if (parts[2] == "preguntas") {
    choice.kind = Choice::Kind::questions;
    return choice;
  }
  const std::optional<Aspect> aspect = parse_aspect(parts[2]);
  if (!aspect) return std::nullopt;
  choice.kind = Choice::Kind::aspect;
  choice.aspect = *aspect;
  return choice;
}

std::optional<Choice> parse_paged(const std::vector<std::string_view>& parts, Choice choice,
                                  std::size_t page_at) {
  if (parts.size() > page_at + 1) return std::nullopt;
  if (parts.size() == page_at + 1) {
    const std::optional<int> page = page_number(parts[page_at]);
    if (!page) return std::nullopt;
    choice.page = *page;
  }
  return choice;
}

}  // namespace

std::string to_id(const Choice& choice) {
  switch (choice.kind) {
    case Choice::Kind::menu:
      return with_page("menu", choice.page);
    case Choice::Kind::category:
      return with_page("categoria:" + choice.id, choice.page);
    case Choice::Kind::tramite:
      return "tramite:" + choice.id;
    case Choice::Kind::aspect:
      return "tramite:" + choice.id + ':' + std::string(to_string(choice.aspect));
    case Choice::Kind::questions:
      return "tramite:" + choice.id + ":preguntas";
    case Choice::Kind::question:
      return "pregunta:" + choice.id + ':' + choice.key;
    case Choice::Kind::faq:
      return "faq:" + choice.id;
    case Choice::Kind::place:
      return "barrio:" + choice.id;
    case Choice::Kind::person:
      return "persona";
    case Choice::Kind::pinned:
      return "aviso";
    case Choice::Kind::none:
      return "ninguna";
  }
  return "menu";
}

std::optional<Choice> parse_choice(std::string_view id) {
  using Kind = Choice::Kind;
  if (id.size() > longest_id) return std::nullopt;
  const std::vector<std::string_view> parts = split(id);
  const std::string_view verb = parts[0];
  if (verb == "menu") return parse_paged(parts, {.kind = Kind::menu}, 1);
  if (verb == "tramite") return parse_tramite(parts);
  if (parts.size() == 1) {
    if (verb == "persona") return Choice{.kind = Kind::person};
    if (verb == "aviso") return Choice{.kind = Kind::pinned};
    if (verb == "ninguna") return Choice{.kind = Kind::none};
    return std::nullopt;
  }
  if (!is_name(parts[1])) return std::nullopt;
  const std::string name(parts[1]);
  if (verb == "categoria") return parse_paged(parts, {.kind = Kind::category, .id = name}, 2);
  if (verb == "pregunta" && parts.size() == 3 && is_name(parts[2])) {
    return Choice{.kind = Kind::question, .id = name, .key = std::string(parts[2])};
  }
  if (parts.size() != 2) return std::nullopt;
  if (verb == "faq") return Choice{.kind = Kind::faq, .id = name};
  if (verb == "barrio") return Choice{.kind = Kind::place, .id = name};
  return std::nullopt;
}

std::string slug(std::string_view name) {
  std::string out;
  for (char c : text::fold(name)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      out += c;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  if (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

std::string question_key(std::string_view question) {
  // FNV-1a, 32 bits: a handful of questions per tramite, and stable across builds and machines.
  std::uint32_t hash = 2166136261U;
  for (char c : question) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  }
  constexpr std::string_view digits = "0123456789abcdef";
  std::string key;
  for (int shift = 28; shift >= 0; shift -= 4) key += digits[(hash >> shift) & 15U];
  return key;
}

std::string menu_choice() {
  return to_id({.kind = Choice::Kind::menu});
}
std::string person_choice() {
  return to_id({.kind = Choice::Kind::person});
}

std::string pinned_choice() {
  return to_id({.kind = Choice::Kind::pinned});
}

std::string aspect_choice(std::string_view tramite_id, Aspect aspect) {
  return to_id({.kind = Choice::Kind::aspect, .id = std::string(tramite_id), .aspect = aspect});
}

}  // namespace catalina::dialog
