// kill -9 under load. The emulator plays Meta and goes on living: it delivers again what was not
// answered 200, and tells with its receipts what it really took.
#include <unistd.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <csignal>
#include <fstream>
#include <map>
#include <random>
#include <thread>

#include "core/log.hpp"
#include "emulator/emulator.hpp"
#include "http/server.hpp"
#include "support/catalina.hpp"
#include "support/catch.hpp"
#include "support/process.hpp"
#include "support/temp_dir.hpp"

using namespace catalina;
using namespace std::chrono_literals;

namespace {

constexpr int kills = 20;
constexpr int citizens = 40;
constexpr int messages_per_life = 40;  // of the process: between two kills
constexpr auto receipt_wait = 15s;     // longer than the emulator takes to deliver a receipt again
constexpr auto patience = 120s;

emulator::Options options() {
  emulator::Options options;
  options.app_secret = "crash-app-secret";
  options.verify_token = "crash-verify-token";
  options.access_token = "crash-access-token";
  return options;
}

// The emulator, whose loop ends with it however the test ends.
struct Meta {
  ~Meta() {
    io.stop();
    if (thread.joinable()) thread.join();
  }
  void start() {
    emulator.start();
    thread = std::thread([this] { io.run(); });
  }

  boost::asio::io_context io{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{io.get_executor()};
  Clock clock = Clock::system();
  emulator::Emulator emulator{io, clock, options()};
  std::thread thread;
};

// A port that stays free while nobody listens on it: below those the system gives out by itself,
// and another one for each test program, since several run at once.
std::uint16_t reserve_port() {
  int lowest_given_out = 0;
  std::ifstream("/proc/sys/net/ipv4/ip_local_port_range") >> lowest_given_out;
  boost::asio::io_context io;
  const int first = lowest_given_out - 1 - ::getpid() % 5000;
  for (int port = first; port > 1024; --port) {
    try {
      http::ServerOptions chosen;
      chosen.port = static_cast<std::uint16_t>(port);
      return http::Server(io, http::Router(), chosen).port();
    } catch (const std::runtime_error&) {  // somebody else's
    }
  }
  throw std::runtime_error("no port is free below those the system gives out");
}

// The bot, which comes back on the same port and data after each kill.
class Bot {
 public:
  explicit Bot(const emulator::Emulator& meta) {
    variables_ = {
        {"CATALINA_HTTP_PORT", std::to_string(port_)},
        {"CATALINA_DATA_DIR", (dir_ / "data").string()},
        {"CATALINA_LOG_LEVEL", "warn"},
        {"CATALINA_WHATSAPP_APP_SECRET", meta.options().app_secret},
        {"CATALINA_WHATSAPP_VERIFY_TOKEN", meta.options().verify_token},
        {"CATALINA_WHATSAPP_ACCESS_TOKEN", meta.options().access_token},
        {"CATALINA_WHATSAPP_PHONE_NUMBER_ID", meta.options().phone_number_id},
        {"CATALINA_WHATSAPP_BUSINESS_ACCOUNT_ID", meta.options().business_account_id},
        {"CATALINA_WHATSAPP_GRAPH_URL", "http://127.0.0.1:" + std::to_string(meta.port())},
        {"CATALINA_WHATSAPP_MESSAGES_PER_SECOND", "1000"},
        {"CATALINA_WHATSAPP_RECEIPT_WAIT_SECONDS", std::to_string(receipt_wait.count())}};
  }

  std::string webhook() const { return "http://127.0.0.1:" + std::to_string(port_) + "/webhook"; }
  void start() {
    process_ = std::make_unique<test::Process>(CATALINA_BINARY, arguments_, variables_,
                                               test::Streams{dir_ / "log"});
  }
  bool running() const { return process_->running(); }
  std::string log() const { return test::read_file(dir_ / "log"); }
  void kill() {
    process_->signal(SIGKILL);
    process_->wait();
  }

