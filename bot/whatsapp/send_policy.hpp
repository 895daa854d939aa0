// What to do after an attempt to send: pure, by Meta's error codes ("Error codes", Cloud API).
#pragma once

#include <chrono>
#include <string>

#include "core/clock.hpp"

namespace catalina::whatsapp {

// How an attempt ended.
struct Outcome {
  enum class Kind { accepted, refused, not_sent, unknown };
  Kind kind = Kind::not_sent;
  std::string wamid;    // with accepted
  int code = 0;         // Meta's error code, with refused; 0 when the answer held none
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
  std::string reason;
};

// `attempts` counts the one that just ended. `jitter` is in [0, 1).
Decision decide(const Outcome& outcome, int attempts, Time now,
                std::chrono::milliseconds receipt_wait, double jitter);

// Reads an answer of POST /messages.
Outcome read_answer(int http_status, const std::string& body);

}  // namespace catalina::whatsapp
