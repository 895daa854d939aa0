// The errors of the Graph API as Meta writes them ("Error codes", WhatsApp Cloud API).
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace catalina::emulator {

struct GraphError {
  int code = 0;
  std::string details;  // what exactly was wrong; the texts are ours
};

// The HTTP status Meta's table prints for the code; 400 for one it does not know.
unsigned http_status(const GraphError& error);

// Meta's name of the code, for example "Rate limit hit".
std::string title(const GraphError& error);

// {"error":{"message":"(#130429) Rate limit hit",…,"fbtrace_id":"…"}}, the answer to a refused
// call.
std::string answer_body(const GraphError& error, const std::string& fbtrace_id);

// The same error as an item of `errors` in a `failed` status.
nlohmann::json status_error(const GraphError& error);

}  // namespace catalina::emulator
