// Citizens who asked for a person, and by when one answers them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/clock.hpp"

namespace catalina::store {

class ReadTx;
class WriteTx;

struct Handoff {
  std::int64_t id = 0;
  std::int64_t citizen = 0;
  std::string reason;  // target or words that led to it, for the adviser
  Time requested_at{};
  Time due_at{};
};

class Handoffs {
 public:
  static std::int64_t add(WriteTx& tx, const Handoff& handoff);              // its `id` is ignored
  static std::vector<Handoff> of_citizen(ReadTx& tx, std::int64_t citizen);  // oldest first
};

}  // namespace catalina::store
