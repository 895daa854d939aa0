#include "emulator/graph_error.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace catalina::emulator {
namespace {

struct Known {
  int code;
  unsigned http_status;
  std::string_view title;
};

// In ascending order of code, for the search below.
constexpr Known known[] = {
    {0, 401, "AuthException"},
    {1, 400, "API Unknown"},
    {2, 503, "API Service"},
    {3, 500, "API Method"},
    {4, 400, "API Too Many Calls"},
    {10, 403, "API Permission Denied"},
    {33, 400, "Parameter value is not valid"},
    {100, 400, "Invalid parameter"},
    {190, 401, "Access token has expired"},
    {368, 403, "Temporarily blocked for policies violations"},
    {2635, 400, "Deprecated API version"},
    {80007, 400, "Rate limit issues"},
    {130429, 400, "Rate limit hit"},
    {130472, 400, "User's number is part of an experiment"},
    {130497, 403, "Business account is restricted from messaging users in this country"},
    {131000, 500, "Something went wrong"},
    {131005, 403, "Access denied"},
    {131008, 400, "Required parameter is missing"},
    {131009, 400, "Parameter value is not valid"},
    {131016, 500, "Service unavailable"},
    {131021, 400, "Recipient cannot be sender"},
    {131026, 400, "Message undeliverable"},
    {131031, 403, "Account has been locked"},
    {131037, 400, "Display name approval needed"},
    {131042, 400, "Business eligibility payment issue"},
    {131045, 500, "Incorrect certificate"},
    {131047, 400, "Re-engagement message"},
    {131048, 400, "Spam rate limit hit"},
    {131049, 400, "Meta chose not to deliver"},
    {131050, 400, "User has stopped receiving marketing messages"},
    {131051, 400, "Unsupported message type"},
    {131052, 400, "Media download error"},
    {131053, 400, "Media upload error"},
    {131055, 400, "Method not allowed"},
    {131056, 400, "(Business Account, Consumer Account) pair rate limit hit"},
    {131057, 500, "Account in maintenance mode"},
    {131061, 400, "Use the marketing messages endpoint"},
    {131062, 400, "Business-scoped user id is not supported for this message"},
    {132000, 400, "Template parameter count mismatch"},
    {132001, 404, "Template does not exist"},
    {132005, 400, "Template hydrated text too long"},
    {132007, 400, "Template format character policy violated"},
    {132012, 400, "Template parameter format mismatch"},
    {132015, 400, "Template is paused"},
    {132016, 400, "Template is disabled"},
    {132068, 400, "Flow is blocked"},
    {132069, 400, "Flow is throttled"},
    {133000, 500, "Incomplete deregistration"},
    {133004, 503, "Server temporarily unavailable"},
    {133010, 400, "Phone number not registered"},
    {135000, 400, "Generic user error"},
};

const Known* find(int code) {
  const auto* found = std::lower_bound(std::begin(known), std::end(known), code,
                                       [](const Known& k, int wanted) { return k.code < wanted; });
  return found != std::end(known) && found->code == code ? found : nullptr;
}

}  // namespace

unsigned http_status(const GraphError& error) {
  const Known* entry = find(error.code);
  return entry != nullptr ? entry->http_status : 400;
}

std::string title(const GraphError& error) {
  const Known* entry = find(error.code);
  return std::string(entry != nullptr ? entry->title : "Unknown error");
}

std::string answer_body(const GraphError& error, const std::string& fbtrace_id) {
  const nlohmann::json body{
      {"message", "(#" + std::to_string(error.code) + ") " + title(error)},
      {"type", error.code == 33 ? "GraphMethodException" : "OAuthException"},
      {"code", error.code},
      {"error_data", {{"messaging_product", "whatsapp"}, {"details", error.details}}},
      {"fbtrace_id", fbtrace_id}};
  return nlohmann::json{{"error", body}}.dump();
}

nlohmann::json status_error(const GraphError& error) {
  return {{"code", error.code},
          {"title", title(error)},
          {"message", title(error)},
          {"error_data", {{"details", error.details}}},
          {"href", "/documentation/business-messaging/whatsapp/support/error-codes"}};
}

}  // namespace catalina::emulator
