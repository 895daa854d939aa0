// POST /messages: the order of Meta's checks, the script, the speed limits, acceptance.
#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "core/crypto.hpp"
#include "core/log.hpp"
#include "emulator/world.hpp"

namespace catalina::emulator {
namespace {

using nlohmann::json;
using Kind = SendOutcome::Kind;

constexpr std::chrono::seconds typing_time{25};

Answer reply(const json& body) {
  return {Answer::Then::answer, 200, body.dump(), 0};
}

// 26 of "v26.0"; 0 when it is no version.
int major_version(const std::string& version) {
  const std::size_t dot = version.find('.');
  if (version.size() < 4 || version[0] != 'v' || dot == std::string::npos) return 0;
  for (std::size_t i = 1; i < version.size(); ++i)
    if (i != dot && std::isdigit(static_cast<unsigned char>(version[i])) == 0) return 0;
  return std::atoi(version.c_str() + 1);
}

}  // namespace

std::string fresh_wamid() {
  std::string random = crypto::random_hex(20);
  std::transform(random.begin(), random.end(), random.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return "wamid.HBgM" + random + "AA==";
}

std::string fresh_trace_id() {
  return "A" + crypto::random_hex(11);
}

World::World(Identity identity, std::string access_token) : access_token_(std::move(access_token)) {
  account.identity = std::move(identity);
}

std::optional<GraphError> World::check_call(const GraphCall& call, Time now) const {
  if (major_version(call.version) < knobs.minimum_version)
    return GraphError{2635, "You are calling a deprecated or unknown version of the API"};
  const std::string expected = "Bearer " + access_token_;
  if (!crypto::equal_constant_time(call.authorization, expected))
    return GraphError{190, "Invalid OAuth access token"};
  if (knobs.token_expires && now >= *knobs.token_expires)
    return GraphError{190, "Session has expired"};
  if (knobs.token_scope.find("whatsapp_business_messaging") == std::string::npos)
    return GraphError{10, "Application does not have permission for this action"};
  return std::nullopt;
}

Answer World::refuse(const GraphError& error, SendRecord* record) {
  if (record != nullptr) {
    record->code = error.code;
    record->http_status = http_status(error);
  }
  log::debug("emulator refused a call", {{"code", error.code}, {"details", error.details}});
  return {Answer::Then::answer, http_status(error), answer_body(error, fresh_trace_id()), 0};
}

SendRecord& World::new_record(const CheckedSend& send, json body, Time now) {
  SendRecord& record = records_.emplace_back();
  record.number = ++send_count_;
  record.at = now;
  record.to = send.number.empty() ? send.bsuid : send.number;
  record.type = send.type;
  record.opaque = send.opaque;
  record.body = std::move(body);
  if (records_.size() > max_records) records_.pop_front();
  return records_.back();
}

SendRecord* World::find_record(std::uint64_t number) {
  if (records_.empty() || number < records_.front().number) return nullptr;
  const std::size_t index = number - records_.front().number;
  return index < records_.size() ? &records_[index] : nullptr;
}

std::vector<SendRecord> World::sends_after(std::uint64_t after, std::size_t limit) const {
  std::vector<SendRecord> found;
  for (const SendRecord& record : records_)
    if (record.number > after) found.push_back(record);
  if (found.size() > limit)
    found.erase(found.begin(), found.end() - static_cast<std::ptrdiff_t>(limit));
  return found;
}

Phone* World::recipient(const CheckedSend& send) const {
  return send.number.empty() ? account.phones.find_bsuid(send.bsuid)
                             : account.phones.find_number(send.number);
}

Answer World::post_message(const GraphCall& call, Time now) {
  if (call.object != account.identity.phone_number_id)
    return refuse({33, "There is no phone number with the id " + call.object}, nullptr);
  if (const auto error = check_call(call, now)) return refuse(*error, nullptr);
  const json body = json::parse(call.body, nullptr, false);
  const Verdict verdict = check_send(body, account, now, knobs.any_recipient);
  if (const auto* mark = std::get_if<ReadMark>(&verdict)) return mark_read(*mark, now);
  if (const auto* error = std::get_if<GraphError>(&verdict)) {
    SendRecord& record = new_record({}, body.is_discarded() ? json(call.body) : body, now);
    return refuse(*error, &record);
  }
  const auto& send = std::get<CheckedSend>(verdict);
  if (!send.number.empty() && !send.input.starts_with("+"))
    log::warn("emulator: \"to\" without + gets the business number's country code in front");
  return decide(call, send, new_record(send, body, now).number, true, now);
}

Answer World::decide(const GraphCall& call, const CheckedSend& send, std::uint64_t number,
                     bool scripted, Time now) {
  SendRecord* record = find_record(number);
  const SendOutcome outcome = scripted && record != nullptr ? script.next(*record) : SendOutcome{};
  const auto hold = [&](Held held) {
    const std::uint64_t id = next_held_++;
    held.record = number;
    held_[id] = std::move(held);
    return Answer{Answer::Then::hold, 0, {}, id};
  };
  if (outcome.kind == Kind::refuse) return refuse({outcome.code, "As the script says"}, record);
  if (outcome.kind == Kind::server_error) return refuse({131000, "As the script says"}, record);
  if (outcome.kind == Kind::drop) return {Answer::Then::drop, 0, {}, 0};
  if (outcome.kind == Kind::hold) return hold({call, 0, {}, false});

  const Phone* phone = recipient(send);
  const bool window = phone == nullptr || phone->window_open(now);
  if (knobs.window == Window::refused && !window && send.type != "template")
    return refuse({131047, "More than 24 hours have passed since the recipient last replied."},
                  record);
  const std::string user = phone != nullptr ? phone->id : send.number + send.bsuid;
  if (const auto error = limits_.take(user, knobs, now)) return refuse(*error, record);

  const std::string wamid = accept(send, now);
  if (record != nullptr) record->wamid = wamid;
  if (outcome.kind == Kind::drop_after) return {Answer::Then::drop, 0, {}, 0};
  if (outcome.kind == Kind::server_error_after) {
    if (record != nullptr) record->http_status = 500;
    const GraphError error{131000, "As the script says, though the message was accepted"};
    return {Answer::Then::answer, 500, answer_body(error, fresh_trace_id()), 0};
  }
  Answer answer{Answer::Then::answer, 200, acceptance_body(send, wamid), 0};
  if (outcome.kind == Kind::hold_after) return hold({std::nullopt, 0, answer, false});
  if (record != nullptr) record->http_status = 200;
  return answer;
}

std::optional<Answer> World::take_released(std::uint64_t held, Time now) {
  const auto found = held_.find(held);
  if (found == held_.end() || !found->second.released) return std::nullopt;
  const Held released = std::move(found->second);
  held_.erase(found);
  if (!released.call) {
    if (SendRecord* record = find_record(released.record)) record->http_status = 200;
    return released.answer;
  }
  const json body = json::parse(released.call->body, nullptr, false);
  const Verdict verdict = check_send(body, account, now, knobs.any_recipient);
  if (const auto* send = std::get_if<CheckedSend>(&verdict))
    return decide(*released.call, *send, released.record, false, now);
  return refuse(std::get<GraphError>(verdict), find_record(released.record));
}

void World::release_sends(std::size_t count) {
  for (auto& [id, held] : held_) {
    if (count == 0) return;
    if (held.released) continue;
    held.released = true;
    --count;
  }
}

std::string World::acceptance_body(const CheckedSend& send, const std::string& wamid) const {
  json contact{{"input", send.input}};
  if (send.number.empty())
    contact["user_id"] = send.bsuid;
  else
    contact["wa_id"] = send.number;
  json message{{"id", wamid}};
  if (send.type == "template")
    message["message_status"] = knobs.templates_held ? "held_for_quality_assessment" : "accepted";
  return json{{"messaging_product", "whatsapp"},
              {"contacts", json::array({contact})},
              {"messages", json::array({message})}}
      .dump();
}

std::string World::accept(const CheckedSend& send, Time now) {
  std::string wamid = fresh_wamid();
  ++accepted_count_;
  Phone* phone = recipient(send);
  if (phone != nullptr) {
    phone->typing_until = Time{};
    Bubble bubble;
    bubble.wamid = wamid;
    bubble.at = now;
    bubble.content = send.content;
    bubble.quoted = send.quoted;
    add_bubble(*phone, std::move(bubble));
  }
  sent_order_.push_back(wamid);
  if (sent_order_.size() > max_messages) {
    sent_.erase(sent_order_.front());
    sent_order_.pop_front();
  }
  Sent& sent = sent_[wamid];
  sent.phone = phone;
  sent.send = send;
  sent.send.content = nullptr;  // the bubble has it
  plan_delivery(wamid, sent, now);
  return wamid;
}

Answer World::mark_read(const ReadMark& mark, Time now) {
  Phone& phone = *account.inbound.at(mark.wamid).phone;
  for (Bubble& bubble : phone.thread) {
    if (bubble.from_citizen && bubble.tick != Tick::read) {
      bubble.tick = Tick::read;
      touch(phone, bubble);
    }
    if (bubble.wamid == mark.wamid) break;
  }
  if (mark.typing) phone.typing_until = now + typing_time;
  phone.revision = ++revision_;
  return reply({{"success", true}});
}

}  // namespace catalina::emulator
