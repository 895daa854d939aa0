// The catalog in the forms in which it travels: one file for another Catalina, one table for a
// spreadsheet.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "catalog/documents.hpp"

namespace catalina::catalog {

// One JSON document that holds every file byte for byte:
//   {"formato": "catalina-catalogo", "version": 1, "archivos": [{"ruta": …, "texto": …}, …]}
// The texts must be UTF-8 (`validate` asks for it); nlohmann's exception otherwise.
std::string to_bundle(const Files& files);

// What `to_bundle` wrote, sorted by path. A problem when it is no bundle, is larger than 64 MB, or
// names a path twice or one that the catalog cannot hold: whoever writes the files to a folder may
// trust the paths. Says nothing about what is in the files; that is for `validate`.
std::variant<Files, Problem> from_bundle(std::string_view json);

// The hojas de vida as a table: one row each, one column per field ("costo.tipo"), a list as one
// line per member inside its cell. RFC 4180 with the byte order mark that spreadsheets want before
// UTF-8. A text that a spreadsheet would run as a formula gets an apostrophe in front. For reading,
// not for coming back: `files` must be ones that `validate` accepts.
std::string to_csv(const Files& files);

}  // namespace catalina::catalog
