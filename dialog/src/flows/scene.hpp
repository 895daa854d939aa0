// One turn in the making: what the flows know and the answer they build up. Lives for one `step`.
#pragma once

#include <string>
#include <string_view>

#include "catalog/catalog.hpp"
#include "dialog/choice.hpp"
#include "dialog/step.hpp"
#include "dialog/words.hpp"

namespace catalina::dialog {

class Scene {
 public:
  Scene(const Conversation& conversation, const Message& message, const Knowledge& knowledge,
        const Records& records, Time now);

  const catalog::Catalog& catalog() const { return *knowledge_.catalog; }
  const Knowledge& knowledge() const { return knowledge_; }
  const Message& message() const { return message_; }
  const Records& records() const { return records_; }
  // What the last turn left, less what is too old to refer to.
  const Conversation& before() const { return before_; }
  // Being made: what the next turn will find. Begins without what only the last reply meant.
  Conversation& conversation() { return turn_.conversation; }
  // Words of this turn, as written now.
  Understanding understand(std::string_view words) const {
    return knowledge_.recognizer->understand(words, now_);
  }
  // Today in Cartagena, "2026-11-21".
  const std::string& today() const { return today_; }

  const Words& words() const { return *knowledge_.words; }
  std::string say(Text text, Words::Arguments arguments = {}) const {
    return words().say(text, arguments);
  }

  // What is pinned for everybody now; null when nothing is.
  const PinnedMessage* pinned() const { return pinned_; }

  // The one place that the message names; nullptr when it names none or leaves open which.
  const catalog::Place* place() const { return place_; }
  void names_place(const std::string& id);

  // Where the Ventanilla Única reads mail.
  std::string contact_mail() const;

  // What this turn says. The last call counts; what it offers can be picked by number next time.
  void reply(Reply reply);
  // What would be said now; empty when nothing would.
  std::string said() const {
    return turn_.replies.empty() ? std::string() : turn_.replies.front().body;
  }
  // A sentence before whatever is said.
  void begin_with(std::string sentence) { beginning_ = std::move(sentence); }
  void effect(Effect effect) { turn_.effects.push_back(std::move(effect)); }
  void explain(std::string_view decision, std::string target, Aspect aspect = Aspect::general);
  // Nothing the citizen sent is kept with the turn.
  void keep_no_text() { turn_.keep_text = false; }
  // An emergency is answered with nothing around it.
  void only_the_answer() { only_the_answer_ = true; }
  // A repetition of what was just answered: nothing is said, and nothing is changed by it.
  void stay_silent();
  // One of the things that the question under discussion may be about was looked at.
  void tried(const std::string& choice);
  // The greeting introduces her already.
  void introduced() { introduced_ = true; }
  // What is pinned is said again, though this citizen has seen it.
  void repeat_pinned() { repeat_pinned_ = true; }

  Explanation& why() { return turn_.why; }
  // The finished turn: within the channel's limits, with the data-protection notice when it is due.
  Turn finish() &&;

 private:
  void add_notice(Reply& reply);
  void add_pinned(Reply& reply);

  Conversation before_;
  const Message& message_;
  const Knowledge& knowledge_;
  const Records& records_;
  Time now_;
  const PinnedMessage* pinned_;
  std::string today_;
  const catalog::Place* place_ = nullptr;
  Turn turn_;
  std::string beginning_;
  bool only_the_answer_ = false;
  bool introduced_ = false;
  bool repeat_pinned_ = false;
};

// Rows and buttons that many flows end with.
Row menu_row(const Words& words);
Row person_row(const Words& words);
Row none_row(const Words& words);
Button menu_button(const Words& words);
Button person_button(const Words& words);

// Says it, with the menu and a person a tap away.
void say_with_ways_out(Scene& scene, std::string body);

}  // namespace catalina::dialog
