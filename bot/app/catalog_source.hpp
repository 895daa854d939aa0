// Where the catalog's files come from: the folder the operator names, or what is built into the
// binary.
#pragma once

#include <filesystem>

#include "catalog/documents.hpp"

namespace catalina {

// Every catalog file below `dir` (tramites/*.json, frases/*.json and the single files), sorted;
// those built in when `dir` is empty. Throws std::runtime_error with one plain sentence when a file
// cannot be read.
catalog::Files read_catalog(const std::filesystem::path& dir);

// The schemas the binary was built with: what it can read is its own to say, not the folder's.
catalog::Files catalog_schemas();

}  // namespace catalina