 private:
  test::TempDir dir_;
  const std::uint16_t port_ = reserve_port();
  const std::vector<std::string> arguments_{"serve"};
  std::map<std::string, std::string> variables_;
  std::unique_ptr<test::Process> process_;
};

// Both, connected. The bot does not run yet.
struct Stage {
  Stage() {
    log::configure(log::Level::error, log::Format::text);  // refused connections are the point here
    meta.act([](emulator::World& world, Time) {
      world.knobs.messages_per_second = 0;
      // With pauses that double, a receipt that met several kills could come after the wait for it.
      world.webhooks.retry_by({.longest = 1s});
    });
    meta.set_webhook_url(bot.webhook());
    playing.start();
  }

  Meta playing;
  emulator::Emulator& meta = playing.emulator;
  Bot bot{meta};
};

// Fails when they do not come in time, and at once when the bot has ended by itself.
void wait_for_replies(emulator::Emulator& meta, const Bot& bot, std::uint64_t count) {
  const auto enough = [&](emulator::World& world) { return world.accepted_count() >= count; };
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!meta.wait_until(enough, 1s)) {
    INFO(bot.log());
    REQUIRE(bot.running());
    REQUIRE(std::chrono::steady_clock::now() < deadline);
  }
}

}  // namespace

TEST_CASE(
    "killed twenty times under load, nothing acknowledged is lost and nothing is answered twice") {
  Stage stage;
  emulator::Emulator& meta = stage.meta;
  Bot& bot = stage.bot;

  std::vector<std::string> phones;
  for (int i = 0; i < citizens; ++i) phones.push_back(meta.add_phone());
  std::mt19937 random(20261121);
  int said = 0;
  for (int life = 0; life <= kills; ++life) {
    bot.start();
    const std::uint64_t before =
        meta.act([](emulator::World& world, Time) { return world.accepted_count(); });
    for (int i = 0; i < messages_per_life; ++i) {
      const std::string& phone = phones[static_cast<std::size_t>(said++ % citizens)];
      meta.say(phone, "cuánto cuesta el certificado de residencia");
    }
    if (life == kills) break;
    // Killed somewhere between the first reply of this life and the last: at a random number of
    // replies.
    const std::uint64_t target = before + 1 + random() % messages_per_life;
    wait_for_replies(meta, bot, target);
    bot.kill();
  }

  const auto all = static_cast<std::uint64_t>(said);
  wait_for_replies(meta, bot, all);
  CHECK(meta.wait_until_quiet(patience));

  std::map<std::string, int> answers;
  std::map<std::string, int> opaque;
  for (const emulator::SendRecord& send : meta.sends()) {
    if (send.wamid.empty()) continue;
    ++answers[send.to];
    CHECK(++opaque[send.opaque] == 1);
  }
  CHECK(answers.size() == citizens);
  for (const auto& [to, count] : answers) {
    INFO(to);
    CHECK(count == said / citizens);
  }
}

TEST_CASE("killed while words wait for more of them, each is answered once all the same") {
  Stage stage;
  emulator::Emulator& meta = stage.meta;
  Bot& bot = stage.bot;

  constexpr int lives = 4;
  constexpr std::uint64_t greeted = 10;  // in each life
  for (std::uint64_t life = 0; life < lives; ++life) {
    bot.start();
    for (std::uint64_t i = 0; i < greeted; ++i) meta.say(meta.add_phone(), "hola");
    // With the answers to the greetings of the life before, while those of this one are held.
    wait_for_replies(meta, bot, life * greeted);
    if (life + 1 < lives) bot.kill();
  }
  wait_for_replies(meta, bot, lives * greeted);
  CHECK(meta.wait_until_quiet(patience));
  std::map<std::string, int> answers;
  for (const emulator::SendRecord& send : meta.sends())
    if (!send.wamid.empty()) ++answers[send.to];
  CHECK(answers.size() == lives * greeted);
  for (const auto& [to, count] : answers) {
    INFO(to);
    CHECK(count == 1);
  }
}
