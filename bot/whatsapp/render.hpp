// Replies as the JSON of the Cloud API.
#pragma once

#include <string>

#include "dialog/reply.hpp"
#include "whatsapp/envelope.hpp"

namespace catalina::whatsapp {

// The part that does not depend on the addressee: {"type":"text","text":{…}} or
// {"type":"interactive",…}.
std::string render(const dialog::Reply& reply);

// Whether such content is a template message, which needs no open window.
bool is_template(const std::string& content);

// The whole body of POST /messages. Sends to the phone when known ("to", with "+"), else to the
// BSUID ("recipient").
std::string message_body(const std::string& content, const Identity& to, const std::string& opaque);

// Blue ticks and, when a reply follows, the typing indicator.
std::string read_mark_body(const std::string& wamid, bool typing);

}  // namespace catalina::whatsapp
