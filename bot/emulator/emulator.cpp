#include "emulator/emulator.hpp"

#include <stdexcept>

#include "emulator/shell.hpp"

namespace catalina::emulator {
namespace {

Phone& find_phone(World& world, const std::string& id) {
  Phone* phone = world.account.phones.find(id);
  if (phone == nullptr) throw std::invalid_argument("there is no phone \"" + id + "\"");
  return *phone;
}

}  // namespace

Emulator::Emulator(boost::asio::io_context& io, Clock& clock, Options options)
    : shell_(std::make_shared<Shell>(io, clock, std::move(options))) {
  shell_->open();
}

Emulator::~Emulator() = default;

const Options& Emulator::options() const {
  return shell_->options;
}

std::uint16_t Emulator::port() const {
  return shell_->server->port();
}

void Emulator::set_webhook_url(const std::string& url) {
  shell_->set_webhook_url(url);
}

void Emulator::start() {
  shell_->start();
}

boost::asio::awaitable<void> Emulator::stop() {
  return shell_->stop();
}

boost::asio::awaitable<bool> Emulator::verify_webhook() {
  return shell_->verify_webhook();
}

void Emulator::mount_phones(http::Router& router) {
  mount_phone_page(router, shell_);
}

std::string Emulator::add_phone(NewPhone phone) {
  return act([&](World& world, Time) { return world.account.phones.add(std::move(phone)).id; });
}

std::string Emulator::say(const std::string& phone, const std::string& text) {
  return act([&](World& world, Time now) {
    return world.citizen_sends(find_phone(world, phone),
                               {{"type", "text"}, {"text", {{"body", text}}}}, now);
  });
}

std::string Emulator::tap(const std::string& phone, const std::string& wamid,
                          const std::string& id) {
  return act([&](World& world, Time now) {
    return world.citizen_taps(find_phone(world, phone), wamid, id, now);
  });
}

void Emulator::next_send(SendOutcome outcome) {
  act([&](World& world, Time) { world.script.push(outcome); });
}

std::vector<SendRecord> Emulator::sends() {
  return act([](World& world, Time) { return world.sends_after(0, std::size_t(-1)); });
}

bool Emulator::wait_until(const std::function<bool(World&)>& holds,
                          std::chrono::milliseconds timeout) {
  std::unique_lock lock(shell_->mutex);
  return shell_->changed.wait_for(lock, timeout, [&] { return holds(shell_->world); });
}

bool Emulator::wait_for_sends(std::uint64_t count, std::chrono::milliseconds timeout) {
  return wait_until([&](World& world) { return world.send_count() >= count; }, timeout);
}

bool Emulator::wait_until_quiet(std::chrono::milliseconds timeout) {
  return wait_until([](World& world) { return world.quiet(); }, timeout);
}

Emulator::Access::Access(Shell& shell) : shell_(shell), now_(shell.clock.now()) {
  shell_.mutex.lock();
}

Emulator::Access::~Access() {
  shell_.mutex.unlock();
  shell_.wake();
}

World& Emulator::Access::world() {
  return shell_.world;
}

}  // namespace catalina::emulator
