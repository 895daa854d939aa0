#include "app/published_catalog.hpp"

#include <optional>
#include <stdexcept>

#include "app/catalog_source.hpp"
#include "core/log.hpp"
#include "store/catalog_versions.hpp"
#include "store/transaction.hpp"

namespace catalina {

void require_valid(const catalog::Files& files) {
  std::string text;
  for (const catalog::Problem& problem : catalog::validate(files, catalog_schemas()))
    text += (text.empty() ? "" : "\n") + problem.text();
  if (!text.empty()) throw std::runtime_error(text);
}

store::CatalogVersion publish_catalog(store::Writer& writer, const catalog::Files& files,
                                      const std::string& author, const std::string& note,
                                      Time now) {
  require_valid(files);
  store::CatalogVersion version;
  writer.run([&](store::WriteTx& tx) {
    version = store::CatalogVersions::publish(tx, files, author, note, now);
  });
  return version;
}

std::shared_ptr<const dialog::Knowledge> load_or_publish(store::Writer& writer,
                                                         const std::filesystem::path& config_dir,
                                                         Time now) {
  std::optional<store::CatalogVersion> version;
  catalog::Files files;
  writer.run([&](store::WriteTx& tx) {
    version = store::CatalogVersions::latest(tx);
    if (version) files = store::CatalogVersions::load(tx, version->version);
  });
  if (!version) {
    files = read_catalog(config_dir);
    version = publish_catalog(writer, files, "catalina", "first start", now);
    log::info("published the configured catalog",
              {{"version", version->version}, {"files", files.size()}});
  }
  return dialog::Knowledge::build(files, std::to_string(version->version));
}

}  // namespace catalina
