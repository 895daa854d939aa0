#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "catalog/documents.hpp"
#include "json_document.hpp"
#include "kind.hpp"
#include "references.hpp"
#include "schema.hpp"

namespace catalina::catalog {
namespace {

constexpr std::size_t max_problems_of_a_file = 50;

using Schemas = std::map<std::string, Schema, std::less<>>;

// "schemas/tramite.schema.json" → "tramite".
std::string_view kind_of_schema(std::string_view path) {
  std::string_view kind = stem_of(path);
  if (kind.ends_with(".schema")) kind.remove_suffix(7);
  return kind;
}

Schemas compile(const Files& files, std::vector<Problem>& problems) {
  Schemas schemas;
  for (const File& file : files) {
    auto parsed = JsonDocument::parse(file);
    if (auto* problem = std::get_if<Problem>(&parsed)) {
      problems.push_back(std::move(*problem));
      continue;
    }
    try {
      schemas.try_emplace(std::string(kind_of_schema(file.path)),
                          std::get<JsonDocument>(parsed).root());
    } catch (const std::exception& error) {
      problems.push_back(
          {file.path, 0, "", std::string("se esperaba un JSON Schema: ") + error.what()});
    }
  }
  return schemas;
}

// The problems of one file on its own. Nothing is added to `documents` unless there are none.
std::vector<Problem> check_file(const File& file, Schemas& schemas, Documents& documents) {
  const std::string_view kind = kind_of(file.path);
  const auto schema = schemas.find(kind);
  if (kind.empty() || schema == schemas.end())
    return {
        {file.path, 0, "", "no se esperaba este archivo: el catálogo no tiene uno de esta clase"}};

  auto parsed = JsonDocument::parse(file);
  if (auto* problem = std::get_if<Problem>(&parsed)) return {std::move(*problem)};
  auto& document = std::get<JsonDocument>(parsed);
  std::vector<Problem> problems;
  try {
    for (Violation& violation : schema->second.check(document.root()))
      problems.push_back(document.problem(violation.at, std::move(violation.expected)));
  } catch (const std::exception& error) {  // for example a pattern that is no regular expression
    return {{file.path, 0, "",
             std::string("se esperaba un esquema que se pueda aplicar: ") + error.what()}};
  }
  if (problems.empty()) documents.emplace(kind, std::move(document));
  return problems;
}

// A kind with a schema has at least one file.
std::vector<Problem> missing_files(const Files& files, const Schemas& schemas) {
  std::set<std::string_view> kinds;
  for (const File& file : files) kinds.insert(kind_of(file.path));
  std::vector<Problem> problems;
  for (const auto& [kind, schema] : schemas)
    if (!kinds.contains(kind))
      problems.push_back({kind == "tramite"  ? "tramites/"
                          : kind == "frases" ? "frases/"
                                             : kind + ".json",
                          0, "",
                          "se esperaba este archivo, y falta"});
  return problems;
}

// In file and line order; of a file with very many, the first.
void put_in_order(std::vector<Problem>& problems) {
  std::stable_sort(problems.begin(), problems.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.file, a.line) < std::tie(b.file, b.line);
  });
  std::vector<Problem> kept;
  std::size_t of_this_file = 0;
  for (Problem& problem : problems) {
    of_this_file = kept.empty() || kept.back().file != problem.file ? 1 : of_this_file + 1;
    if (of_this_file == max_problems_of_a_file)
      problem = {problem.file, problem.line, "", "hay más problemas desde esta línea"};
    if (of_this_file <= max_problems_of_a_file) kept.push_back(std::move(problem));
  }
  problems = std::move(kept);
}

}  // namespace

std::string Problem::text() const {
  std::string text = file;
  if (line > 0) text += ":" + std::to_string(line);
  for (const std::string& part : {field, expected})
    if (!part.empty()) text += (text.empty() ? "" : ": ") + part;
  return text;
}

std::vector<Problem> validate(const Files& files, const Files& schema_files) {
  std::vector<Problem> problems;
  Schemas schemas = compile(schema_files, problems);
  Documents documents;
  std::set<std::string_view> paths;
  for (const File& file : files) {
    if (!paths.insert(file.path).second)
      problems.push_back(
          {file.path, 0, "", "se esperaba una sola vez, y este archivo está repetido"});
    for (Problem& problem : check_file(file, schemas, documents))
      problems.push_back(std::move(problem));
  }
  for (Problem& problem : missing_files(files, schemas)) problems.push_back(std::move(problem));
  for (Problem& problem : check_references(documents, files))
    problems.push_back(std::move(problem));
  put_in_order(problems);
  return problems;
}

}  // namespace catalina::catalog
