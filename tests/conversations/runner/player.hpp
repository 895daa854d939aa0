// Plays a transcript against the real engine, store and dialog, on a database of its own and a
// clock it sets.
#pragma once

#include <boost/asio/io_context.hpp>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "app/visible.hpp"
#include "conversations/runner/transcript.hpp"
#include "core/clock.hpp"
#include "dialog/knowledge.hpp"
#include "engine/engine.hpp"
#include "store/outbox.hpp"
#include "store/writer.hpp"
#include "whatsapp/envelope.hpp"

namespace catalina::test {

class Player {
 public:
  // `folder` is empty and the player's own.
  Player(std::filesystem::path folder, std::shared_ptr<const dialog::Knowledge> knowledge);
  ~Player();

  // Throws std::runtime_error "file:line: what was expected and what came" at the first step that
  // does not hold.
  void play(const std::vector<Step>& steps, const std::string& file);

 private:
  struct Received {
    store::Outgoing row;
    VisibleReply reply;
  };
  struct Person {
    whatsapp::Identity identity;
    std::string username;
    std::string last_wamid;         // of what they wrote last
    std::deque<Received> unread;    // what Catalina has sent and no step has named yet
    std::optional<Received> shown;  // the last message a step has named: what can be tapped
  };

  void start();
  void stop();
  void perform(const Step& step);
  void given(const Step& step);
  void user(const Step& step);
  void bot(const Step& step, bool unasked);
  void staff(const Step& step);
  void wait(const Step& step);
  void status(const Step& step);
  void state(const Step& step);
  void deliver(whatsapp::Envelope envelope);
  void take(engine::Committed committed);
  Person& person(const std::string& name);
  void expect_nothing_unread();

  std::filesystem::path folder_;
  std::shared_ptr<const dialog::Knowledge> first_knowledge_;
  Clock clock_;
  boost::asio::io_context io_;
  std::unique_ptr<store::Writer> writer_;
  std::unique_ptr<engine::CurrentKnowledge> knowledge_;
  std::unique_ptr<engine::Engine> engine_;
  std::map<std::string, Person> people_;
  int messages_ = 0;
};

}  // namespace catalina::test
