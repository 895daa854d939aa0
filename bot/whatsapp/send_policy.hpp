// What to do after an attempt to send: pure, by Meta's error codes ("Error codes", Cloud API).
#pragma once

#include <chrono>
#include <string>

#include "core/clock.hpp"
#include "whatsapp/error_codes.hpp"

namespace catalina::whatsapp {

// In place of Meta's code when an answer held none; 0 is a code of its own (token invalid).
inline constexpr int no_code = -1;

// How an attempt ended.
struct Outcome {
  enum class Kind { accepted, refused, not_sent, unknown };
  Kind kind = Kind::not_sent;
  std::string wamid;    // with accepted
  int code = no_code;   // Meta's error code, with refused
  int http_status = 0;  // with refused
  std::string details;  // for the operator
};

struct Decision {
  enum class Kind {
    done,              // accepted
    retry,             // again at `at`
    wait_for_receipt,  // may have been taken: again at `at` unless a receipt comes first
    give_up,           // this message will never go; `reason` says why
    halt               // nothing will go until an operator acts; probe again at `at`, message kept
  };
  Kind kind = Kind::done;
  Time at{};
  std::string reason;  // one plain line for the operator, with give_up and halt
};

// `attempts` counts the one that just ended and those right before it that ended the same way.
// `jitter` is in [0, 1) and lengthens waits by up to half.
Decision decide(const Outcome& outcome, int attempts, Time now,
                std::chrono::milliseconds receipt_wait, double jitter);

// Reads an answer of POST /messages. An error without Meta's code from behind a 5xx, and a 200 that
// names no message, leave the outcome unknown.
Outcome read_answer(int http_status, const std::string& body);

}  // namespace catalina::whatsapp
