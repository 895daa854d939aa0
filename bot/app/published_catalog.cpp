#include "app/published_catalog.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "app/catalog_source.hpp"
#include "app/trained_model.hpp"
#include "core/log.hpp"
#include "store/reader.hpp"
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

// Throws as `require_valid` when the files are not valid. Training is left out: it takes seconds
// and refuses nothing that reading the phrases accepts.
void check(const catalog::Files& files) {
  std::string text;
  for (const catalog::Problem& problem : catalog::validate(files, catalog_schemas()))
    text += (text.empty() ? "" : "\n") + problem.text();
  if (!text.empty()) throw std::runtime_error(text);
  dialog::Model::fingerprint_of(files);  // reads the phrases: they may name what is not there
  dialog::Knowledge::build(files, "", built_in_model());
}

store::CatalogVersion store_catalog(store::Writer& writer, const catalog::Files& files,
                                    const std::string& author, const std::string& note, Time now) {
  store::CatalogVersion version;
  writer.run([&](store::WriteTx& tx) {
    version = store::CatalogVersions::publish(tx, files, author, note, now);
  });
  return version;
}

catalog::File* file_in(catalog::Files& files, const std::string& path) {
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const catalog::File& file) { return file.path == path; });
  return found == files.end() ? nullptr : &*found;
}

// Words of an earlier release, as this one expects them: texts it has not heard of are left out,
// those it needs are added. True when anything changed.
bool bring_up_to_date(nlohmann::json& words, const nlohmann::json& built_in) {
  const nlohmann::json before = words;
  for (const auto& [name, value] : built_in.items())
    if (!words.contains(name)) words[name] = value;
  nlohmann::json& texts = words["textos"];
  const nlohmann::json& expected = built_in["textos"];
  for (auto text = texts.begin(); text != texts.end();)
    text = expected.contains(text.key()) ? std::next(text) : texts.erase(text);
  for (const auto& [name, text] : expected.items())
    if (!texts.contains(name)) texts[name] = text;
  return words != before;
}

// What the published catalog lacks for this release.
void complete(catalog::Files& files) {
  catalog::Files built_in = read_catalog({});
  std::string completed;
  for (const std::string path : {"intents.json", "plazos.json", "words.json"}) {
    if (file_in(files, path) != nullptr) continue;
    files.push_back(*file_in(built_in, path));
    completed += ' ' + path;
  }
  const auto is_phrases = [](const catalog::File& file) {
    return file.path.starts_with("frases/");
  };
  if (std::none_of(files.begin(), files.end(), is_phrases)) {
    std::copy_if(built_in.begin(), built_in.end(), std::back_inserter(files), is_phrases);
    completed += " frases/";
  }
  catalog::File& words = *file_in(files, "words.json");
  nlohmann::json texts = nlohmann::json::parse(words.text);
  if (bring_up_to_date(texts, nlohmann::json::parse(file_in(built_in, "words.json")->text))) {
    words.text = texts.dump();
    completed += " words.json";
  }
  if (!completed.empty())
    log::warn("the published catalog is of another release; completed from the binary",
              {{"files", completed.substr(1)}});
}

}  // namespace

std::optional<PublishedCatalog> newest_catalog(store::ReadTx& tx) {
  auto version = store::CatalogVersions::latest(tx);
  if (!version) return std::nullopt;
  catalog::Files files = store::CatalogVersions::load(tx, version->version);
  return PublishedCatalog{*std::move(version), std::move(files)};
}

std::optional<PublishedCatalog> published_in(const std::filesystem::path& data_dir) {
  const std::filesystem::path file = store::database_file(data_dir);
  if (!std::filesystem::exists(file)) return std::nullopt;
  return store::Reader(file).read(newest_catalog);
}

std::shared_ptr<const catalog::Catalog> catalog_in_force(const std::filesystem::path& config_dir,
                                                         const std::filesystem::path& data_dir) {
  auto published = published_in(data_dir);
  if (!published) return catalog::Catalog::build(read_catalog(config_dir));
  complete(published->files);
  return catalog::Catalog::build(published->files);
}

void require_valid(const catalog::Files& files) {
  check(files);
}

store::CatalogVersion publish_catalog(store::Writer& writer, const catalog::Files& files,
                                      const std::string& author, const std::string& note,
                                      Time now) {
  require_valid(files);
  return store_catalog(writer, files, author, note, now);
}

std::shared_ptr<const dialog::Knowledge> load_or_publish(store::Writer& writer,
                                                         const std::filesystem::path& config_dir,
                                                         const std::filesystem::path& data_dir,
                                                         Time now) {
  std::optional<PublishedCatalog> newest;
  writer.run([&](store::WriteTx& tx) { newest = newest_catalog(tx); });
  if (!newest || newest->version.author == configuration) {
    catalog::Files configured = read_catalog(config_dir);
    if (!newest || !same(configured, newest->files)) {
      require_valid(configured);
      const auto version = store_catalog(writer, configured, configuration, "", now);
      log::info("published the configured catalog",
                {{"version", version.version}, {"files", configured.size()}});
      newest = {version, std::move(configured)};
    }
  }
  complete(newest->files);
  return dialog::Knowledge::build(newest->files, std::to_string(newest->version.version),
                                  model_for(newest->files, data_dir));
}

std::shared_ptr<const dialog::Knowledge> knowledge_of(catalog::Files files, std::string version,
                                                      const std::filesystem::path& data_dir) {
  complete(files);
  auto model = ready_model(files, data_dir);
  if (!model) model = dialog::Model::train(files);
  return dialog::Knowledge::build(files, std::move(version), std::move(model));
}

}  // namespace catalina
