// Load on a real `catalina serve`: plays Meta (signed webhooks in, Graph API out, three receipts
// per reply) and reports answered messages per second, the time from the webhook to the Graph call
// and the processor time of the server per message. Figures belong to the machine; compare runs on
// the same one, and where others work on it too, only the processor time.
//
//   load_bench --catalina build/bench/catalina [--rate 1000] [--seconds 10] [--connections 32]
//   [--citizens 5000]
//
// --rate 0 sends as fast as the connections allow. The server and this program share the machine's
// cores.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdio>
#include <deque>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <unordered_map>

#include "core/crypto.hpp"
#include "http/client.hpp"
#include "http/server.hpp"
#include "support/process.hpp"
#include "support/temp_dir.hpp"

namespace {

using namespace catalina;
namespace asio = boost::asio;
using SteadyTime = std::chrono::steady_clock::time_point;

constexpr const char* secret = "bench-app-secret";
constexpr const char* phone_number_id = "109876543210001";

struct Options {
  std::string catalina;
  double rate = 1000;
  double seconds = 10;
  int connections = 32;
  int citizens = 5000;
  bool receipts = true;
};

// What people really ask, so that understanding is part of the measure.
constexpr const char* texts[] = {"hola buenas",
                                 "cuanto vale el certificado de residencia",
                                 "que nesesito pa sacar el permiso de un evento",
                                 "donde pago el predial",
                                 "me llego una fotomulta y quiero saber cuanto debo",
                                 "gracias",
                                 "requisitos para cambiar de colegio a mi hijo",
                                 "el vecino tiene un pico a todo volumen todas las noches"};

// Resident memory of a process in MiB, from the kernel.
double resident_mib(const std::string& pid) {
  std::ifstream status("/proc/" + pid + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  return 0;
}

// Processor time of a process, with that of the kernel for it.
double processor_seconds(const std::string& pid) {
  std::ifstream stat("/proc/" + pid + "/stat");
  std::string text;
  std::getline(stat, text);
  // Behind the name, which may hold anything, in parentheses; then user and system time are the
  // twelfth and thirteenth field (proc(5)).
  std::istringstream fields(text.substr(std::min(text.rfind(')') + 1, text.size())));
  for (int i = 0; i < 11; ++i) fields >> text;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

class Load {
 public:
  Load(asio::io_context& io, const Options& options)
      : io_(io), options_(options), graph_(io, graph_routes(), http::ServerOptions{}) {
    graph_.start();
  }

  std::uint16_t graph_port() const { return graph_.port(); }

  asio::awaitable<void> run(std::uint16_t port, std::string server) {
    http::ClientOptions client_options;
    client_options.max_connections = options_.connections;
    webhook_ = std::make_unique<http::Client>(
        io_.get_executor(), "http://127.0.0.1:" + std::to_string(port), client_options);
    co_await wait_for_health();
    const double used_before = processor_seconds(server);
    start_ = std::chrono::steady_clock::now();
    end_ = start_ + std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                        std::chrono::duration<double>(options_.seconds));
    for (int i = 0; i < options_.connections; ++i)
      asio::co_spawn(io_, send_messages(), asio::detached);
    if (options_.receipts) asio::co_spawn(io_, send_receipts(), asio::detached);
    while (running_ > 0 || answered_ < accepted_) {
      const auto now = std::chrono::steady_clock::now();
      if (now > end_ + std::chrono::seconds(20)) break;
      co_await pause(std::chrono::milliseconds(20));
    }
    finished_ = true;
    report();
    if (answered_ > 0)
      std::printf("server processor time %.0f us a message, peak memory %.0f MiB\n",
                  (processor_seconds(server) - used_before) / static_cast<double>(answered_) * 1e6,
                  resident_mib(server));
  }

 private:
  http::Router graph_routes() {
    http::Router router;
    router.add("POST", "/*", [this](http::Request request) { return answer(std::move(request)); });
    return router;
  }

  asio::awaitable<http::Response> answer(http::Request request) {
    const auto now = std::chrono::steady_clock::now();
    http::Response response;
    response.content_type = "application/json";
    const auto body = nlohmann::json::parse(request.body);
    if (body.contains("status")) {
      response.body = R"({"success":true})";
      co_return response;
    }
    const std::string phone = body.at("to").get<std::string>().substr(1);
    std::deque<SteadyTime>& waiting = asked_[phone];
    if (waiting.empty()) {
      ++surplus_;
    } else {
      latencies_.push_back(
          std::chrono::duration<double, std::milli>(now - waiting.front()).count());
      waiting.pop_front();
      ++answered_;
      last_answer_ = now;
    }
    const std::string wamid = "wamid.graph." + std::to_string(++graph_messages_);
    if (options_.receipts)
      receipts_.push_back({wamid, phone, body.value("biz_opaque_callback_data", "")});
    response.body = R"({"messaging_product":"whatsapp","contacts":[{"input":"+)" + phone +
                    R"(","wa_id":")" + phone + R"("}],"messages":[{"id":")" + wamid + R"("}]})";
    co_return response;
  }

  asio::awaitable<void> send_messages() {
    ++running_;
    const SteadyTime start = start_;
    while (std::chrono::steady_clock::now() < end_) {
      const std::int64_t number = next_++;
      if (options_.rate > 0) {
        const auto due =
            start + std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                        std::chrono::duration<double>(static_cast<double>(number) / options_.rate));
        if (due > std::chrono::steady_clock::now()) co_await pause_until(due);
      }
      const std::string phone = std::to_string(573000000000 + number % options_.citizens);
      asked_[phone].push_back(std::chrono::steady_clock::now());
      const bool taken = co_await post(message_body(number, phone));
      if (taken) {
        ++accepted_;
      } else {
        ++refused_;
        if (!asked_[phone].empty()) asked_[phone].pop_back();
      }
    }
    --running_;
  }

  asio::awaitable<void> send_receipts() {
    while (!finished_) {
      if (receipts_.empty()) {
        co_await pause(std::chrono::milliseconds(5));
        continue;
      }
      constexpr std::size_t batch = 50;
      std::string statuses;
      for (std::size_t i = 0; i < batch && !receipts_.empty(); ++i) {
        const ReceiptOf receipt = std::move(receipts_.front());
        receipts_.pop_front();
        for (const char* status : {"sent", "delivered", "read"}) {
          statuses += (statuses.empty() ? "" : ",");
          statuses += R"({"id":")" + receipt.wamid + R"(","status":")" + status +
                      R"(","timestamp":")" + seconds_now() + R"(","recipient_id":")" +
                      receipt.phone + R"(","biz_opaque_callback_data":")" + receipt.opaque +
                      R"("})";
          ++receipts_sent_;
        }
      }
      co_await post(envelope(R"("statuses":[)" + statuses + "]"));
    }
  }

  asio::awaitable<bool> post(std::string body) {
    http::Headers headers{
        {"Content-Type", "application/json"},
        {"X-Hub-Signature-256", "sha256=" + crypto::hmac_sha256_hex(secret, body)}};
    const http::CallResult result =
        co_await webhook_->call("POST", "/webhook", std::move(headers), std::move(body));
    co_return result.kind == http::CallResult::Kind::answered&& result.response.status == 200;
  }

  asio::awaitable<void> wait_for_health() {
    for (;;) {
      const http::CallResult result = co_await webhook_->call("GET", "/health", {}, "");
      if (result.kind == http::CallResult::Kind::answered && result.response.status == 200)
        co_return;
      co_await pause(std::chrono::milliseconds(10));
    }
  }

  asio::awaitable<void> pause(std::chrono::steady_clock::duration duration) {
    co_await pause_until(std::chrono::steady_clock::now() + duration);
  }
  asio::awaitable<void> pause_until(SteadyTime time) {
    asio::steady_timer timer(io_, time);
    co_await timer.async_wait(asio::use_awaitable);
  }

  static std::string seconds_now() {
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(
                              std::chrono::system_clock::now().time_since_epoch())
                              .count());
  }

  static std::string envelope(const std::string& value) {
    return R"({"object":"whatsapp_business_account","entry":[{"id":"108765432109001","changes":[{"field":"messages",)"
           R"("value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"573005559000",)"
           R"("phone_number_id":")" +
           std::string(phone_number_id) + R"("},)" + value + "}}]}]}";
  }

  std::string message_body(std::int64_t number, const std::string& phone) const {
    // Another text each time it is a citizen's turn, as citizens write.
    const std::int64_t text = number + number / options_.citizens;
    const std::string bsuid = "CO.7" + phone;
    return envelope(R"("contacts":[{"profile":{"name":"Vecina"},"wa_id":")" + phone +
                    R"(","user_id":")" + bsuid + R"("}],"messages":[{"from":")" + phone +
                    R"(","from_user_id":")" + bsuid +
                    R"(","id":"wamid.HBgMNTczMDA1NTUwMTAxFQIAEhgU)" + std::to_string(number) +
                    R"(","timestamp":")" + seconds_now() + R"(","type":"text","text":{"body":")" +
                    texts[static_cast<std::size_t>(text) % std::size(texts)] + R"("}}])");
  }

  void report() {
    std::sort(latencies_.begin(), latencies_.end());
    const auto at = [&](double share) {
      return latencies_.empty()
                 ? 0.0
                 : latencies_[static_cast<std::size_t>(share * double(latencies_.size() - 1))];
    };
    const double took = std::chrono::duration<double>(last_answer_ - start_).count();
    std::printf("accepted %lld, refused %lld, answered %lld, answered twice %lld, receipts %lld\n",
                static_cast<long long>(accepted_), static_cast<long long>(refused_),
                static_cast<long long>(answered_), static_cast<long long>(surplus_),
                static_cast<long long>(receipts_sent_));
    std::printf(
        "answered per second %.0f; webhook to Graph call p50 %.2f ms, p99 %.2f ms, max %.2f ms\n",
        took > 0 ? static_cast<double>(answered_) / took : 0, at(0.5), at(0.99), at(1.0));
  }

  struct ReceiptOf {
    std::string wamid;
    std::string phone;
    std::string opaque;
  };

  asio::io_context& io_;
  Options options_;
  http::Server graph_;
  std::unique_ptr<http::Client> webhook_;
  std::unordered_map<std::string, std::deque<SteadyTime>>
      asked_;  // by phone, unanswered, oldest first
  std::deque<ReceiptOf> receipts_;
  std::vector<double> latencies_;  // ms
  SteadyTime start_{};
  SteadyTime end_{};
  SteadyTime last_answer_{};
  std::int64_t next_ = 0;
  std::int64_t accepted_ = 0;
  std::int64_t refused_ = 0;
  std::int64_t answered_ = 0;
  std::int64_t surplus_ = 0;
  std::int64_t graph_messages_ = 0;
  std::int64_t receipts_sent_ = 0;
  int running_ = 0;
  bool finished_ = false;
};

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("Load on catalina serve");
  app.add_option("--catalina", options.catalina, "The binary")->required();
  app.add_option("--rate", options.rate, "Messages per second, 0 for as fast as it goes");
  app.add_option("--seconds", options.seconds, "How long");
  app.add_option("--connections", options.connections, "Webhooks at once");
  app.add_option("--citizens", options.citizens, "Different phones");
  CLI11_PARSE(app, argc, argv);

  asio::io_context io(1);
  Load load(io, options);
  const test::TempDir dir;
  const std::uint16_t port = 18080;
  const test::Process server(
      options.catalina, {"serve"},
      {{"CATALINA_HTTP_PORT", std::to_string(port)},
       {"CATALINA_DATA_DIR", (dir / "data").string()},
       {"CATALINA_LOG_LEVEL", "warn"},
       {"CATALINA_WHATSAPP_APP_SECRET", secret},
       {"CATALINA_WHATSAPP_VERIFY_TOKEN", "bench"},
       {"CATALINA_WHATSAPP_ACCESS_TOKEN", "bench"},
       {"CATALINA_WHATSAPP_PHONE_NUMBER_ID", phone_number_id},
       {"CATALINA_WHATSAPP_BUSINESS_ACCOUNT_ID", "108765432109001"},
       {"CATALINA_WHATSAPP_GRAPH_URL", "http://127.0.0.1:" + std::to_string(load.graph_port())},
       {"CATALINA_WHATSAPP_MESSAGES_PER_SECOND", "100000"},
       {"CATALINA_ENGINE_HOLD_SECONDS", "0"},  // the time she takes, not the time she waits
       {"CATALINA_WHATSAPP_PAIR_SECONDS", "0"}},
      {dir / "log"});
  asio::co_spawn(
      io,
      [](Load& running, asio::io_context& context, std::string pid) -> asio::awaitable<void> {
        co_await running.run(port, std::move(pid));
        context.stop();
      }(load, io, std::to_string(server.pid())),
      asio::detached);
  io.run();
  std::ifstream log(dir / "log");
  std::printf("%s", std::string(std::istreambuf_iterator<char>(log), {}).c_str());
}
