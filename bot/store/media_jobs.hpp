// Files that citizens sent, to be fetched from Meta: written in the transaction of the turn,
// carried out after it. Meta keeps them for seven days.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "whatsapp/envelope.hpp"

namespace catalina::store {

class ReadTx;
class WriteTx;

struct MediaJob {
  std::int64_t id = 0;
  std::int64_t inbound = 0;  // id of the message's row
  whatsapp::Media media;
  int attempts = 0;
  Time due_at{};
  Time created_at{};
};

class MediaJobs {
 public:
  static std::int64_t add(WriteTx& tx, std::int64_t inbound, const whatsapp::Media& media,
                          Time now);
  // What is due at `now`, first come first, at most `limit`.
  static std::vector<MediaJob> due(ReadTx& tx, Time now, int limit);
  // When the next one is due; nothing when none is waiting.
  static std::optional<Time> next_due(ReadTx& tx);

  // `path`: where the file is kept, relative to the data folder.
  static void done(WriteTx& tx, std::int64_t id, std::string_view path, std::int64_t bytes);
  static void retry_at(WriteTx& tx, std::int64_t id, int attempts, Time due_at,
                       std::string_view error);
  static void failed(WriteTx& tx, std::int64_t id, int attempts, std::string_view error);
};

}  // namespace catalina::store
