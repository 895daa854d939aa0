#include "app/past_turn.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "store/citizens.hpp"
#include "store/outbox.hpp"
#include "store/pins.hpp"
#include "whatsapp/render.hpp"

namespace catalina {
namespace {

using dialog::MessageKind;

// Types as Meta names them, of messages that answer the same whatever else they held.
constexpr std::array<std::pair<std::string_view, MessageKind>, 9> kinds{{
    {"text", MessageKind::text},
    {"image", MessageKind::image},
    {"video", MessageKind::video},
    {"audio", MessageKind::audio},
    {"document", MessageKind::document},
    {"sticker", MessageKind::sticker},
    {"contacts", MessageKind::contacts},
    {"order", MessageKind::order},
    {"unsupported", MessageKind::unsupported},
}};

std::optional<MessageKind> kind_of(const store::InboundRecord& record) {
  if (!record.choice.empty()) return MessageKind::choice;
  const auto* const found = std::find_if(
      kinds.begin(), kinds.end(), [&](const auto& entry) { return entry.first == record.type; });
  if (found == kinds.end()) return std::nullopt;
  return found->second;
}

std::optional<store::InboundRecord> find_record(store::ReadTx& tx, std::string_view id) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  if (error == std::errc() && end == id.data() + id.size()) return store::Inbound::find(tx, number);
  if (auto record = store::Inbound::find(tx, id)) return record;
  const auto answered = store::Outbox::answered(tx, id);
  return answered ? store::Inbound::find(tx, *answered) : std::nullopt;
}

}  // namespace

std::optional<PastTurn> find_turn(store::ReadTx& tx, std::string_view id) {
  auto record = find_record(tx, id);
  if (!record) return std::nullopt;
  PastTurn past;
  past.record = std::move(*record);
  past.at = past.record.received_at;
  if (past.record.citizen) {
    for (store::Answer& answer :
         store::Outbox::answers(tx, *past.record.citizen, past.record.wamid)) {
      past.at = answer.created_at;
      past.said.push_back(std::move(answer.content));
    }
    if (const auto citizen = store::Citizens::find(tx, *past.record.citizen))
      past.records.display_name = citizen->name;
  }
  past.records.pinned = store::Pins::in_force(tx, past.at);
  return past;
}

std::optional<std::string> obstacle_to_replay(const PastTurn& past) {
  const store::InboundRecord& record = past.record;
  switch (record.outcome) {
    case store::InboundOutcome::stale:
      return "llegó demasiado tarde y no se contestó";
    case store::InboundOutcome::failed:
      return "el turno falló y se pidió disculpas";
    case store::InboundOutcome::unidentified:
      return "llegó sin número ni usuario";
    case store::InboundOutcome::answered:
    case store::InboundOutcome::silent:
      break;
  }
  if (!record.why) return "no abrió ningún turno";
  if (!record.context && !record.text && record.why->evidence.empty())
    return "habla de corrupción: nada de lo que la persona mandó se guarda";
  if (!record.context) return "es de antes de que se guardara en qué iba la conversación";
  if (!kind_of(record)) return "lo que traía un mensaje de tipo «" + record.type + "» no se guarda";
  return std::nullopt;
}

dialog::Turn replay(const PastTurn& past, const dialog::Knowledge& knowledge) {
  const store::InboundRecord& record = past.record;
  dialog::Message message;
  message.kind = kind_of(record).value();
  message.text = record.text.value_or("");
  message.choice = record.choice;
  message.sent_at = record.sent_at;
  const auto before = dialog::Conversation::from_json(record.context.value());
  return dialog::step(before, message, knowledge, past.records, past.at);
}

Likeness compare(const PastTurn& past, const dialog::Turn& again) {
  const dialog::Explanation& then = past.record.why.value();
  if (then.decision != again.why.decision || then.target != again.why.target ||
      then.aspect != again.why.aspect)
    return Likeness::other_answer;
  const bool same = std::equal(
      past.said.begin(), past.said.end(), again.replies.begin(), again.replies.end(),
      [](const auto& content, const auto& reply) { return content == whatsapp::render(reply); });
  return same ? Likeness::same : Likeness::other_words;
}

}  // namespace catalina
