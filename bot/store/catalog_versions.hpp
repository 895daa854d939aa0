// Published catalogs: numbered, never changed, so that any past answer can be traced to the facts
// it was made from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "catalog/documents.hpp"
#include "core/clock.hpp"

namespace catalina::store {

class ReadTx;
class WriteTx;

struct CatalogVersion {
  int version = 0;   // 1, 2, 3 …
  std::string hash;  // SHA-256 over all its paths and texts
  std::string author;
  std::string note;
  Time created_at{};
};

class CatalogVersions {
 public:
  // Stores `files` as the next version, unless the latest holds exactly the same: then returns that
  // one. The caller has validated them.
  static CatalogVersion publish(WriteTx& tx, const catalog::Files& files, const std::string& author,
                                const std::string& note, Time now);

  static std::optional<CatalogVersion> latest(ReadTx& tx);
  static std::vector<CatalogVersion> list(ReadTx& tx);  // newest first
  // Sorted by path; empty when there is no such version.
  static catalog::Files load(ReadTx& tx, int version);
};

}  // namespace catalina::store
