#include "whatsapp/send_policy.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "whatsapp/fields.hpp"
#include "whatsapp/json_body.hpp"

namespace catalina::whatsapp {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

enum class Action {
  retry,           // waits double from `wait` on, at most `max_wait`
  retry_fourfold,  // waits 1, 4, 16 … seconds, as Meta asks for the pair limit
  ask_receipt,     // Meta does not know what became of it: wait for the receipt, then retry
  give_up,
  halt  // concerns the number, the account or us: no other message would fare better
};

struct Rule {
  int first;  // codes from `first` …
  int last;   // … to `last`
  Action action;
  seconds wait;      // before the first retry, or between probes of a halt
  int max_attempts;  // of those that may be repeated
  const char* meaning;
};

constexpr int patient = 100;  // about eight hours at `max_wait`
constexpr seconds max_wait = minutes(5);
constexpr seconds max_receipt_wait = minutes(10);
constexpr seconds probe = minutes(1);
constexpr int max_fourfold = 5;  // 4^5 s = 17 minutes
constexpr int max_unknown = 8;   // attempts without answer and without receipt

// "Error codes" of the Cloud API as of 2026-11, in the order of codes; the first match counts.
constexpr auto rules = std::to_array<Rule>({
    {0, 0, Action::halt, probe, 0, "the access token is not valid"},
    {1, 1, Action::retry, seconds(2), 5, "unknown API error"},
    {2, 2, Action::retry, seconds(5), patient, "the service is down or overloaded"},
    {3, 3, Action::halt, probe, 0, "the app lacks a capability or permission"},
    {4, 4, Action::halt, minutes(5), 0, "the app has used up its calls"},
    {10, 10, Action::halt, probe, 0, "a permission is missing"},
    {33, 33, Action::halt, probe, 0, "the business number does not exist"},
    {100, 100, Action::give_up, {}, 0, "a parameter is not valid"},
    {190, 190, Action::halt, probe, 0, "the access token has expired"},
    {200, 299, Action::halt, probe, 0, "a permission is missing"},
    {368, 368, Action::halt, probe, 0, "the account is restricted for a policy violation"},
    {80007, 80007, Action::halt, minutes(5), 0, "the account has used up its calls"},
    {130429, 130429, Action::retry, seconds(1), patient, "the number's throughput is used up"},
    {130472, 130472, Action::give_up, {}, 0, "the citizen is part of an experiment of Meta"},
    {130497, 130497, Action::give_up, {}, 0, "Meta does not allow messages to that country"},
    {131000, 131000, Action::ask_receipt, {}, 3, "Meta failed for an unknown reason"},
    {131005, 131005, Action::halt, probe, 0, "access denied"},
    {131008, 131009, Action::give_up, {}, 0, "a parameter is missing or not valid"},
    {131016, 131016, Action::retry, seconds(5), patient, "the service is not available"},
    {131021, 131021, Action::give_up, {}, 0, "sender and recipient are the same"},
    {131026, 131026, Action::give_up, {}, 0, "undeliverable: not on WhatsApp or too old a client"},
    {131030, 131030, Action::give_up, {}, 0, "the recipient is not on the test number's list"},
    {131031, 131031, Action::halt, probe, 0, "the account is locked"},
    {131037, 131037, Action::halt, probe, 0, "the number's display name is not approved"},
    {131042, 131042, Action::halt, probe, 0, "there is a problem with the payment method"},
    {131045, 131045, Action::halt, probe, 0, "the number is not registered"},
    {131047, 131047, Action::give_up, {}, 0, "the 24-hour window is closed"},
    {131048, 131048, Action::halt, hours(1), 0, "too many citizens blocked or reported the number"},
    {131049, 131049, Action::retry, hours(24), 2, "Meta chose not to deliver it today"},
    {131050, 131050, Action::give_up, {}, 0, "the citizen does not want marketing messages"},
    {131051, 131051, Action::give_up, {}, 0, "the message type is not supported"},
    {131052, 131053, Action::give_up, {}, 0, "the media cannot be used"},
    {131055, 131055, Action::give_up, {}, 0, "the method is not allowed"},
    {131056, 131056, Action::retry_fourfold, {}, patient, "too many messages to one citizen"},
    {131057, 131057, Action::retry, minutes(1), patient, "the number is under maintenance"},
    {131061, 131061, Action::give_up, {}, 0, "the template needs the marketing interface"},
    {131062, 131062, Action::give_up, {}, 0, "this message cannot go to a BSUID"},
    {131063, 131063, Action::give_up, {}, 0, "marketing templates are switched off"},
    {131064, 131064, Action::give_up, {}, 0, "templates are limited for wrong categories"},
    {132000, 132000, Action::give_up, {}, 0, "the template's parameters do not match in number"},
    {132001, 132001, Action::give_up, {}, 0, "the template does not exist or is not approved"},
    {132005, 132005, Action::give_up, {}, 0, "the template's text is too long"},
    {132007, 132007, Action::give_up, {}, 0, "the template violates a policy"},
    {132012, 132012, Action::give_up, {}, 0, "the template's parameters do not match in format"},
    {132015, 132015, Action::give_up, {}, 0, "the template is paused"},
    {132016, 132016, Action::give_up, {}, 0, "the template is disabled"},
    {132068, 132068, Action::give_up, {}, 0, "the flow is blocked"},
    {132069, 132069, Action::retry, hours(1), 12, "the flow is throttled"},
    {133000, 133000, Action::retry, seconds(30), patient, "a deregistration is not finished"},
    {133004, 133004, Action::retry, seconds(5), patient, "the server is not available"},
    {133005, 133010, Action::halt, probe, 0, "the number's registration or PIN needs attention"},
    {133015, 133015, Action::halt, minutes(5), 0, "the number was deleted and is not free yet"},
    {133016, 133016, Action::halt, hours(1), 0, "too many registrations of the number"},
    {134011, 134011, Action::give_up, {}, 0, "the payment terms are not accepted"},
    {135000, 135000, Action::give_up, {}, 0, "Meta names no reason"},
    {137000, 137000, Action::give_up, {}, 0, "the citizen's identity key has changed"},
    {no_code, no_code, Action::retry, seconds(30), 3, "an answer that Meta does not give"},
});

// A code that is younger than this table: a few tries, then the message is given up, not the queue.
constexpr Rule unknown_code{0, 0, Action::retry, seconds(30), 3, "an error we do not know"};
constexpr Rule unknown_failure{0, 0, Action::ask_receipt, {}, 3, "a failure we do not know"};
// Without Meta's code the HTTP status has to do. These mean that we do not talk to Meta as agreed.
constexpr Rule wrong_address{0, 0, Action::halt, probe, 0, "the Graph address does not answer"};
constexpr Rule access_denied{0, 0, Action::halt, probe, 0, "the Graph API denies access"};
constexpr Rule too_fast{0, 0, Action::retry, seconds(1), patient, "too many requests"};

const Rule& rule_for(const Outcome& refused) {
  if (refused.code == no_code) {
    if (refused.http_status == 401 || refused.http_status == 403) return access_denied;
    if (refused.http_status == 404 || refused.http_status < 400) return wrong_address;
    if (refused.http_status == 429) return too_fast;
  }
  const auto found = std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) {
    return rule.first <= refused.code && refused.code <= rule.last;
  });
  if (found != rules.end()) return *found;
  return refused.http_status >= 500 ? unknown_failure : unknown_code;
}

