#include <algorithm>
#include <nlohmann/json.hpp>

#include "catalog/exchange.hpp"
#include "kind.hpp"

namespace catalina::catalog {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::string_view format = "catalina-catalogo";
constexpr int version = 1;
constexpr std::size_t max_bytes = std::size_t{64} << 20;

Problem problem(std::string field, std::string expected) {
  return {"", 0, std::move(field), std::move(expected)};
}

bool has_text(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string();
}

}  // namespace

std::string to_bundle(const Files& files) {
  ordered_json entries = ordered_json::array();
  for (const File& file : files) entries.push_back({{"ruta", file.path}, {"texto", file.text}});
  const ordered_json bundle = {
      {"formato", format}, {"version", version}, {"archivos", std::move(entries)}};
  return bundle.dump(2) + "\n";
}

std::variant<Files, Problem> from_bundle(std::string_view text) {
  if (text.size() > max_bytes) return problem("", "se esperaba un archivo de 64 MB como máximo");
  const json bundle = json::parse(text, nullptr, false);
  if (!bundle.is_object() || !has_text(bundle, "formato") || bundle["formato"] != format)
    return problem("formato", "se esperaba un catálogo exportado por Catalina");
  if (!bundle.contains("version") || bundle["version"] != version)
    return problem("version", "se esperaba la versión 1; quizás lo exportó una Catalina más nueva");
  if (!bundle.contains("archivos") || !bundle["archivos"].is_array())
    return problem("archivos", "se esperaba la lista de los archivos");

  Files files;
  for (const json& entry : bundle["archivos"]) {
    const std::string field = "archivos[" + std::to_string(files.size()) + "]";
    if (!entry.is_object() || !has_text(entry, "ruta") || !has_text(entry, "texto"))
      return problem(field, "se esperaba un archivo con ruta y texto");
    files.push_back({entry["ruta"].get<std::string>(), entry["texto"].get<std::string>()});
    if (kind_of(files.back().path).empty())
      return problem(field + ".ruta", "se esperaba una ruta como tramites/predial-pagar.json");
  }
  std::sort(files.begin(), files.end(),
            [](const File& a, const File& b) { return a.path < b.path; });
  const auto twice = std::adjacent_find(
      files.begin(), files.end(), [](const File& a, const File& b) { return a.path == b.path; });
  if (twice != files.end())
    return problem("archivos",
                   "se esperaba cada archivo una sola vez; «" + twice->path + "» está repetido");
  return files;
}

}  // namespace catalina::catalog
