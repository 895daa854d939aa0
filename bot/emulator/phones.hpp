// The citizens: their numbers, names and threads with the business number.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.hpp"

namespace catalina::emulator {

// How far a message has come. Of the citizen's: handed over (one tick), taken by the bot with a 200
// (two), marked read (blue). Of the bot's: the statuses of the same names.
enum class Tick { accepted, sent, delivered, read, failed };
std::string_view to_string(Tick tick);

struct Bubble {
  std::uint64_t id = 0;  // counts up over all phones
  bool from_citizen = false;
  std::string wamid;
  Time at{};
  nlohmann::json content;  // "type" and the member of that name; templates as they read when filled
  std::string quoted;      // wamid of the message it answers
  Tick tick = Tick::accepted;
  int code = 0;                // Meta's, when it failed
  std::string problem;         // the details of that
  std::uint64_t revision = 0;  // of its last change
};

struct Phone {
  std::string id;      // the emulator's own, "p1"
  std::string name;    // profile name
  std::string number;  // digits, with country code
  std::string bsuid;
  std::string username;       // without "@", may be empty
  bool hides_number = false;  // webhooks then carry the BSUID alone
  bool registered = true;     // false: not on WhatsApp
  bool stopped_marketing = false;
  bool read_receipts = true;

  bool open = false;  // the thread is on the screen
  Time typing_until{};
  std::optional<Time> last_inbound;  // opens the 24-hour window
  std::deque<Bubble> thread;         // oldest first
  std::uint64_t revision = 0;        // of its last change

  bool window_open(Time now) const;
  Bubble* find(const std::string& wamid);
};

struct NewPhone {
  std::string name = {};
  std::string number = {};  // empty: the next free one from +57 300 555 0101
  std::string bsuid = {};   // empty: one is made up
  std::string username = {};
  bool hides_number = false;
};

class Phonebook {
 public:
  // Throws std::invalid_argument when the number or BSUID is taken or malformed.
  Phone& add(NewPhone wanted);
  // Null when there is none.
  Phone* find(const std::string& id) const;
  Phone* find_number(const std::string& digits) const;
  Phone* find_bsuid(const std::string& bsuid) const;
  // A new number means a new BSUID. Throws as `add` does.
  void change_number(Phone& phone, const std::string& digits);

  const std::vector<std::unique_ptr<Phone>>& all() const { return phones_; }

 private:
  std::string free_number() const;

  std::vector<std::unique_ptr<Phone>> phones_;
  std::map<std::string, Phone*> by_number_;
  std::map<std::string, Phone*> by_bsuid_;
};

// "+57 (300) 555-0101" as digits with country code, or nothing. Without "+" the business number's
// own country code is put in front, as Meta does.
std::optional<std::string> parse_number(std::string_view text, std::string_view country_code);
bool is_bsuid(std::string_view text);

}  // namespace catalina::emulator
