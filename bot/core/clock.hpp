// The time the whole process goes by. Tests and the demo set it forward; nothing else asks the
// operating system.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace catalina {

using Millis = std::chrono::milliseconds;
using Time = std::chrono::sys_time<Millis>;  // UTC

// Thread-safe. `now()` never waits.
class Clock {
 public:
  using Source = Time (*)();
  // What `source` says, plus `offset` and whatever `advance` has added.
  explicit Clock(Source source, Millis offset = Millis(0));

  // The system's time. Where the system's clock is set, this one follows, backwards too: a machine
  // may start with the wrong time and learn the right one later.
  static Clock system();
  // `start` at this moment, ticking on from there as the system's clock does.
  static Clock starting_at(Time start);
  // Stands still at `start` until advanced: for tests.
  static Clock frozen_at(Time start);

  Clock(const Clock& other);  // copies the setting, not the listeners
  Clock& operator=(const Clock&) = delete;

  Time now() const;
  // Sets the clock forward and then calls the listeners, on the calling thread.
  void advance(Millis by);
  // Called after each jump, so that sleepers can look again. Register before the clock is shared
  // between threads; the listener must outlive the clock or do nothing once its owner is gone.
  void on_jump(std::function<void()> listener);

 private:
  Source source_;
  std::atomic<Millis::rep> offset_;
  std::mutex mutex_;  // guards listeners_
  std::vector<std::function<void()>> listeners_;
};

// "2026-11-21T14:30:00Z" (also with fractions of a second); throws std::invalid_argument on
// anything else.
Time parse_utc(std::string_view text);
std::string format_utc(Time time);

// The same moment on the clocks of Cartagena, "2026-11-21 09:30", which people read and write; a T
// between date and time is read, too. Colombia is five hours behind UTC all year. Throws
// std::invalid_argument on anything else.
Time parse_local(std::string_view text);
std::string format_local(Time time);

}  // namespace catalina
