// A conversation with the real catalog, words and intents, a line at a time.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "app/trained_model.hpp"
#include "dialog/step.hpp"
#include "support/config_files.hpp"

namespace catalina::dialog {

inline const Knowledge& real_knowledge() {
  static const std::shared_ptr<const Knowledge> knowledge =
      Knowledge::build(test::config_files(), "test", built_in_model());
  return *knowledge;
}

// 2026-03-10 15:00 in Cartagena: before every date at which a fact of the catalog expires.
inline Time test_time() {
  return Time(std::chrono::milliseconds(1773172800000));
}

inline Message of_kind(MessageKind kind, const std::string& caption = "") {
  Message message;
  message.kind = kind;
  message.text = caption;
  return message;
}

class Chat {
 public:
  // Says it as a citizen and returns the whole turn.
  const Turn& say(const std::string& text) {
    Message message;
    message.text = text;
    return send(message);
  }
  const Turn& tap(const std::string& choice) {
    Message message;
    message.kind = MessageKind::choice;
    message.choice = choice;
    return send(message);
  }
  const Turn& send(Message message) {
    message.sent_at = now;
    turn = step(conversation, message, real_knowledge(), records, now);
    now += pause;
    // As the store does: what is not in the JSON is forgotten.
    conversation = Conversation::from_json(turn.conversation.to_json());
    return turn;
  }
  // Past the greeting and its notice.
  Chat& met() {
    say("hola");
    return *this;
  }

  const std::string& body() const { return turn.replies.at(0).body; }
  bool says(const std::string& part) const { return body().find(part) != std::string::npos; }
  // Ids of what can be tapped.
  std::vector<std::string> choices() const {
    std::vector<std::string> ids;
    for (const Offer& offer : turn.conversation.offers) ids.push_back(offer.choice);
    return ids;
  }

  Conversation conversation;
  Records records;
  Time now = test_time();
  std::chrono::seconds pause{60};  // after each message: the time to read the answer
  Turn turn;
};

}  // namespace catalina::dialog
