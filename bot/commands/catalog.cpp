#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <utility>

#include "app/catalog_source.hpp"
#include "app/control.hpp"
#include "app/data_dir.hpp"
#include "app/published_catalog.hpp"
#include "app/trained_model.hpp"
#include "catalog/exchange.hpp"
#include "commands/commands.hpp"
#include "dialog/knowledge.hpp"
#include "dialog/phrase_check.hpp"

namespace catalina::commands {
namespace {

// A folder like config/, or a bundle that `export` wrote; without a path, the configuration.
catalog::Files read_source(const Settings& settings, const std::filesystem::path& source) {
  if (source.empty()) return read_catalog(settings.config_dir);
  if (std::filesystem::is_directory(source)) return read_catalog(source);
  std::ifstream in(source, std::ios::binary);
  if (!in) throw std::runtime_error(source.string() + " cannot be read");
  auto bundle = catalog::from_bundle(std::string(std::istreambuf_iterator<char>(in), {}));
  if (const auto* problem = std::get_if<catalog::Problem>(&bundle))
    throw std::runtime_error(problem->text());
  return std::get<catalog::Files>(std::move(bundle));
}

// Empty when nothing is published.
catalog::Files published(const Settings& settings) {
  auto newest = published_in(settings.data_dir);
  return newest ? std::move(newest->files) : catalog::Files();
}

// What is published, with what was learnt from it; the built-in catalog where nothing is yet.
std::pair<catalog::Files, std::shared_ptr<const dialog::Knowledge>> in_force(
    const Settings& settings) {
  catalog::Files files = published(settings);
  if (files.empty()) files = read_catalog({});
  auto knowledge = knowledge_of(files, "", settings.data_dir);
  return {std::move(files), std::move(knowledge)};
}

// Throws when `files` are not valid, or their new phrases and rules take messages from other
// targets. Returns what was learnt from them.
std::shared_ptr<const dialog::Model> examine(const Settings& settings,
                                             const catalog::Files& files) {
  require_valid(files);
  auto model = ready_model(files, settings.data_dir);
  if (!model) model = dialog::Model::train(files);
  const auto knowledge = dialog::Knowledge::build(files, "", model);
  const auto [files_before, knowledge_before] = in_force(settings);
  std::string text;
  for (const dialog::Theft& theft :
       dialog::find_thefts({files_before, *knowledge_before}, {files, *knowledge}))
    text += (text.empty() ? "" : "\n") + dialog::in_words(theft);
  if (!text.empty()) throw std::runtime_error(text);
  return model;
}

void print(const std::vector<catalog::Change>& changes) {
  for (const catalog::Change& change : changes) {
    const char mark = change.kind == catalog::Change::Kind::added     ? '+'
                      : change.kind == catalog::Change::Kind::removed ? '-'
                                                                      : '~';
    std::printf("%c %s\n", mark, change.entry.c_str());
    for (const std::string& detail : change.details) std::printf("    %s\n", detail.c_str());
  }
  std::printf("%zu cambios\n", changes.size());
}

void write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.flush();
  if (!out) throw std::runtime_error(path.string() + " cannot be written");
}

}  // namespace

int catalog_validate(const Settings& settings, const std::filesystem::path& source) {
  const catalog::Files files = read_source(settings, source);
  try {
    examine(settings, files);
  } catch (const std::runtime_error& problems) {
    std::fprintf(stderr, "%s\n", problems.what());
    return 1;
  }
  std::printf("%zu archivos sin errores\n", files.size());
  return 0;
}

int catalog_import(const Settings& settings, const std::filesystem::path& source,
                   const std::string& note) {
  const catalog::Files files = read_source(settings, source);
  const auto model = examine(settings, files);
  const std::vector<catalog::Change> changes = catalog::diff(published(settings), files);
  // Kept before, so that the Catalina that runs finds it.
  prepare_data_dir(settings.data_dir);
  if (!ready_model(files, settings.data_dir)) keep_model(*model, settings.data_dir);
  const int version = publish(settings, files, note);
  print(changes);
  std::printf("publicado como versión %d\n", version);
  return 0;
}

int catalog_export(const Settings& settings, const std::filesystem::path& target,
                   const std::string& format) {
  const catalog::Files files = published(settings);
  if (files.empty())
    throw std::runtime_error("nothing is published in " + settings.data_dir.string());
  if (format == "csv") {
    write_file(target, catalog::to_csv(files));
  } else if (format == "bundle") {
    write_file(target, catalog::to_bundle(files));
  } else {
    for (const catalog::File& file : files) {
      std::filesystem::create_directories((target / file.path).parent_path());
      write_file(target / file.path, file.text);
    }
  }
  return 0;
}

int catalog_diff(const Settings& settings, const std::filesystem::path& source) {
  const catalog::Files files = read_source(settings, source);
  require_valid(files);
  print(catalog::diff(published(settings), files));
  return 0;
}

}  // namespace catalina::commands
