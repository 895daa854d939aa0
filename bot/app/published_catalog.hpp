// The catalog that is in force: the newest version in the store.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "catalog/documents.hpp"
#include "core/clock.hpp"
#include "dialog/knowledge.hpp"
#include "store/catalog_versions.hpp"
#include "store/writer.hpp"

namespace catalina {

struct PublishedCatalog {
  store::CatalogVersion version;
  catalog::Files files;
};

// Nothing in a store that has no catalog yet.
std::optional<PublishedCatalog> newest_catalog(store::ReadTx& tx);
// The same for commands, which only read; nothing where there is no store either.
std::optional<PublishedCatalog> published_in(const std::filesystem::path& data_dir);

// The catalog of the newest version, or of the configuration where nothing is published yet, for
// commands that only read. What an earlier release did not publish is taken from the binary. Throws
// std::runtime_error that names the file when it cannot be read.
std::shared_ptr<const catalog::Catalog> catalog_in_force(const std::filesystem::path& config_dir,
                                                         const std::filesystem::path& data_dir);

// Throws std::runtime_error with a line for every problem when `files` are not a valid catalog, one
// with which Catalina can start.
void require_valid(const catalog::Files& files);

// Stores valid `files` as the next version; throws as above otherwise.
store::CatalogVersion publish_catalog(store::Writer& writer, const catalog::Files& files,
                                      const std::string& author, const std::string& note, Time now);

// Knowledge of the newest version. As long as nobody has published one by hand, the configuration
// is the truth: what is new in it is published first, and then it has to be valid, else this throws
// as above. Once somebody has, the store is; what a later release says or understands beyond it is
// taken from the binary, so that a release starts with the catalog of the one before. What is
// learnt from a version's phrases is kept in `data_dir` (app/trained_model.hpp).
std::shared_ptr<const dialog::Knowledge> load_or_publish(store::Writer& writer,
                                                         const std::filesystem::path& config_dir,
                                                         const std::filesystem::path& data_dir,
                                                         Time now);

// Knowledge of a version as this release makes it, for looking back. It is trained anew where
// nothing fits that is kept, which takes seconds; nothing is written.
std::shared_ptr<const dialog::Knowledge> knowledge_of(catalog::Files files, std::string version,
                                                      const std::filesystem::path& data_dir);

}  // namespace catalina
