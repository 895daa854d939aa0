// Settings of one process: the defaults of config/catalina.json, a file the operator names, and the
// environment, in that order of precedence, checked against config/catalina.schema.json. Every key
// can be set by environment: CATALINA_ and the path in capitals joined by "_"; a secret also with
// "_FILE" behind its name, then read from a file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/clock.hpp"

namespace catalina {

struct HttpSettings {
  std::string address;
  std::uint16_t port = 0;       // 0: any free one (tests)
  std::string tls_certificate;  // PEM file; empty: plain HTTP, for loopback or behind a proxy
  std::string tls_key;          // PEM file
  int max_connections = 0;
};

struct MetricsSettings {
  std::string address;
  std::optional<std::uint16_t> port;  // absent: /metrics is not served
};

struct WhatsappSettings {
  std::string app_secret;
  std::string app_secret_old;  // accepted too while a secret is rotated; empty: none
  std::string verify_token;
  std::string access_token;
  std::string phone_number_id;
  std::string business_account_id;
  std::string graph_url;
  std::string graph_version;
  double messages_per_second = 0;  // of the whole number, in and out
  double pair_seconds = 0;  // pacing towards one citizen: one message every so many seconds …
  int pair_burst = 0;       // … after so many back to back
  double receipt_wait_seconds =
      0;                   // how long a message whose fate is unknown waits for its receipt
  int connections = 0;     // kept open to the Graph API at most
  bool read_marks = true;  // blue ticks and "typing" before a reply
  std::int64_t media_max_bytes = 0;       // an inbound file larger than this is not kept
  std::int64_t media_min_free_bytes = 0;  // with less room on the disk no file is fetched
};

struct Settings {
  HttpSettings http;
  MetricsSettings metrics;
  WhatsappSettings whatsapp;
  std::filesystem::path data_dir;
  std::filesystem::path config_dir;  // empty: the configuration built into the binary
  std::string clock;                 // "system" or "at:<UTC time>"
  std::string log_level;             // debug info warn error
  std::string log_format;            // text json
  int engine_queue = 0;  // jobs waiting for the writer at most; beyond it the webhook answers 503
  double engine_hold_seconds = 0;  // how long the answer to half a thought waits for the rest
};

// One or more things to put right, each a plain line that names the setting.
class SettingsError : public std::runtime_error {
 public:
  explicit SettingsError(std::vector<std::string> problems);
  const std::vector<std::string>& problems() const { return problems_; }

 private:
  std::vector<std::string> problems_;
};

// The environment as a function, so that tests need not touch the process.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;
Environment process_environment();

// Throws SettingsError with every problem found.
Settings load_settings(const Environment& environment);

// What `serve` cannot do without or must not do; each a line for the operator. Empty: it may start.
std::vector<std::string> problems_for_serve(const Settings& settings);

// The clock the settings ask for.
Clock make_clock(const Settings& settings);

}  // namespace catalina
