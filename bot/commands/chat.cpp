#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <charconv>
#include <iostream>

#include "app/data_dir.hpp"
#include "app/published_catalog.hpp"
#include "app/visible.hpp"
#include "catalog/text.hpp"
#include "commands/commands.hpp"
#include "core/crypto.hpp"
#include "engine/engine.hpp"

namespace catalina::commands {
namespace {

constexpr std::size_t wamid_bytes = 12;

// One citizen in a terminal: reads lines, shows replies, remembers what can be tapped.
class Terminal {
 public:
  Terminal(store::Writer& writer, engine::Engine& engine, const Clock& clock, std::string phone)
      : writer_(writer),
        engine_(engine),
        clock_(clock),
        phone_(std::move(phone)),
        prompt_(isatty(STDIN_FILENO)) {}

  void run() {
    for (std::string line; ask(line);) {
      if (line.empty()) continue;
      whatsapp::Envelope envelope;
      envelope.messages.push_back(message(line));
      for (const store::Outgoing& row : engine_.receive_now(std::move(envelope)).outgoing) {
        take(row);
        show(visible(row.content));
      }
    }
  }

 private:
  bool ask(std::string& line) {
    if (prompt_) std::cout << "> " << std::flush;
    return static_cast<bool>(std::getline(std::cin, line));
  }

  // A number picks what the last reply offered; anything else is what the citizen writes.
  whatsapp::InboundMessage message(const std::string& line) const {
    whatsapp::InboundMessage message;
    message.wamid = "wamid.terminal." + crypto::random_hex(wamid_bytes);
    message.kind = whatsapp::InboundKind::turn;
    message.type = "text";
    message.from.phone = phone_;
    message.sent_at = clock_.now();
    message.content.text = text::sanitize(line, dialog::limits::text_body);
    message.content.sent_at = message.sent_at;
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
    if (error == std::errc() && end == line.data() + line.size() && number >= 1 &&
        number <= offered_.size()) {
      message.type = "interactive";
      message.content.kind = dialog::MessageKind::choice;
      message.content.choice = offered_[number - 1].id;
      message.content.text = offered_[number - 1].title;
    }
    return message;
  }

  // The terminal is where this reply went: nothing is left for a sender that starts later on the
  // same store.
  void take(const store::Outgoing& row) {
    const std::string wamid = "terminal." + std::to_string(row.id);
    writer_.run([&](store::WriteTx& tx) {
      store::Outbox::accepted(tx, row.id, wamid, clock_.now());
      whatsapp::Receipt receipt;
      receipt.wamid = wamid;
      receipt.opaque = store::Outbox::opaque(writer_.store_id(), row.id);
      receipt.status = whatsapp::ReceiptStatus::read;
      receipt.at = clock_.now();
      store::Outbox::apply(tx, receipt, clock_.now());
    });
  }

  void show(const VisibleReply& reply) {
    std::cout << reply.text << '\n';
    offered_ = reply.buttons;
    offered_.insert(offered_.end(), reply.rows.begin(), reply.rows.end());
    for (std::size_t i = 0; i < offered_.size(); ++i) {
      std::cout << "  " << i + 1 << ") " << offered_[i].title;
      if (!offered_[i].description.empty()) std::cout << " - " << offered_[i].description;
      std::cout << '\n';
    }
    std::cout << '\n';
  }

  store::Writer& writer_;
  engine::Engine& engine_;
  const Clock& clock_;
  std::string phone_;
  bool prompt_;
  std::vector<Tappable> offered_;
};

}  // namespace

int chat(const Settings& settings, const std::string& phone) {
  const Clock clock = make_clock(settings);
  prepare_data_dir(settings.data_dir);
  store::WriterOptions options;
  options.file = store::database_file(settings.data_dir);
  store::Writer writer(options, clock);
  const engine::CurrentKnowledge knowledge(
      load_or_publish(writer, settings.config_dir, settings.data_dir, clock.now()));
  boost::asio::io_context io;
  engine::Engine engine(io.get_executor(), writer, knowledge, clock,
                        [](const engine::Committed&) {});
  Terminal(writer, engine, clock, phone).run();
  return 0;
}

}  // namespace catalina::commands