// first · factor^(n-1), at most `longest`, longer by up to half.
Millis growing(Millis first, int factor, int n, Millis longest, double jitter) {
  const double grown = static_cast<double>(first.count()) * std::pow(factor, n - 1);
  const double capped = std::min(grown, static_cast<double>(std::max(first, longest).count()));
  return Millis(static_cast<Millis::rep>(capped * (1 + jitter / 2)));
}

Decision wait_for_receipt(int attempts, int max_attempts, const char* why, Time now,
                          Millis receipt_wait, double jitter) {
  if (attempts >= max_attempts) return {Decision::Kind::give_up, {}, why};
  return {Decision::Kind::wait_for_receipt,
          now + growing(receipt_wait, 2, attempts, max_receipt_wait, jitter),
          {}};
}

Decision judge(const Outcome& refused, int attempts, Time now, Millis receipt_wait, double jitter) {
  const Rule& rule = rule_for(refused);
  const bool exhausted = attempts >= rule.max_attempts;
  switch (rule.action) {
    case Action::give_up:
      break;
    case Action::halt:
      return {Decision::Kind::halt, now + rule.wait, rule.meaning};
    case Action::ask_receipt:
      return wait_for_receipt(attempts, rule.max_attempts, rule.meaning, now, receipt_wait, jitter);
    case Action::retry:
      if (exhausted) break;
      return {Decision::Kind::retry, now + growing(rule.wait, 2, attempts, max_wait, jitter), {}};
    case Action::retry_fourfold:
      if (exhausted) break;
      return {Decision::Kind::retry,
              now + growing(seconds(1), 4, std::min(attempts, max_fourfold + 1), hours(1), jitter),
              {}};
  }
  return {Decision::Kind::give_up, {}, rule.meaning};
}

Outcome read_error(int http_status, const Json* error) {
  Outcome outcome;
  outcome.http_status = http_status;
  outcome.kind = Outcome::Kind::refused;
  const auto code = error != nullptr ? integer_at(*error, "code") : std::nullopt;
  if (!code || *code < 0 || *code > std::numeric_limits<int>::max()) {
    if (http_status >= 500 || http_status < 300) outcome.kind = Outcome::Kind::unknown;
    return outcome;
  }
  constexpr std::size_t max_details = 300;  // UTF-16 units
  outcome.code = static_cast<int>(*code);
  const Json* data = object_at(*error, "error_data");
  const std::string_view details = data != nullptr ? string_at(*data, "details") : "";
  outcome.details = one_line(details.empty() ? string_at(*error, "message") : details, max_details);
  return outcome;
}

}  // namespace

Decision decide(const Outcome& outcome, int attempts, Time now,
                std::chrono::milliseconds receipt_wait, double jitter) {
  switch (outcome.kind) {
    case Outcome::Kind::accepted:
      return {};
    case Outcome::Kind::refused:
      return judge(outcome, attempts, now, receipt_wait, jitter);
    case Outcome::Kind::not_sent:
      // A dead network says nothing about the message: the closing window ends this, not a count.
      return {Decision::Kind::retry, now + growing(seconds(1), 2, attempts, max_wait, jitter), {}};
    case Outcome::Kind::unknown:
      break;
  }
  return wait_for_receipt(attempts, max_unknown, "neither an answer nor a receipt", now,
                          receipt_wait, jitter);
}

Outcome read_answer(int http_status, const std::string& body) {
  const std::optional<Json> answer = parse_json(body);
  if (http_status != 200)
    return read_error(http_status, answer ? object_at(*answer, "error") : nullptr);
  Outcome outcome;
  outcome.kind = Outcome::Kind::unknown;
  outcome.http_status = http_status;
  const Json* messages = answer ? array_at(*answer, "messages") : nullptr;
  if (messages == nullptr || messages->empty()) return outcome;
  const std::string_view wamid = string_at(messages->front(), "id");
  if (!is_wamid(wamid)) return outcome;
  outcome.kind = Outcome::Kind::accepted;
  outcome.wamid = wamid;
  return outcome;
}

}  // namespace catalina::whatsapp
