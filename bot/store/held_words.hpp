// Words whose answer waits a moment, because people type one thought in three bubbles. Written in
// the transaction that acknowledges them, so that a process that dies in that moment answers them
// when it starts again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.hpp"

namespace catalina::store {

class ReadTx;
class WriteTx;

struct HeldWords {
  std::int64_t inbound = 0;  // row of the last message they came in
  std::int64_t citizen = 0;
  std::string text;  // of all of them, a line each
  Time since{};      // when the first came
  Time due_at{};     // answered then, if nothing follows
  int rows = 1;      // it was kept in: more when two citizens turned out to be one
};

class Held {
 public:
  static void keep(WriteTx& tx, const HeldWords& words);
  // What is held of a citizen, which then is held no more.
  static std::optional<HeldWords> take(WriteTx& tx, std::int64_t citizen);
  // What is to be answered at `now`, at most `limit`. What is due only after `latest` is so because
  // the clock was set back meanwhile, and is due too.
  static std::vector<HeldWords> due(ReadTx& tx, Time now, Time latest, int limit);
  // All that is held. Reads the whole table: for the start, not for every turn.
  static int count(ReadTx& tx);
  // When the next is due; nothing when nothing is held.
  static std::optional<Time> next_due(ReadTx& tx);
};

}  // namespace catalina::store
