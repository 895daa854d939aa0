// The catalog as files: what an editor writes, what is stored as a version, what is compared
// between versions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace catalina::catalog {

// One file of config/. `path` is relative to the configuration folder and names its kind:
// tramites/<id>.json, frases/<kind>-<id>.json, dependencias.json, preguntas.json, territorio.json,
// plazos.json, intents.json, words.json.
struct File {
  std::string path;
  std::string text;
};
using Files = std::vector<File>;  // sorted by path

// Something an editor must put right, told so that it can be found: file, line (1-based, 0 when
// unknown), the field as a person would write it ("costo.tipo", "pasos[2].texto"; lists count from
// 0, as in JSON; empty for the file as a whole), and what was expected there: a sentence in Spanish
// that begins in lower case. All of it stands on one line.
struct Problem {
  std::string file;
  int line = 0;
  std::string field;
  std::string expected;

  std::string text() const;  // "tramites/predial-pagar.json:12: costo.tipo: se esperaba …"
};

// Checks every file against its schema (`schemas` hold <kind>.schema.json, in whatever folder) and
// the references between files: ids unique and equal to the file name, dependencias, related
// tramites, localidades and barrios that exist. A kind with a schema must have its file, and a file
// whose kind has none is a problem. Any bytes may be handed in: a file that is cut, hostile or huge
// is a problem too, never an exception. Returns the problems in file and line order, of a file with
// very many the first fifty; empty means `Catalog::build` will succeed.
std::vector<Problem> validate(const Files& files, const Files& schemas);

// A change between two versions of the catalog, one line a person can read.
struct Change {
  enum class Kind { added, removed, changed };
  Kind kind = Kind::changed;
  std::string entry;  // "tramite predial-pagar", "dependencia vuac", "pregunta sisben-donde"
  std::vector<std::string> details;  // for `changed`: "costo.tipo: gratuito → formula"
};

// What publishing `after` in place of `before` changes, ordered by entry and within an entry by
// field. Layout, and the order of entries in their file, are no difference.
std::vector<Change> diff(const Files& before, const Files& after);

}  // namespace catalina::catalog
