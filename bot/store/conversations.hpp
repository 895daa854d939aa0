// What Catalina remembers of each citizen between two messages.
#pragma once

#include <cstdint>
#include <string>

#include "core/clock.hpp"
#include "dialog/conversation.hpp"

namespace catalina::store {

class ReadTx;
class WriteTx;

class Conversations {
 public:
  // A new conversation when there is none.
  static dialog::Conversation load(ReadTx& tx, std::int64_t citizen);
  // The same as the JSON it is stored as.
  static std::string load_json(ReadTx& tx, std::int64_t citizen);
  static void save(WriteTx& tx, std::int64_t citizen, const dialog::Conversation& conversation,
                   Time now);
};

}  // namespace catalina::store
