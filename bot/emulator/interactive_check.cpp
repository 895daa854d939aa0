// Limits of interactive messages: "Interactive messages" of the Cloud API, one function per kind.
#include <algorithm>
#include <set>
#include <string>

#include "emulator/send_check.hpp"

namespace catalina::emulator {
namespace {

constexpr std::size_t max_header = 60;
constexpr std::size_t max_footer = 60;
constexpr std::size_t max_body = 1024;
constexpr std::size_t max_list_body = 4096;
constexpr std::size_t max_label = 20;  // of a button, a list's button, a link, a flow
constexpr std::size_t max_button_id = 256;
constexpr std::size_t max_rows = 10;  // over all sections
constexpr std::size_t max_sections = 10;
constexpr std::size_t max_row_id = 200;
constexpr std::size_t max_row_title = 24;
constexpr std::size_t max_row_description = 72;

void check_header(const Node& interactive, const Account& account, Time now, bool text_only) {
  const auto header = interactive.may("header");
  if (!header) return;
  const std::string type = header->need("type").text(1, 20, "Header type");
  if (header->refused()) return;
  if (type == "text") {
    header->only({"type", "text"}).need("text").text(1, max_header, "Header text");
  } else if (!text_only && (type == "image" || type == "video" || type == "document")) {
    header->only({"type", type});
    check_media(header->need(type), type, {"filename"}, account, now);
  } else {
    header->refuse(131009, "\"" + type + "\" is not a header for this message");
  }
}

void check_body_and_footer(const Node& interactive, std::size_t max) {
  interactive.need("body").only({"text"}).need("text").text(1, max, "Body text");
  if (const auto footer = interactive.may("footer"))
    footer->only({"text"}).need("text").text(1, max_footer, "Footer text");
}

void must_be_new(const Node& node, std::set<std::string>& seen, const std::string& value,
                 const char* what) {
  if (!node.refused() && !seen.insert(value).second)
    node.refuse(131009, std::string("Duplicated ") + what);
}

void check_buttons(const Node& action) {
  std::set<std::string> ids;
  std::set<std::string> titles;
  for (const Node& button : action.only({"buttons"}).need("buttons").items(1, 3, "Button")) {
    button.only({"type", "reply"}).need_equal("type", "reply");
    const Node reply = button.need("reply");
    reply.only({"id", "title"});
    must_be_new(button, ids, reply.need("id").text(1, max_button_id, "Button id"), "button id");
    must_be_new(button, titles, reply.need("title").text(1, max_label, "Button title"),
                "button title");
  }
}

void check_list(const Node& action) {
  action.only({"button", "sections"}).need("button").text(1, max_label, "List button");
  const auto sections = action.need("sections").items(1, max_sections, "Section");
  std::set<std::string> ids;
  std::size_t rows = 0;
  for (const Node& section : sections) {
    section.only({"title", "rows"});
    if (sections.size() > 1) section.need("title");
    if (const auto title = section.may("title"))
      title->text(sections.size() > 1 ? 1 : 0, max_row_title, "Section title");
    for (const Node& row : section.need("rows").items(1, max_rows, "Row")) {
      row.only({"id", "title", "description"});
      must_be_new(row, ids, row.need("id").text(1, max_row_id, "Row id"), "row id");
      row.need("title").text(1, max_row_title, "Row title");
      if (const auto description = row.may("description"))
        description->text(0, max_row_description, "Row description");
      ++rows;
    }
  }
  if (rows > max_rows) action.refuse(131009, "Total row count exceed max allowed count: 10");
}

void check_link(const Node& action) {
  action.only({"name", "parameters"}).need_equal("name", "cta_url");
  const Node parameters = action.need("parameters");
  parameters.only({"display_text", "url"});
  parameters.need("display_text").text(1, max_label, "Display text");
  parameters.need("url").link();
}

void check_flow(const Node& action) {
  action.only({"name", "parameters"}).need_equal("name", "flow");
  const Node parameters = action.need("parameters");
  parameters.only({"flow_message_version", "flow_id", "flow_name", "flow_cta", "flow_token", "mode",
                   "flow_action", "flow_action_payload"});
  parameters.need_equal("flow_message_version", "3");
  if (parameters.has("flow_id") == parameters.has("flow_name"))
    parameters.refuse(131008, "A flow needs exactly one of flow_id and flow_name");
  parameters.need("flow_cta").text(1, max_label, "Flow CTA");
  if (const auto payload = parameters.may("flow_action_payload")) {
    payload->only({"screen", "data"}).need("screen").text(1, 200, "Screen");
    const auto data = payload->may("data");
    if (data && (!data->value().is_object() || data->value().empty()))
      data->refuse(131009, "data must be an object with members");
  }
}

}  // namespace

void check_interactive(const Node& interactive, const Account& account, Time now) {
  const std::string type = interactive.need("type").text(1, 64, "Interactive type");
  const Node action = interactive.need("action");
  if (interactive.refused()) return;
  if (type == "location_request_message" || type == "request_contact_info") {
    interactive.only({"type", "body", "action"});
    check_body_and_footer(interactive, max_body);
    action.only({"name"}).need_equal(
        "name", type == "request_contact_info" ? "request_contact_info" : "send_location");
    return;
  }
  interactive.only({"type", "header", "body", "footer", "action"});
  check_header(interactive, account, now, type == "list");
  check_body_and_footer(interactive, type == "list" ? max_list_body : max_body);
  if (type == "button")
    check_buttons(action);
  else if (type == "list")
    check_list(action);
  else if (type == "cta_url")
    check_link(action);
  else if (type == "flow")
    check_flow(action);
  else
    interactive.refuse(131009, "\"" + type + "\" is not a type of interactive message");
}

}  // namespace catalina::emulator
