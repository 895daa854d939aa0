#include "conversations/runner/player.hpp"

#include <sstream>
#include <stdexcept>

#include "conversations/runner/matching.hpp"
#include "store/handoffs.hpp"
#include "store/inbound.hpp"
#include "store/pins.hpp"
#include "store/transaction.hpp"

namespace catalina::test {
namespace {

// What the shipped settings say (engine.hold_seconds).
constexpr Millis patience{2000};

// "10s", "30m", "25h", "3d"
Millis duration(const std::string& text) {
  std::size_t read = 0;
  const int amount = std::stoi(text, &read);
  const std::string unit = text.substr(read);
  if (unit == "s") return std::chrono::seconds(amount);
  if (unit == "m") return std::chrono::minutes(amount);
  if (unit == "h") return std::chrono::hours(amount);
  if (unit == "d") return std::chrono::days(amount);
  throw std::runtime_error("\"" + text + "\" is not a time like 10s, 30m, 25h or 3d");
}

// The id behind a title that is visible in `reply`; nothing when it is not there.
std::optional<std::string> tapped(const VisibleReply& reply, const std::string& title) {
  for (const auto* items : {&reply.buttons, &reply.rows})
    for (const Tappable& item : *items)
      if (item.title == title) return item.id;
  return std::nullopt;
}

// Fills in what a citizen sent, from the text of a "user" step.
void compose(whatsapp::InboundMessage& message, const std::string& text) {
  static const std::map<std::string, dialog::MessageKind> kinds{
      {"imagen", dialog::MessageKind::image},        {"documento", dialog::MessageKind::document},
      {"video", dialog::MessageKind::video},         {"audio", dialog::MessageKind::audio},
      {"sticker", dialog::MessageKind::sticker},     {"contacto", dialog::MessageKind::contacts},
      {"encuesta", dialog::MessageKind::unsupported}};
  message.type = "text";
  message.content.text = text;
  if (!text.starts_with('(')) return;
  const std::size_t close = text.find(')');
  std::istringstream inside(text.substr(1, close - 1));
  std::string what;
  inside >> what;
  if (what == "ubicación") {
    dialog::Location location;
    if (!(inside >> location.latitude >> location.longitude))
      throw std::runtime_error("a location is written (ubicación 10.40 -75.55)");
    message.content.kind = dialog::MessageKind::location;
    message.content.location = location;
    message.content.text.clear();
    message.type = "location";
    return;
  }
  const auto kind = kinds.find(what);
  if (kind == kinds.end() || close == std::string::npos) return;  // words in brackets are words
  message.content.kind = kind->second;
  message.content.text = close + 2 < text.size() ? text.substr(close + 2) : "";
  message.type = what;
}

}  // namespace

Player::Player(std::filesystem::path folder, std::shared_ptr<const dialog::Knowledge> knowledge)
    : folder_(std::move(folder)),
      first_knowledge_(std::move(knowledge)),
      clock_(Clock::frozen_at(parse_local("2026-11-23 09:00"))) {
  start();
}

Player::~Player() {
  stop();
}

void Player::start() {
  store::WriterOptions options;
  options.file = folder_ / "catalina.db";
  writer_ = std::make_unique<store::Writer>(options, clock_);
  knowledge_ = std::make_unique<engine::CurrentKnowledge>(first_knowledge_);
  engine_ = std::make_unique<engine::Engine>(
      io_.get_executor(), *writer_, *knowledge_, clock_, [](engine::Committed) {},
      engine::Thinking(), patience);
}

void Player::stop() {
  engine_.reset();
  writer_.reset();
}

void Player::play(const std::vector<Step>& steps, const std::string& file) {
  for (const Step& step : steps) {
    try {
      perform(step);
    } catch (const std::exception& error) {
      throw std::runtime_error(file + ":" + std::to_string(step.line) + ": " + error.what());
    }
  }
  expect_nothing_unread();
}

void Player::perform(const Step& step) {
  if (step.verb != "bot" && step.verb != "notice") expect_nothing_unread();
  if (step.verb == "given") return given(step);
  if (step.verb == "user") return user(step);
  if (step.verb == "bot") return bot(step, false);
  if (step.verb == "notice") return bot(step, true);
  if (step.verb == "staff") return staff(step);
  if (step.verb == "wait") return wait(step);
  if (step.verb == "status") return status(step);
  if (step.verb == "state") return state(step);
  if (step.verb == "restart") {
    stop();
    return start();
  }
  throw std::runtime_error("there is no action \"" + step.verb + " " + step.lines.front() + "\"");
}

void Player::given(const Step& step) {
  std::istringstream words(step.lines.front());
  std::string what;
  words >> what;
  if (what == "clock") {
    std::string date;
    std::string time;
    words >> date >> time;
    clock_.advance(parse_local(date + ' ' + time) - clock_.now());
  } else if (what == "phone" && (words >> what) && what == "hidden") {
    Person& citizen = person(step.person);
    citizen.identity.phone.clear();
    citizen.username = "citizen";
  } else {
    throw std::runtime_error("given what? " + step.lines.front());
  }
}

Player::Person& Player::person(const std::string& name) {
  const auto found = people_.find(name);
  if (found != people_.end()) return found->second;
  const std::string number = std::to_string(101 + people_.size());
  Person citizen;
  citizen.identity = {"CO.7010" + number, "573005550" + number};
  return people_.emplace(name, std::move(citizen)).first->second;
}

void Player::deliver(whatsapp::Envelope envelope) {
  take(engine_->receive_now(std::move(envelope)));
}

void Player::take(engine::Committed committed) {
  for (store::Outgoing& row : committed.outgoing) {
    // The Graph API takes it at once; receipts come when the transcript says so.
    writer_->run([&](store::WriteTx& tx) {
      store::Outbox::accepted(tx, row.id, "wamid.out." + std::to_string(row.id), clock_.now());
    });
    for (auto& [name, citizen] : people_) {
      const bool same = citizen.identity.bsuid.empty() ? citizen.identity.phone == row.to.phone
                                                       : citizen.identity.bsuid == row.to.bsuid;
      if (!same) continue;
      VisibleReply reply = visible(row.content);
      citizen.unread.push_back({std::move(row), std::move(reply)});
      break;
    }
  }
}

void Player::user(const Step& step) {
  Person& citizen = person(step.person);
  whatsapp::InboundMessage message;
  message.wamid = "wamid.in." + std::to_string(++messages_);
  message.kind = whatsapp::InboundKind::turn;
  message.from = citizen.identity;
  message.username = citizen.username;
  message.sent_at = clock_.now();
  std::string text = step.lines.front();
  for (std::size_t i = 1; i < step.lines.size(); ++i) text += '\n' + step.lines[i];
  if (text.starts_with('[') && text.ends_with(']')) {
    const std::string title = text.substr(1, text.size() - 2);
    const auto id = citizen.shown ? tapped(citizen.shown->reply, title) : std::nullopt;
    if (!id) throw std::runtime_error("nothing called \"" + title + "\" can be tapped");
    message.type = "interactive";
    message.content.kind = dialog::MessageKind::choice;
    message.content.choice = *id;
    message.content.text = title;
  } else {
    compose(message, text);
  }
  message.content.sent_at = message.sent_at;
  citizen.last_wamid = message.wamid;
  whatsapp::Envelope envelope;
  envelope.messages.push_back(std::move(message));
  deliver(std::move(envelope));
}

void Player::bot(const Step& step, bool unasked) {
  Person& citizen = person(step.person);
  if (citizen.unread.empty()) {
    // Nothing follows what was written: now it is answered, if it was held.
    clock_.advance(patience);
    take(engine_->release_now());
  }
  if (step.lines.front() == "(nada)") {
    if (!citizen.unread.empty())
      throw std::runtime_error("she said:\n" + as_step(citizen.unread.front().reply));
    return;
  }
  if (citizen.unread.empty()) throw std::runtime_error("she said nothing");
  citizen.shown = std::move(citizen.unread.front());
  citizen.unread.pop_front();
  if (citizen.shown->row.in_reply_to.empty() != unasked)
    throw std::runtime_error(unasked ? "this was an answer, not a notice"
                                     : "this was a notice, not an answer");
  if (const std::string why = mismatch(step.lines, citizen.shown->reply); !why.empty())
    throw std::runtime_error(why + "\n" + as_step(citizen.shown->reply));
}

void Player::staff(const Step& step) {
  const std::string& order = step.lines.front();
  if (order == "unpin")
    return writer_->run([&](store::WriteTx& tx) { store::Pins::clear(tx, "staff", clock_.now()); });
  std::istringstream words(order);
  std::string what;
  std::string until;
  std::string date;
  std::string time;
  if (!(words >> what >> until >> date >> time) || what != "pin" || until != "until")
    throw std::runtime_error("staff pin until <date> <time>, or staff unpin; not: " + order);
  dialog::PinnedMessage message;
  message.until = parse_local(date + ' ' + time);
  for (std::size_t i = 1; i < step.lines.size(); ++i)
    message.text += (i == 1 ? "" : "\n") + step.lines[i];
  if (const auto problem = dialog::problem_with(message, clock_.now()); !problem.empty())
    throw std::runtime_error(problem);
  writer_->run([&](store::WriteTx& tx) { store::Pins::add(tx, message, "staff", clock_.now()); });
}

void Player::wait(const Step& step) {
  clock_.advance(duration(step.lines.front()));
  take(engine_->release_now());
}

void Player::status(const Step& step) {
  const Person& citizen = person(step.person);
  if (!citizen.shown) throw std::runtime_error("a receipt for which message?");
  static const std::map<std::string, whatsapp::ReceiptStatus> statuses{
      {"sent", whatsapp::ReceiptStatus::sent},
      {"delivered", whatsapp::ReceiptStatus::delivered},
      {"read", whatsapp::ReceiptStatus::read},
      {"played", whatsapp::ReceiptStatus::played},
      {"failed", whatsapp::ReceiptStatus::failed}};
  std::istringstream words(step.lines.front());
  std::string name;
  words >> name;
  const auto found = statuses.find(name);
  if (found == statuses.end()) throw std::runtime_error("\"" + name + "\" is not a status");
  whatsapp::Receipt receipt;
  receipt.wamid = "wamid.out." + std::to_string(citizen.shown->row.id);
  receipt.opaque = store::Outbox::opaque(writer_->store_id(), citizen.shown->row.id);
  receipt.status = found->second;
  receipt.at = clock_.now();
  words >> receipt.error_code;
  whatsapp::Envelope envelope;
  envelope.receipts.push_back(std::move(receipt));
  deliver(std::move(envelope));
}

void Player::state(const Step& step) {
  Person& citizen = person(step.person);
  std::istringstream words(step.lines.front());
  std::string what;
  std::string expected;
  words >> what >> expected;
  std::string actual;
  writer_->run([&](store::WriteTx& tx) {
    const auto turn = store::Inbound::find(tx, citizen.last_wamid);
    if (!turn) throw std::runtime_error("no turn is stored");
    const dialog::Explanation why = turn->why.value_or(dialog::Explanation());
    if (what == "decision") actual = why.decision;
    if (what == "target") actual = why.target;
    if (what == "aspect") actual = why.aspect;
    if (what == "text") actual = turn->text ? "kept" : "dropped";
    if (what == "handoff") {
      const std::size_t waiting = store::Handoffs::of_citizen(tx, turn->citizen.value()).size();
      actual = waiting == 0 ? "none" : waiting == 1 ? "waiting" : std::to_string(waiting);
    }
    if (what == "delivery" && citizen.shown)
      actual = to_string(store::Outbox::find(tx, citizen.shown->row.id).value().state);
  });
  if (actual != expected) throw std::runtime_error(what + " is \"" + actual + "\"");
}

void Player::expect_nothing_unread() {
  for (const auto& [name, citizen] : people_)
    if (!citizen.unread.empty())
      throw std::runtime_error("she also said:\n" + as_step(citizen.unread.front().reply));
}

}  // namespace catalina::test
