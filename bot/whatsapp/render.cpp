#include "whatsapp/render.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace catalina::whatsapp {
namespace {

using Json = nlohmann::ordered_json;  // keeps the order we write, which is the order people read

// Bytes that are not UTF-8 would make the whole message unsendable: they become U+FFFD.
std::string write(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// The parts that all interactive messages share.
Json interactive(const char* type, const dialog::Reply& reply, Json action) {
  Json message{{"type", type}};
  if (!reply.header.empty()) message["header"] = {{"type", "text"}, {"text", reply.header}};
  message["body"] = {{"text", reply.body}};
  if (!reply.footer.empty()) message["footer"] = {{"text", reply.footer}};
  message["action"] = std::move(action);
  return {{"type", "interactive"}, {"interactive", std::move(message)}};
}

struct Renderer {
  const dialog::Reply& reply;

  Json operator()(std::monostate) const {
    return {{"type", "text"}, {"text", {{"body", reply.body}, {"preview_url", false}}}};
  }

  Json operator()(const dialog::Buttons& choice) const {
    Json buttons = Json::array();
    for (const dialog::Button& button : choice.buttons)
      buttons.push_back(
          {{"type", "reply"}, {"reply", {{"id", button.id}, {"title", button.title}}}});
    return interactive("button", reply, {{"buttons", std::move(buttons)}});
  }

  Json operator()(const dialog::List& list) const {
    Json sections = Json::array();
    for (const dialog::Section& section : list.sections) {
      Json rows = Json::array();
      for (const dialog::Row& row : section.rows) {
        Json written{{"id", row.id}, {"title", row.title}};
        if (!row.description.empty()) written["description"] = row.description;
        rows.push_back(std::move(written));
      }
      Json written = Json::object();
      if (!section.title.empty()) written["title"] = section.title;
      written["rows"] = std::move(rows);
      sections.push_back(std::move(written));
    }
    return interactive("list", reply, {{"button", list.button}, {"sections", std::move(sections)}});
  }
};

}  // namespace

std::string render(const dialog::Reply& reply) {
  return write(std::visit(Renderer{reply}, reply.action));
}

bool is_template(const std::string& content) {
  const Json json = Json::parse(content, nullptr, false);
  return json.is_object() && json.value("type", Json()) == "template";
}

std::string message_body(const std::string& content, const Identity& to,
                         const std::string& opaque) {
  if (!content.starts_with("{\""))
    throw std::invalid_argument("the content of a message is not a JSON object");
  Json envelope{{"messaging_product", "whatsapp"}, {"recipient_type", "individual"}};
  if (!to.phone.empty())
    envelope["to"] = "+" + to.phone;
  else
    envelope["recipient"] = to.bsuid;
  if (!opaque.empty()) envelope["biz_opaque_callback_data"] = opaque;
  // Both are objects of ours with at least one member: joined as text, so that the content, which
  // is the larger part and was rendered once, is not parsed again for each attempt.
  std::string body = write(envelope);
  body.back() = ',';
  return body.append(content, 1);
}

std::string read_mark_body(const std::string& wamid, bool typing) {
  Json body{{"messaging_product", "whatsapp"}, {"status", "read"}, {"message_id", wamid}};
  if (typing) body["typing_indicator"] = {{"type", "text"}};
  return write(body);
}

}  // namespace catalina::whatsapp
