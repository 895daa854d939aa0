#include "emulator/emulator.hpp"

#include <boost/asio/io_context.hpp>
#include <cstdio>

#include "app/app.hpp"
#include "commands/commands.hpp"

namespace catalina::commands {

int emulator(const Settings& settings, const EmulatorOptions& chosen) {
  const WhatsappSettings& whatsapp = settings.whatsapp;
  const auto require = [](const std::string& value, const char* variable) {
    if (value.empty())
      std::fprintf(stderr, "catalina: %s is missing: the same as the bot's\n", variable);
    return !value.empty();
  };
  bool complete = require(whatsapp.app_secret, "CATALINA_WHATSAPP_APP_SECRET");
  complete &= require(whatsapp.verify_token, "CATALINA_WHATSAPP_VERIFY_TOKEN");
  complete &= require(whatsapp.access_token, "CATALINA_WHATSAPP_ACCESS_TOKEN");
  if (!complete) return 1;

  catalina::emulator::Options options;
  options.address = chosen.address;
  options.port = chosen.port;
  options.webhook_url = chosen.webhook_url;
  options.phone_page = true;
  options.app_secret = whatsapp.app_secret;
  options.verify_token = whatsapp.verify_token;
  options.access_token = whatsapp.access_token;
  if (!whatsapp.phone_number_id.empty()) options.phone_number_id = whatsapp.phone_number_id;
  if (!whatsapp.business_account_id.empty())
    options.business_account_id = whatsapp.business_account_id;

  boost::asio::io_context io(1);
  Clock clock = make_clock(settings);
  catalina::emulator::Emulator emulator(io, clock, options);
  emulator.start();
  std::printf("The emulator listens on http://%s:%d and delivers to %s; phones at /demo/\n",
              chosen.address.c_str(), emulator.port(), chosen.webhook_url.c_str());
  std::fflush(stdout);
  run_until_signal(io, [&] { return emulator.stop(); });
  return 0;
}

}  // namespace catalina::commands
