// A reply as a person sees it, for the terminal and for transcripts.
#pragma once

#include <string>
#include <vector>

namespace catalina {

// Something that can be tapped: what is shown and the id that comes back.
struct Tappable {
  std::string id;
  std::string title;
  std::string description;
};

struct VisibleReply {
  std::string text;               // header, body and footer, a line each
  std::vector<Tappable> buttons;  // reply buttons
  std::string list_button;        // what opens the list; empty when there is none
  std::vector<Tappable> rows;     // of the list, over all its sections
};

// Reads the content of an outgoing message (whatsapp/render.hpp).
VisibleReply visible(const std::string& content_json);

}  // namespace catalina
