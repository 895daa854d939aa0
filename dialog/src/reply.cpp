#include "dialog/reply.hpp"

#include <algorithm>
#include <unordered_set>

#include "catalog/text.hpp"

namespace catalina::dialog {
namespace {

// Shown where the channel demands a text and there is none.
constexpr std::string_view nothing = "…";

// Text of several lines, valid and within `max_utf16`.
std::string clean(std::string_view raw, std::size_t max_utf16) {
  // Sanitising never shortens here: the cut belongs to truncate, which marks it.
  const std::string valid = text::sanitize(raw, raw.size() + 1);
  return text::truncate(text::trim(valid), max_utf16);
}

// Text of one line: titles, headers, footers.
std::string clean_line(std::string_view raw, std::size_t max_utf16) {
  std::string line = text::sanitize(raw, raw.size() + 1);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return text::truncate(text::trim(line), max_utf16);
}

// An id cannot be cut without changing what it means, so one that does not fit is refused.
bool usable_id(const std::string& id, std::size_t max_utf16,
               std::unordered_set<std::string>& taken) {
  return !id.empty() && text::is_valid_utf8(id) && text::utf16_length(id) <= max_utf16 &&
         taken.insert(id).second;
}

bool fit_buttons(Buttons& action) {
  std::unordered_set<std::string> ids;
  std::unordered_set<std::string> titles;
  std::vector<Button> kept;
  for (Button& button : action.buttons) {
    if (kept.size() == limits::buttons) break;
    button.title = clean_line(button.title, limits::button_title);
    if (button.title.empty() || titles.count(button.title) != 0 ||
        !usable_id(button.id, limits::button_id, ids)) {
      continue;
    }
    titles.insert(button.title);
    kept.push_back(std::move(button));
  }
  action.buttons = std::move(kept);
  return !action.buttons.empty();
}

bool fit_list(List& action) {
  action.button = clean_line(action.button, limits::list_button);
  if (action.button.empty()) action.button = nothing;
  std::unordered_set<std::string> ids;
  std::size_t rows = 0;
  for (Section& section : action.sections) {
    section.title = clean_line(section.title, limits::section_title);
    std::vector<Row> kept;
    for (Row& row : section.rows) {
      if (rows == limits::list_rows) break;
      row.title = clean_line(row.title, limits::row_title);
      row.description = clean_line(row.description, limits::row_description);
      if (row.title.empty() || !usable_id(row.id, limits::row_id, ids)) continue;
      kept.push_back(std::move(row));
      ++rows;
    }
    section.rows = std::move(kept);
  }
  std::erase_if(action.sections, [](const Section& section) { return section.rows.empty(); });
  if (action.sections.size() > 1) {
    for (Section& section : action.sections) {
      if (section.title.empty()) section.title = nothing;
    }
  }
  return rows > 0;
}

struct FitAction {
  bool operator()(std::monostate) const { return true; }
  bool operator()(Buttons& action) const { return fit_buttons(action); }
  bool operator()(List& action) const { return fit_list(action); }
};

void join(std::string& body, std::string_view part) {
  if (part.empty()) return;
  if (!body.empty()) body += '\n';
  body += part;
}

}  // namespace

Reply fit(Reply reply) {
  if (!std::visit(FitAction(), reply.action)) reply.action = std::monostate();

  if (std::holds_alternative<std::monostate>(reply.action)) {
    std::string body = reply.header;
    join(body, reply.body);
    join(body, reply.footer);
    reply.body = std::move(body);
    reply.header.clear();
    reply.footer.clear();
  } else {
    reply.header = clean_line(reply.header, limits::header);
    reply.footer = clean_line(reply.footer, limits::footer);
  }

  const bool short_body = std::holds_alternative<Buttons>(reply.action);
  reply.body = clean(reply.body, short_body ? limits::buttons_body : limits::text_body);
  if (reply.body.empty()) reply.body = nothing;
  return reply;
}

}  // namespace catalina::dialog
