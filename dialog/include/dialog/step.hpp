// One turn of a conversation: pure, so that it can be replayed, explained and tested without a
// socket or a clock.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "dialog/conversation.hpp"
#include "dialog/knowledge.hpp"
#include "dialog/message.hpp"
#include "dialog/pinned.hpp"
#include "dialog/reply.hpp"
#include "dialog/understand.hpp"

namespace catalina::dialog {

// What the city's records say about this citizen that a turn may need.
struct Records {
  std::string display_name;  // as WhatsApp gives it, may be empty; user-chosen, so never trusted
  std::optional<PinnedMessage> pinned = {};  // for everybody; looked at only between its times
};

// What has to happen in the world because of a turn; carried out in the same transaction.
struct HandoffRequested {
  std::string reason;  // target or words that led to it, for the adviser
};
struct FormReceived {
  std::string json;  // answers of a Flow, as received
};
using Effect = std::variant<HandoffRequested, FormReceived>;

// Why this answer: stored with the turn so that any past answer can be explained.
struct Explanation {
  std::string decision;  // answer clarify talk fallback choice media repeat
  std::string target;    // what was answered, empty when nothing was
  std::string aspect;
  double confidence = 0;
  std::string evidence;
};

struct Turn {
  Conversation conversation;
  std::vector<Reply> replies;  // one wherever it can be; empty when silence is the right answer
  std::vector<Effect> effects;
  Explanation why;
  // More words are likely to follow at once: a greeting, half a question. The answer can wait for
  // them a moment, and be given to all of them.
  bool unfinished = false;
  // False: nothing the citizen sent, words or media, must be stored (reports of corruption).
  bool keep_text = true;
};

// Of a message that came while earlier words waited for an answer: whether they are answered
// together. `alone` is the turn of the message by itself, `together` that of all the words.
bool belong_together(const Turn& alone, const Turn& together);

// When they are not: whether the words that waited, whose own turn is `waiting`, are answered before
// the message. Half a question is, unless the message answers it; what only led up to the message is
// not, and nothing comes before a cry for help.
bool answered_before(const Turn& waiting, const Turn& alone);

// `now` is the time of the turn, `message.sent_at` the time of writing. Never throws on any content
// of `message`.
Turn step(const Conversation& conversation, const Message& message, const Knowledge& knowledge,
          const Records& records, Time now);

}  // namespace catalina::dialog
