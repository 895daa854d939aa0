// Things that happened and are worth keeping, without a table of their own: answers of forms, news
// about the account from Meta.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"

namespace catalina::store {

class ReadTx;
class WriteTx;

struct Event {
  std::optional<std::int64_t> citizen;
  std::string kind;  // "form", "account:<field of the webhook>"
  std::string body;  // JSON
  Time at{};
};

class Events {
 public:
  static void add(WriteTx& tx, const Event& event);
  // The last `limit` of a kind, newest first.
  static std::vector<Event> latest(ReadTx& tx, std::string_view kind, int limit);
};

}  // namespace catalina::store
