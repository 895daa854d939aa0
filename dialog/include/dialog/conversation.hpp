// What Catalina remembers of one citizen between two messages. Stored as JSON; versions older than
// this binary load, unknown or damaged content loads as a new conversation.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dialog/message.hpp"

namespace catalina::dialog {

// Something that was offered as "1", "2", "3" or as a button: what a typed number or a repeated
// title refers to.
struct Offer {
  std::string choice;  // id, see dialog/choice.hpp
  std::string title;
};

struct Conversation {
  std::string notice_version;    // of the data-protection notice last shown; empty: never
  std::int64_t pinned_seen = 0;  // id of the pinned message last shown; 0: none
  // Target under discussion ("tramite:predial-pagar", "faq:…", "dependencia:…"), empty when none.
  std::string topic;
  std::vector<Offer> offers;  // of the last reply
  bool numbered = false;      // the last reply had its offers counted: "2" picks one
  std::string asked;          // what a "yes" chooses when the last reply asked for one,
                              // see dialog/choice.hpp; else empty
  std::string aspect;         // "costo": was asked before its subject; waits for it one turn
  // Choices that the question under discussion may be about, best first and at most five, and those
  // of them that were answered or turned down: what "no, the other one" speaks of.
  std::vector<std::string> alternatives;
  std::vector<std::string> tried;
  int corrections = 0;  // in a row
  // What was discussed before, last first, at most three: a target each, or several with spaces
  // between them that were offered and left open.
  std::vector<std::string> earlier;
  int misunderstood = 0;               // answers of "I don't know" in a row
  bool waiting_for_person = false;     // a hand-off was asked for and nobody has answered yet
  std::vector<std::string> requested;  // reasons of the hand-offs that wait, so that none is filed
                                       // twice; forgotten once `waiting_for_person` is false
  std::string tapped;  // id of the choice that the last message was, empty when it was none
  Time tapped_at{};    // the channel's time of it
  Time last_turn_at{};

  std::string to_json() const;
  static Conversation from_json(std::string_view json);
};

}  // namespace catalina::dialog
