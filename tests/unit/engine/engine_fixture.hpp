// The real engine on a real database, with turns that the test decides.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/engine.hpp"
#include "store/citizens.hpp"
#include "store/inbound.hpp"
#include "store/reader.hpp"
#include "support/config_files.hpp"
#include "support/temp_dir.hpp"

namespace catalina::test {

// Answers "eco: <text>" and counts turns in the conversation; some words make it do otherwise.
inline dialog::Turn echo(const dialog::Conversation& before, const dialog::Message& message,
                         const dialog::Knowledge&, const dialog::Records& records, Time now) {
  dialog::Turn turn;
  turn.conversation = before;
  turn.conversation.misunderstood = before.misunderstood + 1;
  turn.conversation.topic = before.topic + message.text + " ";
  turn.conversation.last_turn_at = now;
  turn.why = {.decision = "answer",
              .target = "faq:eco",
              .aspect = "general",
              .confidence = 0.5,
              .evidence = records.display_name};
  if (message.text == "throw") throw std::runtime_error("poison");
  if (message.text == "throw an int") throw 7;
  if (message.text == "person") turn.effects.push_back(dialog::HandoffRequested{"pide persona"});
  if (message.text == "form") turn.effects.push_back(dialog::FormReceived{R"({"a":1})"});
  if (message.text.find("secret") != std::string::npos) turn.keep_text = false;
  if (message.text == "help") turn.why.decision = "talk";
  if (message.text.starts_with("which")) {
    turn.why.decision = "clarify";
    turn.why.target = "faq:one faq:other";
  }
  // Half a thought ends in three dots.
  turn.unfinished = turn.keep_text && message.text.ends_with("...");
  if (message.text != "silence")
    turn.replies.push_back(
        {.header = {}, .body = "eco: " + message.text, .footer = {}, .action = {}});
  return turn;
}

inline std::string body_only(const dialog::Reply& reply) {
  if (reply.body == "eco: unrenderable") throw std::runtime_error("unrenderable");
  return reply.body;
}

struct EngineFixture {
  TempDir dir;
  Clock clock = Clock::frozen_at(parse_utc("2026-11-20T15:00:00Z"));  // a Friday, 10:00 in Bogotá
  store::WriterOptions options{.file = store::database_file(dir.path()),
                               .busy_timeout = Millis(0),
                               .begin_attempts = 1,
                               .probe_interval = Millis(1)};
  std::optional<store::Writer> writer{std::in_place, options, clock};
  engine::CurrentKnowledge knowledge{
      std::make_shared<dialog::Knowledge>(dialog::Knowledge{"7", catalog(), nullptr, nullptr})};
  boost::asio::io_context io;
  Millis patience{0};
  std::vector<engine::Committed> commits;  // as told by OnCommit
  std::optional<engine::Engine> engine;

  EngineFixture() { start(); }

  // The shipped one.
  static std::shared_ptr<const catalog::Catalog> catalog() {
    static const auto shipped = catalog::Catalog::build(config_files());
    return shipped;
  }

  void start(engine::Thinking thinking = {.step = echo, .render = body_only}) {
    engine.emplace(
        io.get_executor(), *writer, knowledge, clock,
        [this](engine::Committed committed) { commits.push_back(std::move(committed)); },
        std::move(thinking), patience);
  }
  void restart() {
    engine.reset();
    writer.reset();
    writer.emplace(options, clock);
    start();
  }

  whatsapp::InboundMessage text(const std::string& wamid, const std::string& body,
                                const std::string& bsuid = "CO.1") {
    whatsapp::InboundMessage message;
    message.wamid = wamid;
    message.kind = whatsapp::InboundKind::turn;
    message.type = "text";
    message.from.bsuid = bsuid;
    message.name = "Ana";
    message.sent_at = clock.now();
    message.content.text = body;
    return message;
  }

  // The notice that `before` is known as `after` from now on.
  whatsapp::InboundMessage identity_change(const std::string& wamid, const std::string& before,
                                           const std::string& after) {
    whatsapp::InboundMessage change = text(wamid, "", after);
    change.kind = whatsapp::InboundKind::identity_change;
    change.type = "system";
    change.previous.bsuid = before;
    return change;
  }

  engine::Committed receive(std::vector<whatsapp::InboundMessage> messages) {
    whatsapp::Envelope envelope;
    envelope.messages = std::move(messages);
    return engine->receive_now(std::move(envelope));
  }
  // The contents of what is to be sent, in order.
  static std::vector<std::string> contents(const engine::Committed& committed) {
    std::vector<std::string> all;
    for (const store::Outgoing& outgoing : committed.outgoing) all.push_back(outgoing.content);
    return all;
  }

  template <typename F>
  auto read(F&& work) {
    return store::Reader(options.file).read(std::forward<F>(work));
  }
  std::optional<store::InboundRecord> record(const std::string& wamid) {
    return read([&](store::ReadTx& tx) { return store::Inbound::find(tx, wamid); });
  }
  std::int64_t number(const std::string& sql) {
    return read([&](store::ReadTx& tx) {
      store::Statement row = tx.query(sql);
      row.step();
      return row.get<std::int64_t>(0);
    });
  }
};

}  // namespace catalina::test
