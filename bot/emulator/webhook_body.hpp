// The bodies Meta posts: notifications and how several of them share one POST.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "emulator/account.hpp"
#include "emulator/ledger.hpp"

namespace catalina::emulator {

// One change: the smallest thing a webhook tells.
struct Notification {
  std::string field = "messages";
  nlohmann::json value;
  std::string inbound_wamid;  // of the citizen's message in it, if any
};

// A status as it is to be told.
struct StatusNews {
  std::string wamid;
  std::string status;  // sent, delivered, read, failed
  Time at{};
  const Phone* phone = nullptr;  // may be null: the recipient is not known to Meta
  std::string number;            // the phone it was sent to; empty when sent to a BSUID
  std::string opaque;
  const Charge* charge = nullptr;  // set: the status carries `pricing`
  int error_code = 0;              // with failed
  std::string error_details;
};

Notification status_notification(const Identity& identity, const StatusNews& news);

// A citizen's message; `message` holds "type", the member of that name and perhaps "context",
// "referral" or "errors".
Notification message_notification(const Identity& identity, const Phone& phone,
                                  const std::string& wamid, Time at, nlohmann::json message);

// The phone's new number and BSUID; `old_number` and `old_bsuid` are what it had.
Notification number_change_notification(const Identity& identity, const Phone& phone,
                                        const std::string& old_number, const std::string& old_bsuid,
                                        const std::string& wamid, Time at);

// The body that carries them all: messages in one change, statuses in another, account news each in
// its own.
nlohmann::json envelope(const Identity& identity, const std::vector<Notification>& notifications,
                        Time at);

// Text of the body: UTF-8 or with \u escapes, filled up to `size` bytes when it is shorter.
std::string serialize(nlohmann::json body, bool escape_unicode, std::size_t size);

}  // namespace catalina::emulator
