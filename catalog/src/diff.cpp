#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "catalog/documents.hpp"
#include "catalog/text.hpp"
#include "in_words.hpp"
#include "json_document.hpp"
#include "kind.hpp"

namespace catalina::catalog {
namespace {

using nlohmann::ordered_json;  // keeps the order in which an editor reads the fields

// The lists of a file whose members are entries of their own, and how each is called.
struct EntryList {
  std::string_view kind;
  const char* list;
  const char* id;
  const char* label;
};
constexpr EntryList entry_lists[] = {
    {"dependencias", "dependencias", "id", "dependencia"},
    {"dependencias", "puntos_sisben", "localidad", "puntos del Sisbén"},
    {"dependencias", "sedes", "id", "sede"},
    {"preguntas", "preguntas", "id", "pregunta"},
    {"plazos", "terminos", "codigo", "término"},
    {"territorio", "localidades", "id", "localidad"},
    {"territorio", "ucg", "id", "unidad comunera"},
    {"territorio", "barrios", "id", "barrio"},
    {"territorio", "rural_insular", "id", "sitio rural o insular"},
    {"territorio", "fuentes", "id", "fuente del territorio"},
};

using Entries = std::map<std::string, ordered_json>;

// Takes the entries of `list` out of the file, so that what stays is compared as the file itself.
void take_entries(ordered_json& file, const EntryList& list, Entries& entries) {
  if (!file.is_object() || !file.contains(list.list)) return;
  ordered_json& members = file[list.list];
  const bool have_ids =
      members.is_array() &&
      std::all_of(members.begin(), members.end(), [&](const ordered_json& member) {
        return member.is_object() && member.contains(list.id);
      });
  if (!have_ids) return;
  for (ordered_json& member : members) {
    const std::string label = std::string(list.label) + " " + in_words(member[list.id]);
    entries.emplace(label, std::move(member));
  }
  file.erase(list.list);
}

Entries entries_of(const Files& files) {
  Entries entries;
  for (const File& file : files) {
    // What cannot be read, or is absurdly deep, is compared as one text.
    if (std::holds_alternative<Problem>(JsonDocument::parse(file))) {
      entries.emplace(file.path, text::sanitize(file.text, file.text.size()));
      continue;
    }
    auto json = ordered_json::parse(file.text);
    const std::string_view kind = kind_of(file.path);
    for (const EntryList& list : entry_lists)
      if (list.kind == kind) take_entries(json, list, entries);
    entries.emplace(kind == "tramite" ? "tramite " + std::string(stem_of(file.path)) : file.path,
                    std::move(json));
  }
  return entries;
}

constexpr std::size_t shown_units = 100;   // of a text in a line of changes
constexpr std::size_t context_bytes = 24;  // before the first difference of two long texts

bool continues_code_point(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// One line, from just before byte `from`.
std::string excerpt(std::string text, std::size_t from) {
  std::size_t begin = from > context_bytes ? from - context_bytes : 0;
  while (begin > 0 && continues_code_point(text[begin])) --begin;
  std::replace(text.begin(), text.end(), '\n', ' ');
  return (begin > 0 ? "…" : "") + text::truncate(std::string_view(text).substr(begin), shown_units);
}

std::string shown(const ordered_json& value) {
  const std::string words = in_words(value);
  return words.empty() ? "(vacío)" : excerpt(words, 0);
}

// "before → after", of long texts the part where they begin to differ.
std::string change_of(const ordered_json& before, const ordered_json& after) {
  const std::string old_words = in_words(before);
  const std::string new_words = in_words(after);
  const bool fit =
      text::utf16_length(old_words) <= shown_units && text::utf16_length(new_words) <= shown_units;
  if (fit || old_words.empty() || new_words.empty()) return shown(before) + " → " + shown(after);
  const auto shorter = static_cast<std::ptrdiff_t>(std::min(old_words.size(), new_words.size()));
  const auto difference = static_cast<std::size_t>(
      std::mismatch(old_words.begin(), old_words.begin() + shorter, new_words.begin()).first -
      old_words.begin());
  return excerpt(old_words, difference) + " → " + excerpt(new_words, difference);
}

class Comparison {
 public:
  std::vector<std::string> details(const ordered_json& before, const ordered_json& after) && {
    compare("", before, after);
    return std::move(details_);
  }

 private:
  void tell(const std::string& field, const std::string& what) {
    details_.push_back(field.empty() ? what : field + ": " + what);
  }

  void compare(const std::string& field, const ordered_json& before, const ordered_json& after) {
    if (before == after) return;
    if (before.is_object() && after.is_object())
      compare_fields(field, before, after);
    else if (before.is_array() && after.is_array())
      compare_lists(field, before, after);
    else
      tell(field, change_of(before, after));
  }

  void compare_fields(const std::string& field, const ordered_json& before,
                      const ordered_json& after) {
    const auto name_of = [&](const std::string& key) {
      return field.empty() ? key : field + "." + key;
    };
    for (const auto& [key, value] : before.items()) {
      if (after.contains(key))
        compare(name_of(key), value, after[key]);
      else
        tell(name_of(key), "se quitó " + shown(value));
    }
    for (const auto& [key, value] : after.items())
      if (!before.contains(key)) tell(name_of(key), "se agregó " + shown(value));
  }

  // Equal members at both ends are set aside; what is left between them is compared one by one, so
  // that a step put in the middle does not make all those after it look changed.
  void compare_lists(const std::string& field, const ordered_json& before,
                     const ordered_json& after) {
    const std::size_t shorter = std::min(before.size(), after.size());
    std::size_t head = 0;
    while (head < shorter && before[head] == after[head]) ++head;
    std::size_t tail = 0;
    while (tail < shorter - head &&
           before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
      ++tail;

    const auto name_of = [&](std::size_t i) { return field + "[" + std::to_string(i) + "]"; };
    const std::size_t before_end = before.size() - tail;
    const std::size_t after_end = after.size() - tail;
    std::size_t i = head;
    for (; i < std::min(before_end, after_end); ++i) compare(name_of(i), before[i], after[i]);
    for (std::size_t j = i; j < before_end; ++j) tell(name_of(j), "se quitó " + shown(before[j]));
    for (std::size_t j = i; j < after_end; ++j) tell(name_of(j), "se agregó " + shown(after[j]));
  }

  std::vector<std::string> details_;
};

}  // namespace

std::vector<Change> diff(const Files& before_files, const Files& after_files) {
  const Entries before = entries_of(before_files);
  const Entries after = entries_of(after_files);

  std::vector<Change> changes;
  for (const auto& [entry, old_value] : before) {
    const auto now = after.find(entry);
    if (now == after.end())
      changes.push_back({Change::Kind::removed, entry, {}});
    else if (auto details = Comparison().details(old_value, now->second); !details.empty())
      changes.push_back({Change::Kind::changed, entry, std::move(details)});
  }
  for (const auto& [entry, value] : after)
    if (!before.contains(entry)) changes.push_back({Change::Kind::added, entry, {}});
  std::sort(changes.begin(), changes.end(),
            [](const Change& a, const Change& b) { return a.entry < b.entry; });
  return changes;
}

}  // namespace catalina::catalog
