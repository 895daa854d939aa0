#include "store/connection.hpp"

#include <sqlite3.h>

#include <limits>

namespace catalina::store {
namespace {

constexpr std::size_t cache_limit = 128;  // statements; there are fewer different ones than that

bool is_environment(int primary_code) {
  switch (primary_code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_READONLY:
    case SQLITE_INTERRUPT:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
    case SQLITE_AUTH:
    case SQLITE_PERM:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return true;
    default:
      return false;
  }
}

// Before the first connection of the process. SQLite's own statistics of memory, which nobody
// reads, would put a lock around every allocation.
void configure_library() {
  static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(configured);
}

int on_commit_to_wal(void* frames, sqlite3*, const char*, int frames_now) {
  *static_cast<int*>(frames) = frames_now;
  return SQLITE_OK;
}

}  // namespace

// ---- Statement

Statement::Statement(Statement&& other) noexcept
    : connection_(other.connection_),
      statement_(std::exchange(other.statement_, nullptr)),
      lent_(other.lent_) {}

Statement::~Statement() {
  if (statement_ == nullptr) return;
  if (lent_ == nullptr) {
    sqlite3_finalize(statement_);
    return;
  }
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  *lent_ = false;
}

bool Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) connection_->fail(code);
  return false;
}

void Statement::bind_one(int index, std::nullptr_t) {
  if (const int code = sqlite3_bind_null(statement_, index); code != SQLITE_OK)
    connection_->fail(code);
}

void Statement::bind_one(int index, std::int64_t value) {
  if (const int code = sqlite3_bind_int64(statement_, index, value); code != SQLITE_OK)
    connection_->fail(code);
}

void Statement::bind_one(int index, double value) {
  if (const int code = sqlite3_bind_double(statement_, index, value); code != SQLITE_OK)
    connection_->fail(code);
}

