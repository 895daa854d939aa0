#include <boost/asio/io_context.hpp>
#include <cstdio>

#include "app/app.hpp"
#include "commands/commands.hpp"
#include "core/crypto.hpp"
#include "emulator/emulator.hpp"

namespace catalina::commands {
namespace {

constexpr std::size_t secret_bytes = 24;

// A demo never talks to Meta: what the environment says of it is replaced by secrets that live as
// long as the process.
void use_own_secrets(WhatsappSettings& whatsapp) {
  whatsapp.app_secret = crypto::random_hex(secret_bytes);
  whatsapp.app_secret_old.clear();
  whatsapp.verify_token = crypto::random_hex(secret_bytes);
  whatsapp.access_token = crypto::random_hex(secret_bytes);
}

emulator::Options emulator_options(const WhatsappSettings& whatsapp) {
  emulator::Options options;
  options.app_secret = whatsapp.app_secret;
  options.verify_token = whatsapp.verify_token;
  options.access_token = whatsapp.access_token;
  return options;
}

}  // namespace

int demo(Settings settings) {
  settings.http.address = "127.0.0.1";
  use_own_secrets(settings.whatsapp);

  boost::asio::io_context io(1);
  Clock clock = make_clock(settings);
  emulator::Emulator emulator(io, clock, emulator_options(settings.whatsapp));
  settings.whatsapp.graph_url = "http://127.0.0.1:" + std::to_string(emulator.port());
  settings.whatsapp.phone_number_id = emulator.options().phone_number_id;
  settings.whatsapp.business_account_id = emulator.options().business_account_id;
  App app(io, settings, clock, [&](http::Router& router) { emulator.mount_phones(router); });

  const std::string base = "http://127.0.0.1:" + std::to_string(app.port());
  emulator.set_webhook_url(base + "/webhook");
  app.start();
  emulator.start();
  std::printf("Catalina is running. Write to her at %s/demo/\n", base.c_str());
  std::fflush(stdout);
  // The emulator first: an open phone page waits for news in a request that the app would otherwise
  // wait for.
  run_until_signal(io, [&]() -> boost::asio::awaitable<void> {
    co_await emulator.stop();
    co_await app.stop();
  });
  return 0;
}

}  // namespace catalina::commands
