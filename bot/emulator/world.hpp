// Everything the emulator knows and decides, without sockets, threads or a clock of its own: calls
// of the bot and acts of the citizens go in with the time they happen, answers and webhooks come
// out. Not thread-safe; the emulator's lock guards it.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/clock.hpp"
#include "emulator/account.hpp"
#include "emulator/knobs.hpp"
#include "emulator/ledger.hpp"
#include "emulator/limits.hpp"
#include "emulator/script.hpp"
#include "emulator/send_check.hpp"
#include "emulator/webhook_queue.hpp"

namespace catalina::emulator {

// A call of the Graph API: /v26.0/109876543210001/messages.
struct GraphCall {
  std::string version;        // "v26.0"
  std::string object;         // "109876543210001"
  std::string authorization;  // the header, whole
  std::string body;
};

struct Answer {
  enum class Then { answer, drop, hold };
  Then then = Then::answer;
  unsigned status = 200;
  std::string body;
  std::uint64_t held = 0;  // with hold: ask `take_released` for this
};

class World {
 public:
  World(Identity identity, std::string access_token);

  // --- the bot's side
  // Version and token, the first two checks of every call.
  std::optional<GraphError> check_call(const GraphCall& call, Time now) const;
  Answer post_message(const GraphCall& call, Time now);
  // The answer of a held send once it was released; nothing while it is not.
  std::optional<Answer> take_released(std::uint64_t held, Time now);
  void release_sends(std::size_t count);

  // --- time
  // Lets everything happen that is due: statuses become webhooks.
  void run_until(Time now);
  // When `run_until` or the webhook queue has something to do next.
  std::optional<Time> next_due() const;
  bool quiet() const { return planned_.empty() && withheld_.empty() && webhooks.empty(); }

  // Statuses are worked out but not told until released.
  void hold_statuses() { statuses_held_ = true; }
  // Tells the first `count`; holding goes on while some are left.
  void release_statuses(Order order, std::size_t count, Time now);

  // --- the citizens' side
  // `message`: "type", the member of that name, perhaps "context", "referral"… Gives its wamid.
  std::string citizen_sends(Phone& phone, nlohmann::json message, Time now);
  // Taps a button or row of one of the bot's messages. Throws std::invalid_argument when it has
  // none of that id.
  std::string citizen_taps(Phone& phone, const std::string& wamid, const std::string& id, Time now);
  std::string citizen_sends_medium(Phone& phone, const std::string& type, const std::string& mime,
                                   std::string bytes, const std::string& filename,
                                   const std::string& caption, Time now);
  // The thread comes on the screen, or leaves it.
  void look_at(Phone& phone, bool open, Time now);
  void change_number(Phone& phone, const std::string& digits, Time now);
  // A webhook POST was answered.
  void webhook_answered(std::uint64_t id, bool ok, Time now);
  // The state of a template changed, and the account hears of it.
  bool set_template_status(const std::string& name, const std::string& language,
                           const std::string& status, Time now);

  // --- what there is to see
  std::uint64_t revision() const { return revision_; }
  // A change nobody below reports: of the clock, or of a phone from outside.
  void touch() { ++revision_; }
  void touch(Phone& phone) { phone.revision = ++revision_; }
  // `limit` newest of those numbered above `after`.
  std::vector<SendRecord> sends_after(std::uint64_t after, std::size_t limit) const;
  std::uint64_t send_count() const { return send_count_; }
  std::uint64_t accepted_count() const { return accepted_count_; }

  Account account;
  Knobs knobs;
  Ledger ledger;
  SendScript script;
  WebhookQueue webhooks;
  std::mt19937 random{20261121};  // for shuffling; fixed, so that a failing test fails again

 private:
  // How many sends, bubbles of a thread and messages are remembered.
  static constexpr std::size_t max_records = 100'000;
  static constexpr std::size_t max_bubbles = 500;
  static constexpr std::size_t max_messages = 200'000;

  struct Sent {
    Phone* phone = nullptr;  // null: nobody the emulator knows
    CheckedSend send;
    std::optional<Charge> charge;
    bool delivered = false;  // counted in the ledger
    bool read_planned = false;
  };
  struct Planned {
    std::string wamid;
    Tick tick = Tick::sent;
    int code = 0;
    std::string details;
  };
  struct Held {
    std::optional<GraphCall> call;  // still to be decided
    std::uint64_t record = 0;
    Answer answer;
    bool released = false;
  };

  Answer decide(const GraphCall& call, const CheckedSend& send, std::uint64_t number, bool scripted,
                Time now);
  Answer mark_read(const ReadMark& mark, Time now);
  Answer refuse(const GraphError& error, SendRecord* record);
  std::string accept(const CheckedSend& send, Time now);
  std::string acceptance_body(const CheckedSend& send, const std::string& wamid) const;
  SendRecord& new_record(const CheckedSend& send, nlohmann::json body, Time now);
  SendRecord* find_record(std::uint64_t number);
  Phone* recipient(const CheckedSend& send) const;

  // Why a message that was accepted will not arrive; nothing when it will.
  std::optional<GraphError> obstacle(const CheckedSend& send, const Phone* phone, Time now);
  void plan(Time at, Planned status);
  void plan_delivery(const std::string& wamid, const Sent& sent, Time now);
  void plan_read(const std::string& wamid, Sent& sent, Time now);
  void happen(const Planned& status, Time at);
  void tell(const Planned& status, const Sent& sent, bool with_charge, Time at);

  void remember_inbound(const std::string& wamid, InboundRef ref);
  Bubble& add_bubble(Phone& phone, Bubble bubble);
  void touch(Phone& phone, Bubble& bubble);

  std::string access_token_;
  Limits limits_;
  std::deque<SendRecord> records_;
  std::uint64_t send_count_ = 0;
  std::uint64_t accepted_count_ = 0;
  std::map<std::uint64_t, Held> held_;
  std::uint64_t next_held_ = 1;

  std::unordered_map<std::string, Sent> sent_;  // by wamid
  std::deque<std::string> sent_order_;
  std::deque<std::string> inbound_order_;
  std::map<std::pair<Time, std::uint64_t>, Planned> planned_;
  std::uint64_t next_plan_ = 0;
  bool statuses_held_ = false;
  std::vector<Notification> withheld_;

  std::uint64_t next_bubble_ = 1;
  std::uint64_t revision_ = 1;
};

// What nobody has used before, in Meta's form.
std::string fresh_wamid();
std::string fresh_trace_id();

}  // namespace catalina::emulator
