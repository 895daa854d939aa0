// How much the store and the engine bear: jobs, receipts and turns a second on a database of its
// own in the folder named on the command line (default: the current one), which should be on the
// disk that matters.
//
//   cmake --preset release -DCATALINA_TESTS=ON && ninja -C build/release store_bench
//   build/release/store_bench /var/lib/somewhere
#include <algorithm>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "core/log.hpp"
#include "engine/engine.hpp"
#include "store/citizens.hpp"
#include "store/inbound.hpp"
#include "store/transaction.hpp"

using namespace catalina;
using Seconds = std::chrono::duration<double>;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr int citizens = 1000;

std::string bsuid_of(int i) {
  return "CO." + std::to_string(1'000'000 + i % citizens);
}

// As long as real ones.
std::string wamid_of(const char* kind, int i) {
  return std::string("wamid.HBgMNTczMDA1NTUwMTAxFQIAEhggQUJDREVGMDEyMzQ1Njc4OTAx") + kind +
         std::to_string(i);
}

// A database that is new for each measurement, and gone after it.
struct Bench {
  std::filesystem::path folder;
  Clock clock = Clock::system();
  store::WriterOptions options;
  std::optional<store::Writer> writer;

  Bench(const std::filesystem::path& parent, int group_limit) : folder(parent / "store_bench") {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    options.file = store::database_file(folder);
    options.group_limit = group_limit;
    writer.emplace(options, clock);
  }
  ~Bench() {
    writer.reset();
    std::filesystem::remove_all(folder);
  }

  void submit(const store::Writer::Work& work) {
    while (!writer->submit(work, [](std::exception_ptr failure) {
      if (failure) std::terminate();
    }))
      std::this_thread::yield();
  }
  void finish() {
    while (true) try {
        return writer->run([](store::WriteTx&) {});
      } catch (const store::StoreError&) {
        std::this_thread::yield();  // the queue is full
      }
  }
};

void report(const std::string& what, int count, Seconds took, const store::WriterStats& stats) {
  std::printf("%-34s %9.0f /s   %6.1f jobs a commit\n", what.c_str(), count / took.count(),
              static_cast<double>(stats.jobs) / static_cast<double>(stats.commits));
  std::fflush(stdout);
}

void jobs(const std::filesystem::path& parent, int group) {
  Bench bench(parent, group);
  const int count = group == 1 ? 20'000 : 100'000;
  const auto start = SteadyClock::now();
  for (int i = 0; i < count; ++i)
    bench.submit([i](store::WriteTx& tx) {
      store::InboundRecord record;
      record.wamid = wamid_of("IN", i);
      record.type = "text";
      if (!store::Inbound::seen(tx, record.wamid)) store::Inbound::add(tx, record);
    });
  bench.finish();
  report("jobs, groups of at most " + std::to_string(group), count, SteadyClock::now() - start,
         bench.writer->stats());
}

void receipts(const std::filesystem::path& parent) {
  Bench bench(parent, store::WriterOptions().group_limit);
  constexpr int messages = 30'000;
  std::vector<std::int64_t> ids;
  bench.writer->run([&](store::WriteTx& tx) {
    for (int i = 0; i < messages; ++i) {
      const auto citizen = store::Citizens::meet(tx, {bsuid_of(i), ""}, "", "", Time()).id;
      ids.push_back(store::Outbox::add(tx, {.citizen = citizen,
                                            .content = std::string(600, 'x'),
                                            .in_reply_to = wamid_of("IN", i)})
                        .id);
      store::Outbox::accepted(tx, ids.back(), wamid_of("OUT", i), Time());
    }
  });
  const auto start = SteadyClock::now();
  for (const auto status : {whatsapp::ReceiptStatus::sent, whatsapp::ReceiptStatus::delivered,
                            whatsapp::ReceiptStatus::read})
    for (const std::int64_t id : ids) {
      whatsapp::Receipt receipt;
      receipt.opaque = store::Outbox::opaque(bench.writer->store_id(), id);
      receipt.status = status;
      bench.submit([receipt](store::WriteTx& tx) { store::Outbox::apply(tx, receipt, Time()); });
    }
  bench.finish();
  report("receipts", 3 * messages, SteadyClock::now() - start, bench.writer->stats());
}

dialog::Turn stub_step(const dialog::Conversation& conversation, const dialog::Message& message,
                       const dialog::Knowledge&, const dialog::Records&, Time) {
  dialog::Turn turn;
  turn.conversation = conversation;
  turn.conversation.topic = "tramite:predial-pagar";
  turn.conversation.offers = {{"ver:requisitos", "Requisitos"}, {"ver:costo", "Costo"}};
  turn.replies.push_back(
      {.header = {}, .body = std::string(500, 'x') + message.text, .footer = {}, .action = {}});
  turn.why.decision = "answer";
  return turn;
}

// `senders` webhook requests are under way at any time, each with one message.
void turns(const std::filesystem::path& parent, int senders) {
  Bench bench(parent, store::WriterOptions().group_limit);
  constexpr int count = 60'000;
  boost::asio::io_context io(1);
  engine::CurrentKnowledge knowledge(
      std::make_shared<dialog::Knowledge>(dialog::Knowledge{"1", nullptr, nullptr, nullptr}));
  engine::Engine engine(io.get_executor(), *bench.writer, knowledge, bench.clock,
                        [](engine::Committed) {}, {.step = stub_step, .render = whatsapp::render});
  int next = 0;
  std::vector<double> latencies;  // milliseconds
  latencies.reserve(count);
  const auto sender = [&]() -> boost::asio::awaitable<void> {
    while (next < count) {
      const int i = next++;
      whatsapp::InboundMessage message;
      message.wamid = wamid_of("IN", i);
      message.kind = whatsapp::InboundKind::turn;
      message.type = "text";
      message.from.bsuid = bsuid_of(i);
      message.sent_at = bench.clock.now();
      message.content.text = "¿Qué necesito para pagar el predial?";
      whatsapp::Envelope envelope;
      envelope.messages.push_back(std::move(message));
      const auto start = SteadyClock::now();
      co_await engine.receive(std::move(envelope));
      latencies.push_back(
          std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count());
    }
  };
  for (int i = 0; i < senders; ++i) boost::asio::co_spawn(io, sender, boost::asio::detached);
  const auto start = SteadyClock::now();
  io.run();
  const auto took = SteadyClock::now() - start;
  report("turns, " + std::to_string(senders) + " at a time", count, took, bench.writer->stats());
  std::sort(latencies.begin(), latencies.end());
  std::printf("%34s p50 %.2f ms, p99 %.2f ms, max %.2f ms\n", "", latencies[latencies.size() / 2],
              latencies[latencies.size() * 99 / 100], latencies.back());
}

}  // namespace

int main(int argc, char** argv) {
  log::configure(log::Level::warn, log::Format::text);
  const std::filesystem::path parent = argc > 1 ? argv[1] : ".";
  for (const int group : {1, 8, 32, 128}) jobs(parent, group);
  receipts(parent);
  for (const int senders : {1, 16, 256}) turns(parent, senders);
}