void Statement::bind_one(int index, std::string_view value) {
  // A null pointer would bind NULL; an empty view may hold one.
  const char* bytes = value.data() != nullptr ? value.data() : "";
  const int code =
      sqlite3_bind_text64(statement_, index, bytes, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  if (code != SQLITE_OK) connection_->fail(code);
}

void Statement::expect_parameters(int count) const {
  if (sqlite3_bind_parameter_count(statement_) != count)
    throw StoreError(StoreError::Cause::work,
                     std::string("wrong number of values for: ") + sqlite3_sql(statement_));
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

void Statement::refuse_null(int column) const {
  if (is_null(column))
    throw StoreError(StoreError::Cause::work, "column " + std::to_string(column) +
                                                  " is NULL in: " + sqlite3_sql(statement_));
}

std::int64_t Statement::integer(int column) const {
  refuse_null(column);
  return sqlite3_column_int64(statement_, column);
}

double Statement::real(int column) const {
  refuse_null(column);
  return sqlite3_column_double(statement_, column);
}

std::string_view Statement::text(int column) const {
  refuse_null(column);
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

// ---- Connection

Connection::Connection(const std::filesystem::path& file, Mode mode, Millis busy_timeout)
    : file_(file), busy_timeout_(busy_timeout), wal_frames_(std::make_unique<int>(-1)) {
  configure_library();
  const int access =
      mode == Mode::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const int code = sqlite3_open_v2(file.c_str(), &handle_, access | SQLITE_OPEN_NOMUTEX, nullptr);
  try {
    if (code != SQLITE_OK) fail(code);
    sqlite3_extended_result_codes(handle_, 1);
    sqlite3_busy_timeout(handle_, static_cast<int>(busy_timeout_.count()));
    // Damaged or hostile files must not run code of ours through their schema.
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    if (mode == Mode::read_write) {
      use_write_ahead_log();
      execute("PRAGMA synchronous = FULL;");
    }
    // Savepoints journal the pages they may have to restore: in memory, as they are short.
    execute("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 0;");
    // After wal_autocheckpoint, which is a hook of SQLite's own in the same place.
    sqlite3_wal_hook(handle_, on_commit_to_wal, wal_frames_.get());
  } catch (...) {
    close();
    throw;
  }
}

Connection::~Connection() {
  close();
}

void Connection::close() noexcept {
  for (auto& [text, cached] : cache_) sqlite3_finalize(cached.statement);
  sqlite3_close(handle_);
}

// SQLite keeps another mode without an error where the file system cannot share memory.
void Connection::use_write_ahead_log() {
  Statement mode = prepare("PRAGMA journal_mode = WAL");
  mode.step();
  if (mode.get<std::string>(0) != "wal")
    throw StoreError(StoreError::Cause::environment,
                     file_.string() + ": no write-ahead log is possible in this folder");
}

Statement Connection::prepare(std::string_view sql) {
  if (const auto found = cache_.find(sql); found != cache_.end()) {
    Cached& cached = found->second;
    // Wanted again while its rows are still being read: that one use gets a copy of its own.
    if (cached.lent) return Statement(*this, compile(sql, false), nullptr);
    cached.lent = true;
    ages_.splice(ages_.begin(), ages_, cached.age);
    return Statement(*this, cached.statement, &cached.lent);
  }
  if (cache_.size() >= cache_limit) forget_oldest();
  sqlite3_stmt* statement = compile(sql, true);
  ages_.emplace_front(sql);
  Cached& cached = cache_[ages_.front()];
  cached = {statement, true, ages_.begin()};
  return Statement(*this, statement, &cached.lent);
}

sqlite3_stmt* Connection::compile(std::string_view sql, bool persistent) {
  sqlite3_stmt* statement = nullptr;
  const char* rest = nullptr;
  const int code =
      sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                         persistent ? SQLITE_PREPARE_PERSISTENT : 0, &statement, &rest);
  if (code != SQLITE_OK) fail(code);
  if (statement == nullptr || rest != sql.data() + sql.size()) {
    sqlite3_finalize(statement);
    throw StoreError(StoreError::Cause::work, "not one statement: " + std::string(sql));
  }
  // SQLite numbers $1, $2 … by their first use, PostgreSQL by their names: both must agree.
  for (int i = 1; i <= sqlite3_bind_parameter_count(statement); ++i) {
    const char* name = sqlite3_bind_parameter_name(statement, i);
    if (name == nullptr || name != '$' + std::to_string(i)) {
      sqlite3_finalize(statement);
      throw StoreError(StoreError::Cause::work,
                       "parameters are not in the order $1, $2 … in: " + std::string(sql));
    }
  }
  return statement;
}

void Connection::forget_oldest() {
  for (auto age = ages_.rbegin(); age != ages_.rend(); ++age) {
    const auto entry = cache_.find(*age);
    if (entry->second.lent) continue;
    sqlite3_finalize(entry->second.statement);
    cache_.erase(entry);
    ages_.erase(std::next(age).base());
    return;
  }
}

void Connection::execute(const std::string& script) {
  if (const int code = sqlite3_exec(handle_, script.c_str(), nullptr, nullptr, nullptr);
      code != SQLITE_OK)
    fail(code);
}

bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(handle_) == 0;
}

std::int64_t Connection::last_insert_id() const {
  return sqlite3_last_insert_rowid(handle_);
}

int Connection::changes() const {
  return sqlite3_changes(handle_);
}

WalSize Connection::checkpoint(Checkpoint mode) {
  WalSize size;
  sqlite3_busy_timeout(handle_, 0);
  const int code = sqlite3_wal_checkpoint_v2(
      handle_, nullptr,
      mode == Checkpoint::passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE,
      &size.frames, &size.checkpointed);
  sqlite3_busy_timeout(handle_, static_cast<int>(busy_timeout_.count()));
  if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY) fail(code);
  size.complete = code == SQLITE_OK && size.frames == size.checkpointed;
  if (mode == Checkpoint::truncate && size.complete) *wal_frames_ = 0;
  return size;
}

void Connection::fail(int code) const {
  const int primary = code & 0xff;
  std::string what = file_.string() + ": ";
  what += handle_ != nullptr ? sqlite3_errmsg(handle_) : sqlite3_errstr(code);
  if (primary == SQLITE_BUSY) throw Busy(what);
  throw StoreError(
      is_environment(primary) ? StoreError::Cause::environment : StoreError::Cause::work, what);
}

}  // namespace catalina::store
