// Every message that ever came in, once: a second delivery is recognised by it, for ever, and any
// answer can be explained from it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "dialog/step.hpp"

namespace catalina::store {

class ReadTx;
class WriteTx;

enum class InboundOutcome {
  answered,
  silent,       // nothing was to be said: a reaction, a change of number, words that the answer to
                // the next message covers
  stale,        // too old to be answered when it came
  failed,       // the turn threw; an apology was sent
  unidentified  // came with neither number nor user id
};
std::string_view to_string(InboundOutcome outcome);

struct InboundRecord {
  std::int64_t id = 0;  // of the row, once it has one
  std::string wamid;
  std::optional<std::int64_t> citizen;
  std::string type;  // as Meta names it
  Time sent_at{};
  Time received_at{};
  InboundOutcome outcome = InboundOutcome::silent;
  std::optional<std::string> text;  // nothing when there was none or it must not be kept
  std::string choice;               // id of what was tapped; empty: none, or it must not be kept
  // dialog::Conversation before the turn, as JSON: few are ever read again. Nothing when it must
  // not be kept, or was not by an earlier Catalina.
  std::optional<std::string> context;
  std::string quoted_wamid;   // empty: none
  std::string referral_json;  // empty: none
  std::optional<dialog::Explanation> why;
  std::string catalog_version;
  std::chrono::microseconds took{0};  // the turn alone
  std::string error;                  // with failed
};

class Inbound {
 public:
  static bool seen(ReadTx& tx, std::string_view wamid);
  // Returns the id of the row; `record.id` is ignored. `record.wamid` must not have been seen.
  static std::int64_t add(WriteTx& tx, const InboundRecord& record);
  // What became of a message that was added before its turn: all of the record that a turn
  // decides.
  static void settle(WriteTx& tx, const InboundRecord& record);
  static std::optional<InboundRecord> find(ReadTx& tx, std::string_view wamid);
  static std::optional<InboundRecord> find(ReadTx& tx, std::int64_t id);
  // The last `limit` of a citizen, newest first.
  static std::vector<InboundRecord> latest(ReadTx& tx, std::int64_t citizen, int limit);
};

}  // namespace catalina::store
