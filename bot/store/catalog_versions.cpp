#include "store/catalog_versions.hpp"

#include <algorithm>

#include "core/crypto.hpp"
#include "store/transaction.hpp"

namespace catalina::store {
namespace {

constexpr std::string_view select_latest =
    "SELECT version, hash, author, note, created_at FROM catalog_versions "
    "ORDER BY version DESC LIMIT 1";
constexpr std::string_view select_all =
    "SELECT version, hash, author, note, created_at FROM catalog_versions ORDER BY version DESC";
constexpr std::string_view insert_version =
    "INSERT INTO catalog_versions (version, hash, author, note, created_at) "
    "VALUES ($1, $2, $3, $4, $5)";
constexpr std::string_view insert_text =
    "INSERT INTO catalog_texts (sha256, text) VALUES ($1, $2) ON CONFLICT (sha256) DO NOTHING";
constexpr std::string_view insert_file =
    "INSERT INTO catalog_files (version, path, sha256) VALUES ($1, $2, $3)";
constexpr std::string_view select_files =
    "SELECT f.path, t.text FROM catalog_files f JOIN catalog_texts t ON t.sha256 = f.sha256 "
    "WHERE f.version = $1 ORDER BY f.path";

CatalogVersion read(const Statement& row) {
  return {.version = row.get<int>(0),
          .hash = row.get<std::string>(1),
          .author = row.get<std::string>(2),
          .note = row.get<std::string>(3),
          .created_at = row.get<Time>(4)};
}

struct HashedFile {
  const catalog::File* file;
  std::string sha256;
};

}  // namespace

CatalogVersion CatalogVersions::publish(WriteTx& tx, const catalog::Files& files,
                                        const std::string& author, const std::string& note,
                                        Time now) {
  std::vector<HashedFile> hashed;
  for (const catalog::File& file : files) hashed.push_back({&file, crypto::sha256_hex(file.text)});
  std::sort(hashed.begin(), hashed.end(),
            [](const HashedFile& a, const HashedFile& b) { return a.file->path < b.file->path; });
  std::string manifest;
  for (const HashedFile& entry : hashed) manifest += entry.sha256 + ' ' + entry.file->path + '\n';

  CatalogVersion next{.version = 1,
                      .hash = crypto::sha256_hex(manifest),
                      .author = author,
                      .note = note,
                      .created_at = now};
  if (const auto last = latest(tx)) {
    if (last->hash == next.hash) return *last;
    next.version = last->version + 1;
  }
  tx.run(insert_version, next.version, next.hash, next.author, next.note, next.created_at);
  for (const HashedFile& entry : hashed) {
    tx.run(insert_text, entry.sha256, entry.file->text);
    tx.run(insert_file, next.version, entry.file->path, entry.sha256);
  }
  return next;
}

std::optional<CatalogVersion> CatalogVersions::latest(ReadTx& tx) {
  Statement row = tx.query(select_latest);
  if (!row.step()) return std::nullopt;
  return read(row);
}

std::vector<CatalogVersion> CatalogVersions::list(ReadTx& tx) {
  std::vector<CatalogVersion> versions;
  Statement row = tx.query(select_all);
  while (row.step()) versions.push_back(read(row));
  return versions;
}

catalog::Files CatalogVersions::load(ReadTx& tx, int version) {
  catalog::Files files;
  Statement row = tx.query(select_files, version);
  while (row.step()) files.push_back({row.get<std::string>(0), row.get<std::string>(1)});
  return files;
}

}  // namespace catalina::store
