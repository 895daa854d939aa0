// What the emulator can be told to do otherwise: every liberty Meta has, off by default.
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/clock.hpp"

namespace catalina::emulator {

enum class Window {
  enforced,  // free-form messages outside the window fail by webhook (131047), as mostly at Meta
  refused,   // … and are refused in the HTTP answer
  ignored    // everything passes: for load that reaches the bot from elsewhere
};
enum class Reading {
  when_open,  // read when the thread is on the phone's screen
  always,     // read as soon as delivered
  never       // the citizen hides receipts
};
enum class PricingOn { sent, delivered, both };

struct Knobs {
  // Statuses. Delays count from the step before.
  Millis sent_delay{0};
  Millis delivered_delay{0};
  Millis read_delay{0};
  Reading reading = Reading::when_open;
  bool statuses_shuffled = false;
  bool statuses_doubled = false;
  bool delivered_skipped = false;  // only `read` comes, as when the chat is open
  int fail_after_sent = 0;         // a code: `sent`, then `failed` with it; 0: off
  PricingOn pricing_on = PricingOn::delivered;

  // Sends.
  Window window = Window::enforced;
  bool any_recipient = false;   // numbers and BSUIDs that no phone has are taken and delivered
  bool templates_held = false;  // message_status "held_for_quality_assessment", nothing follows
  bool payment_method = true;   // false: delivery stops when the free tier is used up (131042)
  int messaging_limit = 2000;   // different users per rolling 24 h outside their windows (131048)
  double messages_per_second = 80;  // throughput, in and out together; 0: unlimited
  bool pair_limit = true;           // one message per 6 s and user, bursts of 45
  bool pair_strict = false;         // a burst has to be paid back in full before the next message
  std::optional<Time> token_expires;
  std::string token_scope = "whatsapp_business_messaging";  // without it every call is 403/10
  int minimum_version = 21;                                 // of the Graph API

  // Media.
  Millis media_url_life = std::chrono::minutes(5);
  Millis inbound_media_life = std::chrono::days(7);
  Millis uploaded_media_life = std::chrono::days(30);

  // Webhooks.
  int webhooks_in_flight = 8;
  int webhook_copies = 1;       // 2: every notification is posted twice
  int batch_size = 1;           // notifications in one POST at most, up to 1,000
  Millis batch_wait{0};         // how long the first of a batch waits for company
  bool escape_unicode = false;  // \uXXXX instead of UTF-8
  int body_size = 0;            // bytes: bodies are filled up to this by an unknown member; 0: off

  // Statuses after a moment, as on a real phone: for the demonstration.
  static Knobs lifelike();
};

nlohmann::json to_json(const Knobs& knobs);
// Sets the members that are there; the others stay. Throws std::invalid_argument naming the member
// that is unknown or of the wrong kind, and changes nothing then.
void update(Knobs& knobs, const nlohmann::json& changes);

}  // namespace catalina::emulator
