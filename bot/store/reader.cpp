#include "store/reader.hpp"

#include "store/migrations.hpp"

namespace catalina::store {
namespace {

constexpr Millis busy_timeout{2000};  // only the start of a read can wait, for a checkpoint's end

}  // namespace

Reader::Reader(const std::filesystem::path& file)
    : connection_(file, Connection::Mode::read_only, busy_timeout) {
  require_current_schema(connection_, embedded_migrations());
}

Reader::Snapshot::Snapshot(Connection& opened) : connection(opened) {
  connection.run("BEGIN");
}

Reader::Snapshot::~Snapshot() {
  try {
    connection.run("ROLLBACK");
  } catch (const StoreError&) {
    // Nothing was written, and SQLite ends what it could not go on with.
  }
}

}  // namespace catalina::store
