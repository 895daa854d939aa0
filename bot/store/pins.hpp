// Messages pinned for everybody (dialog/pinned.hpp): a history that only grows, of which at most
// one is in force.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "dialog/pinned.hpp"

namespace catalina::store {

class ReadTx;
class WriteTx;

// A line of the history. Without a text it took down what was pinned or planned before it.
struct Pin {
  dialog::PinnedMessage message;
  std::string by;  // whoever did it, as they are known to the machine
  Time at{};
};

class Pins {
 public:
  // Pins a message that has no problem. Of two whose time it is the newer one is seen, then the
  // older one again. Returns it with its id, and from `now` on if it was to begin before.
  static dialog::PinnedMessage add(WriteTx& tx, dialog::PinnedMessage message,
                                   const std::string& by, Time now);
  // Takes down what is pinned and what is planned.
  static void clear(WriteTx& tx, const std::string& by, Time now);

  // What citizens see at `at`. Also of a moment in the past: what came later is not looked at.
  static std::optional<dialog::PinnedMessage> in_force(ReadTx& tx, Time at);
  // Those whose time comes after `at` and that nobody took down, in the order they begin.
  static std::vector<dialog::PinnedMessage> planned(ReadTx& tx, Time at);
  // The last `limit` lines, newest first.
  static std::vector<Pin> history(ReadTx& tx, int limit);
};

}  // namespace catalina::store
