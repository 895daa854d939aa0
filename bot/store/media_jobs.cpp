#include "store/media_jobs.hpp"

#include "store/transaction.hpp"

namespace catalina::store {
namespace {

constexpr std::string_view insert_job =
    "INSERT INTO media_jobs (inbound, media, mime, filename, sha256, state, attempts, due_at, "
    "created_at) VALUES ($1, $2, $3, $4, $5, 'queued', 0, $6, $6)";
constexpr std::string_view select_due =
    "SELECT id, inbound, media, mime, filename, sha256, attempts, due_at, created_at "
    "FROM media_jobs WHERE state = 'queued' AND due_at <= $1 ORDER BY due_at, id LIMIT $2";
constexpr std::string_view select_next =
    "SELECT MIN(due_at) FROM media_jobs WHERE state = 'queued'";
constexpr std::string_view update_done =
    "UPDATE media_jobs SET state = 'done', path = $1, bytes = $2 WHERE id = $3";
constexpr std::string_view update_retry =
    "UPDATE media_jobs SET attempts = $1, due_at = $2, error = $3 WHERE id = $4";
constexpr std::string_view update_failed =
    "UPDATE media_jobs SET state = 'failed', attempts = $1, error = $2 WHERE id = $3";

}  // namespace

std::int64_t MediaJobs::add(WriteTx& tx, std::int64_t inbound, const whatsapp::Media& media,
                            Time now) {
  return tx.insert(insert_job, inbound, media.id, media.mime, media.filename, media.sha256, now);
}

std::vector<MediaJob> MediaJobs::due(ReadTx& tx, Time now, int limit) {
  std::vector<MediaJob> jobs;
  Statement row = tx.query(select_due, now, limit);
  while (row.step())
    jobs.push_back({.id = row.get<std::int64_t>(0),
                    .inbound = row.get<std::int64_t>(1),
                    .media = {.id = row.get<std::string>(2),
                              .mime = row.get<std::string>(3),
                              .filename = row.get<std::string>(4),
                              .sha256 = row.get<std::string>(5)},
                    .attempts = row.get<int>(6),
                    .due_at = row.get<Time>(7),
                    .created_at = row.get<Time>(8)});
  return jobs;
}

std::optional<Time> MediaJobs::next_due(ReadTx& tx) {
  Statement row = tx.query(select_next);
  row.step();
  return row.get<std::optional<Time>>(0);
}

void MediaJobs::done(WriteTx& tx, std::int64_t id, std::string_view path, std::int64_t bytes) {
  tx.run(update_done, path, bytes, id);
}

void MediaJobs::retry_at(WriteTx& tx, std::int64_t id, int attempts, Time due_at,
                         std::string_view error) {
  tx.run(update_retry, attempts, due_at, error, id);
}

void MediaJobs::failed(WriteTx& tx, std::int64_t id, int attempts, std::string_view error) {
  tx.run(update_failed, attempts, error, id);
}

}  // namespace catalina::store
