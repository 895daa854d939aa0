// One decision at a time: what becomes of the next sends, told in advance.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/clock.hpp"

namespace catalina::emulator {

// What becomes of a message that is valid in itself. What comes "after accepting" leaves the bot
// without the wamid of a message that goes out.
struct SendOutcome {
  enum class Kind {
    normal,              // limits, then accepted
    refuse,              // with `code`
    server_error,        // HTTP 500 with code 131000
    server_error_after,  // … after accepting
    drop,                // the connection ends without an answer
    drop_after,          // … after accepting
    hold,                // no decision until released, then as normal
    hold_after           // accepted, statuses go out, the answer waits until released
  };
  Kind kind = Kind::normal;
  int code = 0;

  static SendOutcome refusal(int code) { return {Kind::refuse, code}; }
};

// {"outcome":"refuse","code":130429}; throws std::invalid_argument.
SendOutcome read_outcome(const nlohmann::json& json);

// A message the bot tried to send, whatever became of it. Read marks are not among them.
struct SendRecord {
  std::uint64_t number = 0;  // 1, 2, 3 … as they arrived
  Time at{};
  std::string to;  // digits, or the BSUID
  std::string type;
  std::string opaque;  // biz_opaque_callback_data
  nlohmann::json body;
  std::string wamid;         // empty: not accepted
  int code = 0;              // Meta's, when refused
  unsigned http_status = 0;  // of the answer; 0: none was given (yet)
};

nlohmann::json to_json(const SendRecord& record);

class SendScript {
 public:
  using Rule = std::function<std::optional<SendOutcome>(const SendRecord&)>;

  // One outcome per send, in order, after those already queued.
  void push(SendOutcome outcome) { queue_.push_back(outcome); }
  // Asked when the queue is empty; nothing means `normal`. An empty function removes the rule.
  void set_rule(Rule rule) { rule_ = std::move(rule); }
  void clear();

  SendOutcome next(const SendRecord& send);

 private:
  std::deque<SendOutcome> queue_;
  Rule rule_;
};

}  // namespace catalina::emulator
