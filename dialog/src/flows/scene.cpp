#include "flows/scene.hpp"

#include <algorithm>
#include <chrono>

#include "catalog/text.hpp"
#include "flows/city_facts.hpp"
#include "flows/flows.hpp"
#include "flows/memory.hpp"
#include "local_date.hpp"

namespace catalina::dialog {
namespace {

// Numbers and follow-up questions refer to what was said before for this long; later they start
// something new.
constexpr auto memory = std::chrono::hours(12);

// Of a pinned message, when it does not fit in full.
constexpr std::size_t shortened_pinned = 120;  // UTF-16 units

Conversation still_remembered(Conversation conversation, Time now) {
  if (now - conversation.last_turn_at > memory) {
    conversation.topic.clear();
    conversation.offers.clear();
    conversation.asked.clear();
    conversation.aspect.clear();
    conversation.alternatives.clear();
    conversation.tried.clear();
    conversation.earlier.clear();
    conversation.corrections = 0;
    conversation.misunderstood = 0;
  }
  if (!conversation.waiting_for_person) conversation.requested.clear();
  return conversation;
}

const PinnedMessage* in_force(const std::optional<PinnedMessage>& pinned, Time now) {
  return pinned && pinned->from <= now && now < pinned->until ? &*pinned : nullptr;
}

struct OffersOf {
  std::vector<Offer> operator()(const Buttons& action) const {
    std::vector<Offer> offers;
    for (const Button& button : action.buttons) offers.push_back({button.id, button.title});
    return offers;
  }
  std::vector<Offer> operator()(const List& action) const {
    std::vector<Offer> offers;
    for (const Section& section : action.sections) {
      for (const Row& row : section.rows) offers.push_back({row.id, row.title});
    }
    return offers;
  }
  std::vector<Offer> operator()(std::monostate) const { return {}; }
};

// One more thing to tap, where there is room for it.
void offer(Reply& reply, Button button) {
  if (auto* list = std::get_if<List>(&reply.action)) {
    std::size_t rows = 0;
    for (const Section& section : list->sections) rows += section.rows.size();
    if (rows < limits::list_rows)
      list->sections.back().rows.push_back({std::move(button.id), std::move(button.title), ""});
  } else if (auto* buttons = std::get_if<Buttons>(&reply.action)) {
    buttons->buttons.push_back(std::move(button));
  } else {
    reply.action = Buttons{{std::move(button)}};
  }
}

// Buttons carry a quarter of the text that a list carries.
void make_room(Reply& reply, const Words& words) {
  auto* buttons = std::get_if<Buttons>(&reply.action);
  if (buttons == nullptr || text::utf16_length(reply.body) <= limits::buttons_body) return;
  Section section{"", {}};
  for (Button& button : buttons->buttons) {
    section.rows.push_back({std::move(button.id), std::move(button.title), ""});
  }
  reply.action = List{words.say(Text::card_button), {std::move(section)}};
}

}  // namespace

Scene::Scene(const Conversation& conversation, const Message& message, const Knowledge& knowledge,
             const Records& records, Time now)
    : before_(still_remembered(conversation, now)),
      message_(message),
      knowledge_(knowledge),
      records_(records),
      now_(now),
      pinned_(in_force(records.pinned, now)),
      today_(to_iso(date_in_bogota(now))) {
  turn_.conversation = before_;
  Conversation& next = turn_.conversation;
  next.offers.clear();
  next.numbered = false;
  next.asked.clear();
  next.aspect.clear();
  next.corrections = 0;
  next.last_turn_at = now;
}

void Scene::names_place(const std::string& id) {
  place_ = catalog().place(id);
}

std::string Scene::contact_mail() const {
  return CityFacts(words(), catalog(), today_).contact_mail();
}

void Scene::reply(Reply reply) {
  turn_.replies.clear();
  turn_.replies.push_back(std::move(reply));
}

void Scene::stay_silent() {
  turn_.replies.clear();
  const Time now = turn_.conversation.last_turn_at;
  turn_.conversation = before_;
  turn_.conversation.last_turn_at = now;
  explain("repeat", "");
  turn_.why.evidence = "lo mismo otra vez, segundos después";
}

void Scene::tried(const std::string& choice) {
  Conversation& next = turn_.conversation;
  const auto& all = next.alternatives;
  const bool new_one = std::find(next.tried.begin(), next.tried.end(), choice) == next.tried.end();
  if (new_one && std::find(all.begin(), all.end(), choice) != all.end()) {
    next.tried.push_back(choice);
  }
}

void Scene::explain(std::string_view decision, std::string target, Aspect aspect) {
  turn_.why.decision = decision;
  turn_.why.target = std::move(target);
  turn_.why.aspect = to_string(aspect);
}

void Scene::add_notice(Reply& reply) {
  Conversation& next = turn_.conversation;
  if (next.notice_version == words().notice_version()) return;
  if (!introduced_) reply.body = say(Text::introduction) + "\n\n" + reply.body;
  reply.body += "\n\n" + say(Text::privacy_notice, {{"correo", contact_mail()}});
  next.notice_version = words().notice_version();
}

// Before everything else, once for each citizen and text. What has no room comes with the next
// answer.
void Scene::add_pinned(Reply& reply) {
  Conversation& next = turn_.conversation;
  if (pinned_ == nullptr || (next.pinned_seen == pinned_->id && !repeat_pinned_)) return;
  const std::size_t room =
      limits::text_body - std::min(limits::text_body, text::utf16_length(reply.body));
  const auto put_before = [&](const std::string& pinned) {
    const std::string first = pinned + "\n\n";
    if (text::utf16_length(first) > room) return false;
    reply.body = first + reply.body;
    next.pinned_seen = pinned_->id;
    turn_.why.evidence += "; con el aviso " + std::to_string(pinned_->id);
    return true;
  };
  if (put_before(pinned_in_full(*this))) return;
  const std::string beginning = text::truncate(pinned_->text, shortened_pinned);
  if (put_before(say(Text::pinned_short, {{"aviso", beginning}})))
    offer(reply, {pinned_choice(), say(Text::pinned_title)});
}

Turn Scene::finish() && {
  if (!turn_.replies.empty()) {
    Reply& reply = turn_.replies.front();
    if (!only_the_answer_) {
      if (!beginning_.empty()) reply.body = beginning_ + "\n\n" + reply.body;
      add_notice(reply);
      if (turn_.keep_text) add_pinned(reply);
    }
    make_room(reply, words());
    reply = fit(std::move(reply));
    turn_.conversation.offers = std::visit(OffersOf(), reply.action);
    settle_memory(before_, turn_.conversation, catalog());
  }
  // Evidence repeats the citizen's words.
  if (!turn_.keep_text) turn_.why.evidence.clear();
  return std::move(turn_);
}

Row menu_row(const Words& words) {
  return {menu_choice(), words.say(Text::menu_row), words.say(Text::menu_row_description)};
}

Row person_row(const Words& words) {
  return {person_choice(), words.say(Text::person_row), words.say(Text::person_row_description)};
}

Row none_row(const Words& words) {
  return {to_id({.kind = Choice::Kind::none}), words.say(Text::none_row),
          words.say(Text::none_row_description)};
}

Button menu_button(const Words& words) {
  return {menu_choice(), words.say(Text::menu_title)};
}

Button person_button(const Words& words) {
  return {person_choice(), words.say(Text::person_title)};
}

void say_with_ways_out(Scene& scene, std::string body) {
  const Words& words = scene.words();
  scene.reply({"", std::move(body), "", Buttons{{menu_button(words), person_button(words)}}});
}

}  // namespace catalina::dialog
