#include "emulator/knobs.hpp"

#include <array>
#include <stdexcept>

namespace catalina::emulator {
namespace {

using nlohmann::json;

template <typename Enum, std::size_t size>
void transfer(json& out, const json* in, Enum& value, const std::array<const char*, size>& names) {
  if (in != nullptr) {
    const std::string wanted = in->get<std::string>();
    std::size_t i = 0;
    while (i < size && wanted != names[i]) ++i;
    if (i == size) throw std::invalid_argument("\"" + wanted + "\" is not one of its values");
    value = static_cast<Enum>(i);
  }
  out = names[static_cast<std::size_t>(value)];
}

void transfer(json& out, const json* in, Millis& value) {
  if (in != nullptr) value = Millis(in->get<Millis::rep>());
  if (value < Millis(0)) throw std::invalid_argument("it cannot be negative");
  out = value.count();
}

void transfer(json& out, const json* in, std::optional<Time>& value) {
  if (in != nullptr) {
    value.reset();
    if (!in->is_null()) value = parse_utc(in->get<std::string>());
  }
  out = value ? json(format_utc(*value)) : json();
}

template <typename Plain>
requires(std::is_arithmetic_v<Plain> ||
         std::is_same_v<Plain, std::string>) void transfer(json& out, const json* in,
                                                           Plain& value) {
  if (in != nullptr) value = in->get<Plain>();
  out = value;
}

// Visits every knob by name: the one list that reading and writing share.
template <typename Visit>
void each(Knobs& k, const Visit& visit) {
  using std::array;
  visit("sent_delay_ms", k.sent_delay);
  visit("delivered_delay_ms", k.delivered_delay);
  visit("read_delay_ms", k.read_delay);
  visit("reading", k.reading, array{"when_open", "always", "never"});
  visit("statuses_shuffled", k.statuses_shuffled);
  visit("statuses_doubled", k.statuses_doubled);
  visit("delivered_skipped", k.delivered_skipped);
  visit("fail_after_sent", k.fail_after_sent);
  visit("pricing_on", k.pricing_on, array{"sent", "delivered", "both"});
  visit("window", k.window, array{"enforced", "refused", "ignored"});
  visit("any_recipient", k.any_recipient);
  visit("templates_held", k.templates_held);
  visit("payment_method", k.payment_method);
  visit("messaging_limit", k.messaging_limit);
  visit("messages_per_second", k.messages_per_second);
  visit("pair_limit", k.pair_limit);
  visit("pair_strict", k.pair_strict);
  visit("token_expires", k.token_expires);
  visit("token_scope", k.token_scope);
  visit("minimum_version", k.minimum_version);
  visit("media_url_life_ms", k.media_url_life);
  visit("inbound_media_life_ms", k.inbound_media_life);
  visit("uploaded_media_life_ms", k.uploaded_media_life);
  visit("webhooks_in_flight", k.webhooks_in_flight);
  visit("webhook_copies", k.webhook_copies);
  visit("batch_size", k.batch_size);
  visit("batch_wait_ms", k.batch_wait);
  visit("escape_unicode", k.escape_unicode);
  visit("body_size", k.body_size);
}

void check_ranges(const Knobs& k) {
  const auto within = [](int value, int min, int max, const char* name) {
    if (value < min || value > max)
      throw std::invalid_argument(std::string(name) + ": from " + std::to_string(min) + " to " +
                                  std::to_string(max));
  };
  within(k.webhooks_in_flight, 1, 256, "webhooks_in_flight");
  within(k.webhook_copies, 1, 10, "webhook_copies");
  within(k.batch_size, 1, 1000, "batch_size");
  within(k.body_size, 0, 3 * 1024 * 1024, "body_size");
  within(k.messaging_limit, 0, 1'000'000'000, "messaging_limit");
  if (k.messages_per_second < 0 || k.messages_per_second > 100'000)
    throw std::invalid_argument("messages_per_second: from 0 to 100000");
}

}  // namespace

Knobs Knobs::lifelike() {
  Knobs knobs;
  knobs.sent_delay = Millis(120);
  knobs.delivered_delay = Millis(350);
  knobs.read_delay = Millis(700);
  return knobs;
}

json to_json(const Knobs& knobs) {
  json out = json::object();
  Knobs copy = knobs;
  each(copy, [&](const char* name, auto& value, const auto&... names) {
    transfer(out[name], nullptr, value, names...);
  });
  return out;
}

void update(Knobs& knobs, const json& changes) {
  if (!changes.is_object()) throw std::invalid_argument("knobs are an object");
  Knobs next = knobs;
  std::size_t used = 0;
  each(next, [&](const char* name, auto& value, const auto&... names) {
    const auto found = changes.find(name);
    if (found == changes.end()) return;
    ++used;
    json ignored;
    try {
      transfer(ignored, &*found, value, names...);
    } catch (const std::exception& error) {
      throw std::invalid_argument(std::string(name) + ": " + error.what());
    }
  });
  if (used != changes.size()) {
    const json known = to_json(knobs);
    for (const auto& [name, ignored] : changes.items())
      if (!known.contains(name)) throw std::invalid_argument(name + ": there is no such knob");
  }
  check_ranges(next);
  knobs = next;
}

}  // namespace catalina::emulator
