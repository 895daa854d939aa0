#include "catalog/catalog.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <tuple>

#include "kind.hpp"
#include "read_model.hpp"

namespace catalina::catalog {
namespace {

// What `read` makes of the file's JSON. Whatever is wrong is told with the name of the file.
template <typename Read>
auto read_file(const File& file, Read read) {
  try {
    return read(nlohmann::json::parse(file.text));
  } catch (const std::exception& error) {
    throw std::runtime_error(file.path + ": " + error.what());
  }
}

const File& only_file(const Files& files, std::string_view path) {
  const auto found =
      std::find_if(files.begin(), files.end(), [&](const File& file) { return file.path == path; });
  if (found == files.end()) throw std::runtime_error(std::string(path) + ": the file is missing");
  return *found;
}

// Entries by id. The keys point into the entries, which must not move afterwards.
template <typename Entry>
std::unordered_map<std::string_view, std::size_t> index_by_id(const std::vector<Entry>& entries,
                                                              const std::string& file) {
  std::unordered_map<std::string_view, std::size_t> index;
  index.reserve(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (!index.emplace(entries[i].id, i).second)
      throw std::runtime_error(file + ": the id \"" + entries[i].id + "\" stands twice");
  return index;
}

template <typename Entry>
const Entry* find(const std::vector<Entry>& entries,
                  const std::unordered_map<std::string_view, std::size_t>& index,
                  std::string_view id) {
  const auto found = index.find(id);
  return found == index.end() ? nullptr : &entries[found->second];
}

// Most demanded first: by the sum of the priority of their tramites, then by name.
std::vector<std::string> categories_by_priority(const std::vector<HojaDeVida>& tramites) {
  std::map<std::string, int> priority;
  for (const HojaDeVida& tramite : tramites) priority[tramite.category] += tramite.priority_score;
  std::vector<std::string> categories;
  categories.reserve(priority.size());
  for (const auto& [category, total] : priority) categories.push_back(category);
  std::stable_sort(categories.begin(), categories.end(),
                   [&](const auto& a, const auto& b) { return priority[a] > priority[b]; });
  return categories;
}

}  // namespace

std::shared_ptr<const Catalog> Catalog::build(const Files& files) {
  std::shared_ptr<Catalog> catalog(new Catalog);

  for (const File& file : files)
    if (kind_of(file.path) == "tramite")
      catalog->tramites_.push_back(read_file(file, read_tramite));
  std::tie(catalog->dependencias_, catalog->sisben_points_, catalog->branches_) =
      read_file(only_file(files, "dependencias.json"), [](const nlohmann::json& json) {
        return std::tuple(read_dependencias(json), read_sisben_points(json), read_branches(json));
      });
  catalog->faqs_ = read_file(only_file(files, "preguntas.json"), read_faqs);
  catalog->territory_ = read_file(only_file(files, "territorio.json"), read_territory);
  catalog->legal_terms_ = read_file(only_file(files, "plazos.json"), read_legal_terms);

  catalog->categories_ = categories_by_priority(catalog->tramites_);
  catalog->tramite_index_ = index_by_id(catalog->tramites_, "tramites/");
  catalog->dependencia_index_ = index_by_id(catalog->dependencias_, "dependencias.json");
  catalog->faq_index_ = index_by_id(catalog->faqs_, "preguntas.json");
  catalog->place_index_ = index_by_id(catalog->territory_.places, "territorio.json");
  catalog->unit_index_ = index_by_id(catalog->territory_.units, "territorio.json");
  return catalog;
}

const HojaDeVida* Catalog::tramite(std::string_view id) const {
  return find(tramites_, tramite_index_, id);
}

const Dependencia* Catalog::dependencia(std::string_view id) const {
  return find(dependencias_, dependencia_index_, id);
}

const Faq* Catalog::faq(std::string_view id) const {
  return find(faqs_, faq_index_, id);
}

const Place* Catalog::place(std::string_view id) const {
  const Place* place = find(territory_.places, place_index_, id);
  return place == nullptr ? find(territory_.units, unit_index_, id) : place;
}

}  // namespace catalina::catalog
