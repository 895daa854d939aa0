#include "kind.hpp"

#include <algorithm>
#include <array>

namespace catalina::catalog {
namespace {

struct Folder {
  std::string_view path;
  std::string_view kind;  // of every file in it
};
constexpr std::array<Folder, 2> folders{{{"tramites/", "tramite"}, {"frases/", "frases"}}};
constexpr std::string_view ending = ".json";

bool is_plain_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

}  // namespace

std::string_view stem_of(std::string_view path) {
  if (const auto slash = path.rfind('/'); slash != path.npos) path.remove_prefix(slash + 1);
  if (path.ends_with(ending)) path.remove_suffix(ending.size());
  return path;
}

std::string_view kind_of(std::string_view path) {
  if (!path.ends_with(ending) || !is_plain_name(stem_of(path))) return {};
  for (const Folder& folder : folders) {
    if (!path.starts_with(folder.path)) continue;
    path.remove_prefix(folder.path.size());
    return path.find('/') == path.npos ? folder.kind : std::string_view();
  }
  return path.find('/') == path.npos ? stem_of(path) : std::string_view();
}

}  // namespace catalina::catalog
