#include "app/catalog_source.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "core/resources.hpp"

namespace catalina {
namespace {

constexpr std::string_view built_in = "config/";
constexpr std::array<std::string_view, 2> folders{"tramites/", "frases/"};
constexpr std::array single_files{"dependencias.json", "preguntas.json", "territorio.json",
                                  "plazos.json",       "intents.json",   "words.json"};
constexpr std::uintmax_t max_file = 16 * 1024 * 1024;  // bytes

bool is_catalog_file(std::string_view path) {
  const auto holds = [&](std::string_view folder) { return path.starts_with(folder); };
  return (std::any_of(folders.begin(), folders.end(), holds) && path.ends_with(".json")) ||
         std::find(single_files.begin(), single_files.end(), path) != single_files.end();
}

catalog::Files read_built_in(std::string_view prefix) {
  catalog::Files files;
  for (const std::string_view path : resources::list(prefix))
    files.push_back({std::string(path.substr(prefix.size())), std::string(*resources::find(path))});
  return files;
}

std::string read_text(const std::filesystem::path& path) {
  if (std::filesystem::file_size(path) > max_file)
    throw std::runtime_error(path.string() + " is larger than 16 MiB");
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error(path.string() + " cannot be read");
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace

catalog::Files read_catalog(const std::filesystem::path& dir) {
  catalog::Files files;
  if (dir.empty()) {
    files = read_built_in(built_in);
    std::erase_if(files, [](const catalog::File& file) { return !is_catalog_file(file.path); });
    return files;
  }
  if (!std::filesystem::is_directory(dir))
    throw std::runtime_error(dir.string() + " is not a folder");
  for (const char* name : single_files)
    if (std::filesystem::exists(dir / name)) files.push_back({name, read_text(dir / name)});
  for (const std::string_view folder : folders) {
    if (!std::filesystem::is_directory(dir / folder)) continue;
    for (const auto& entry : std::filesystem::directory_iterator(dir / folder))
      if (entry.path().extension() == ".json")
        files.push_back(
            {std::string(folder) + entry.path().filename().string(), read_text(entry.path())});
  }
  std::sort(files.begin(), files.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

catalog::Files catalog_schemas() {
  return read_built_in("config/schemas/");
}

}  // namespace catalina
