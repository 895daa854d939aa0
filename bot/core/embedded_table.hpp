// The table that catalina_embed() of the top CMakeLists.txt generates. Use core/resources.hpp
// instead.
#pragma once

#include <cstddef>

namespace catalina::resources {

struct EmbeddedFile {
  const char* path;
  const char* begin;
  const char* end;
};
extern const EmbeddedFile embedded_files[];
extern const std::size_t embedded_file_count;

}  // namespace catalina::resources
