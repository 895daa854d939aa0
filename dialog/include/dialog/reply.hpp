// What Catalina says, free of any channel's wire format but within the limits every reply has to
// fit (WhatsApp Cloud API, interactive messages; lengths in UTF-16 units).
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace catalina::dialog {

namespace limits {
inline constexpr std::size_t text_body = 4096;  // also the body of a list
inline constexpr std::size_t buttons_body = 1024;
inline constexpr std::size_t header = 60;
inline constexpr std::size_t footer = 60;
inline constexpr std::size_t buttons = 3;
inline constexpr std::size_t button_title = 20;
inline constexpr std::size_t button_id = 256;
inline constexpr std::size_t list_rows = 10;  // over all sections
inline constexpr std::size_t list_button = 20;
inline constexpr std::size_t section_title = 24;
inline constexpr std::size_t row_title = 24;
inline constexpr std::size_t row_description = 72;
inline constexpr std::size_t row_id = 200;
}  // namespace limits

struct Button {
  std::string id;
  std::string title;
  bool operator==(const Button&) const = default;
};

struct Row {
  std::string id;
  std::string title;
  std::string description;  // may be empty
  bool operator==(const Row&) const = default;
};

struct Section {
  std::string title;  // may be empty when it is the only one
  std::vector<Row> rows;
  bool operator==(const Section&) const = default;
};

struct Buttons {
  std::vector<Button> buttons;  // 1 to 3
  bool operator==(const Buttons&) const = default;
};

struct List {
  std::string button;  // what opens the list
  std::vector<Section> sections;
  bool operator==(const List&) const = default;
};

struct Reply {
  std::string header;  // not with a plain text
  std::string body;
  std::string footer;  // not with a plain text
  std::variant<std::monostate, Buttons, List> action;
  bool operator==(const Reply&) const = default;
};

// The same reply with everything that exceeds a limit cut on a grapheme border, surplus rows and
// buttons dropped, and a header or footer that its kind cannot carry folded into the body. A reply
// that went through here is always accepted by the channel.
Reply fit(Reply reply);

}  // namespace catalina::dialog
