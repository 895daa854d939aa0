#include "app/published_catalog.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "app/catalog_source.hpp"
#include "core/log.hpp"
#include "store/catalog_versions.hpp"
#include "store/transaction.hpp"

namespace catalina {
namespace {

// Author of the versions that a start has published by itself.
constexpr const char* configuration = "configuration";

bool same(const catalog::Files& a, const catalog::Files& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const catalog::File& x, const catalog::File& y) {
                      return x.path == y.path && x.text == y.text;
                    });
}

}  // namespace

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
  if (!version || version->author == configuration) {
    catalog::Files configured = read_catalog(config_dir);
    if (!same(configured, files)) {
      files = std::move(configured);
      version = publish_catalog(writer, files, configuration, "", now);
      log::info("published the configured catalog",
                {{"version", version->version}, {"files", files.size()}});
    }
  }
  return dialog::Knowledge::build(files, std::to_string(version->version));
}

}  // namespace catalina
