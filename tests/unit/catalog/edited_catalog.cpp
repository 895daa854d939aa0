#include "unit/catalog/edited_catalog.hpp"

#include <stdexcept>

namespace catalina::test {

Files shipped() {
  Files files = test::config_files();
  std::erase_if(files, [](const File& file) {
    return file.path == "words.json" || file.path == "intents.json";
  });
  return files;
}

Files schemas() {
  Files files = test::config_schemas();
  std::erase_if(files, [](const File& file) {
    return file.path == "words.schema.json" || file.path == "intents.schema.json";
  });
  return files;
}

std::string& text_of(Files& files, const std::string& path) {
  for (File& file : files)
    if (file.path == path) return file.text;
  throw std::logic_error("no file " + path);
}

const Files& small_catalog() {
  static const Files files = [] {
    Files kept;
    for (File& file : shipped()) {
      if (file.path.starts_with("tramites/") && !file.path.starts_with("tramites/predial-f") &&
          file.path != predial)
        continue;
      if (file.path.starts_with("frases/") && file.path != "frases/tramite-predial-pagar.json")
        continue;
      auto json = ordered_json::parse(file.text);
      const auto keep_only = [&](const char* list, auto wanted) {
        ordered_json entries = ordered_json::array();
        for (auto& entry : json[list])
          if (wanted(entry)) entries.push_back(entry);
        json[list] = entries;
      };
      if (file.path == "preguntas.json")
        keep_only("preguntas", [](const auto& entry) {
          return entry["tramite_relacionado"].is_null() ||
                 entry["tramite_relacionado"] == "predial-pagar";
        });
      if (file.path == "dependencias.json")
        keep_only("sedes", [](const auto& entry) {
          return entry["barrio"].is_null() || entry["barrio"] == "bayunca" ||
                 entry["barrio"] == "bocagrande";
        });
      if (file.path == "territorio.json") {
        keep_only("barrios", [](const auto& entry) { return entry["ucg"] == 1; });
        keep_only("ucg", [](const auto& entry) { return entry["numero"] == 1; });
      }
      file.text = json.dump(2) + "\n";
      kept.push_back(std::move(file));
    }
    return kept;
  }();
  return files;
}

std::vector<Problem> problems_after(const std::string& path,
                                    const std::function<void(ordered_json&)>& edit) {
  static const Files rules = schemas();
  Files files = small_catalog();
  std::string& text = text_of(files, path);
  auto json = ordered_json::parse(text);
  edit(json);
  text = json.dump(2) + "\n";
  return catalog::validate(files, rules);
}

std::vector<Problem> problems_with_text(const std::string& path, const std::string& text) {
  Files files = small_catalog();
  text_of(files, path) = text;
  return catalog::validate(files, schemas());
}

std::string told(const std::vector<Problem>& problems) {
  std::string lines;
  for (const Problem& problem : problems) lines += problem.text() + "\n";
  return lines;
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  if (at == text.npos) throw std::logic_error("not in the text: " + what);
  return text.replace(at, what.size(), with);
}

}  // namespace catalina::test
