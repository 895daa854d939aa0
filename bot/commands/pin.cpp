#include <pwd.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "app/control.hpp"
#include "commands/commands.hpp"
#include "commands/report.hpp"
#include "core/clock.hpp"
#include "store/pins.hpp"
#include "store/reader.hpp"
#include "store/writer.hpp"

namespace catalina::commands {
namespace {

constexpr int most_history = 10;

// Whoever runs the command, as the machine knows them.
std::string system_user() {
  const passwd* user = getpwuid(getuid());
  return user != nullptr ? user->pw_name : "uid " + std::to_string(getuid());
}

std::string or_user(const std::string& by) {
  return by.empty() ? system_user() : by;
}

std::string in_words(const dialog::PinnedMessage& message) {
  std::string text = message.text;
  if (!message.link.empty()) text += "\n" + message.link;
  if (!message.phone.empty()) text += "\n" + message.phone;
  return text + "\nde " + format_local(message.from) + " a " + format_local(message.until);
}

}  // namespace

int pin_set(const Settings& settings, const PinOptions& options) {
  dialog::PinnedMessage message;
  message.text = options.text;
  message.link = options.link;
  message.phone = options.phone;
  if (!options.from.empty()) message.from = parse_local(options.from);
  message.until = parse_local(options.until);
  pin(settings, message, or_user(options.by));
  std::printf("Aviso fijado hasta %s, hora de Cartagena.\n", format_local(message.until).c_str());
  return 0;
}

int pin_clear(const Settings& settings, const std::string& by) {
  unpin(settings, or_user(by));
  std::printf("No queda ningún aviso fijado ni programado.\n");
  return 0;
}

int pin_show(const Settings& settings) {
  const std::filesystem::path file = store::database_file(settings.data_dir);
  std::optional<dialog::PinnedMessage> now;
  std::vector<dialog::PinnedMessage> planned;
  std::vector<store::Pin> history;
  if (std::filesystem::exists(file)) {
    const Time at = make_clock(settings).now();
    store::Reader(file).read([&](store::ReadTx& tx) {
      now = store::Pins::in_force(tx, at);
      planned = store::Pins::planned(tx, at);
      history = store::Pins::history(tx, most_history);
    });
  }
  print_field("Ahora", now ? in_words(*now) : "ningún aviso");
  for (const dialog::PinnedMessage& message : planned) print_field("Programado", in_words(message));
  for (const store::Pin& pin : history)
    print_field(&pin == &history.front() ? "Historia" : "",
                format_local(pin.at) + " " + pin.by + ": " +
                    (pin.message.text.empty() ? "quitó el aviso" : in_words(pin.message)));
  return 0;
}

}  // namespace catalina::commands
