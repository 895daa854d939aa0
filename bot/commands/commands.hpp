// The subcommands of the binary. Each returns the exit status: 0 done, 1 the work failed (the
// reason on standard error, one line first).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/settings.hpp"

namespace catalina::commands {

int serve(const Settings& settings);
// `serve` plus the emulator of the Cloud API and the phone page; makes its own secrets, binds to
// loopback only.
int demo(Settings settings);

struct EmulatorOptions {
  std::string address;
  std::uint16_t port = 0;
  std::string webhook_url;  // of the bot under test
};
int emulator(const Settings& settings, const EmulatorOptions& options);

int chat(const Settings& settings, const std::string& phone);
int classify(const Settings& settings, bool timing);

// Why she would answer a message as she would; why she answered a stored turn as she did (`id`: see
// app/past_turn.hpp), and whether she would again; the last turns of a citizen, to find it among.
int explain_text(const Settings& settings, const std::string& text, bool json);
int explain_turn(const Settings& settings, const std::string& id, bool json);
int explain_citizen(const Settings& settings, const std::string& phone, bool json);

// `source` of the catalog: a folder like config/, or a bundle that `export` wrote; empty: the
// settings' folder.
int catalog_validate(const Settings& settings, const std::filesystem::path& source);
int catalog_import(const Settings& settings, const std::filesystem::path& source,
                   const std::string& note);
int catalog_export(const Settings& settings, const std::filesystem::path& target,
                   const std::string& format);
int catalog_diff(const Settings& settings, const std::filesystem::path& source);

// Prints the date by which the law wants an answer. 2: a term, a date or a range that cannot be
// meant.
struct DeadlineOptions {
  std::string term;                    // PET, INF, …
  std::string received;                // in Cartagena, "2026-03-20T10:00"
  std::vector<std::string> suspended;  // "2026-03-24/2026-03-25", both included
};
int deadline(const Settings& settings, const DeadlineOptions& options);

// The message pinned for everybody. Times are those of Cartagena, "2026-11-21 14:30".
struct PinOptions {
  std::string text;
  std::string link;
  std::string phone;
  std::string from;  // empty: now
  std::string until;
  std::string by;  // empty: the user of the system
};
int pin_set(const Settings& settings, const PinOptions& options);
int pin_show(const Settings& settings);
int pin_clear(const Settings& settings, const std::string& by);

// Parses the command line and runs the command. 2: wrong usage.
int run(int argc, char** argv);

}  // namespace catalina::commands
