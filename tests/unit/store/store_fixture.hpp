// A database of its own on a temporary folder, with a clock that stands still.
#pragma once

#include <optional>
#include <string>

#include "store/inbound.hpp"
#include "store/reader.hpp"
#include "store/transaction.hpp"
#include "store/writer.hpp"
#include "support/temp_dir.hpp"

namespace catalina::test {

struct StoreFixture {
  TempDir dir;
  Clock clock = Clock::frozen_at(parse_utc("2026-11-21T15:00:00Z"));
  store::WriterOptions options{.file = store::database_file(dir.path())};
  store::Writer writer{options, clock};

  Time now() const { return clock.now(); }

  // One integer of the database, as a reader sees it.
  std::int64_t number(const std::string& sql) {
    return store::Reader(options.file).read([&](store::ReadTx& tx) {
      store::Statement row = tx.query(sql);
      row.step();
      return row.get<std::int64_t>(0);
    });
  }
};

// The record of a message of which nothing else matters.
inline store::InboundRecord inbound(const std::string& wamid,
                                    std::optional<std::int64_t> citizen = {}) {
  store::InboundRecord record;
  record.wamid = wamid;
  record.citizen = citizen;
  record.type = "text";
  return record;
}

}  // namespace catalina::test
