#include "emulator/phones.hpp"

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "core/crypto.hpp"

namespace catalina::emulator {
namespace {

constexpr std::chrono::hours window{24};
constexpr std::size_t min_digits = 7;
constexpr std::size_t max_digits = 15;  // E.164

bool all_of(std::string_view text, int (*test)(int)) {
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return test(static_cast<unsigned char>(c)) != 0; });
}

bool is_number(std::string_view digits) {
  return digits.size() >= min_digits && digits.size() <= max_digits && all_of(digits, std::isdigit);
}

std::string fresh_bsuid() {
  std::string bsuid = "CO.";
  for (const char c : crypto::random_hex(10))
    bsuid += static_cast<char>(c <= '9' ? c : '0' + (c - 'a'));
  return bsuid;
}

}  // namespace

std::string_view to_string(Tick tick) {
  switch (tick) {
    case Tick::accepted:
      return "accepted";
    case Tick::sent:
      return "sent";
    case Tick::delivered:
      return "delivered";
    case Tick::read:
      return "read";
    case Tick::failed:
      return "failed";
  }
  return "failed";
}

bool Phone::window_open(Time now) const {
  return last_inbound && now < *last_inbound + window;
}

Bubble* Phone::find(const std::string& wamid) {
  const auto found = std::find_if(thread.rbegin(), thread.rend(),
                                  [&](const Bubble& bubble) { return bubble.wamid == wamid; });
  return found != thread.rend() ? &*found : nullptr;
}

Phone& Phonebook::add(NewPhone wanted) {
  if (wanted.number.empty()) wanted.number = free_number();
  if (wanted.bsuid.empty()) wanted.bsuid = fresh_bsuid();
  if (!is_number(wanted.number)) throw std::invalid_argument("a number has 7 to 15 digits");
  if (!is_bsuid(wanted.bsuid)) throw std::invalid_argument("a BSUID looks like CO.123abc");
  if (by_number_.contains(wanted.number) || by_bsuid_.contains(wanted.bsuid))
    throw std::invalid_argument("there is a phone with that number or BSUID already");
  if (wanted.username.starts_with("@")) wanted.username.erase(0, 1);
  auto phone = std::make_unique<Phone>();
  phone->id = "p" + std::to_string(phones_.size() + 1);
  phone->name = std::move(wanted.name);
  phone->number = std::move(wanted.number);
  phone->bsuid = std::move(wanted.bsuid);
  phone->username = std::move(wanted.username);
  phone->hides_number = wanted.hides_number;
  by_number_[phone->number] = phone.get();
  by_bsuid_[phone->bsuid] = phone.get();
  return *phones_.emplace_back(std::move(phone));
}

std::string Phonebook::free_number() const {
  for (std::uint64_t next = 573005550101;; ++next)
    if (std::string number = std::to_string(next); !by_number_.contains(number)) return number;
}

Phone* Phonebook::find(const std::string& id) const {
  const auto found = std::find_if(phones_.begin(), phones_.end(),
                                  [&](const auto& phone) { return phone->id == id; });
  return found != phones_.end() ? found->get() : nullptr;
}

Phone* Phonebook::find_number(const std::string& digits) const {
  const auto found = by_number_.find(digits);
  return found != by_number_.end() ? found->second : nullptr;
}

Phone* Phonebook::find_bsuid(const std::string& bsuid) const {
  const auto found = by_bsuid_.find(bsuid);
  return found != by_bsuid_.end() ? found->second : nullptr;
}

void Phonebook::change_number(Phone& phone, const std::string& digits) {
  if (!is_number(digits)) throw std::invalid_argument("a number has 7 to 15 digits");
  if (by_number_.contains(digits)) throw std::invalid_argument("that number is taken");
  by_number_.erase(phone.number);
  by_bsuid_.erase(phone.bsuid);
  phone.number = digits;
  phone.bsuid = fresh_bsuid();
  by_number_[phone.number] = &phone;
  by_bsuid_[phone.bsuid] = &phone;
}

std::optional<std::string> parse_number(std::string_view text, std::string_view country_code) {
  const bool international = text.starts_with("+");
  if (international) text.remove_prefix(1);
  std::string digits(international ? "" : country_code);
  for (const char c : text) {
    if (c == ' ' || c == '-' || c == '(' || c == ')') continue;
    if (std::isdigit(static_cast<unsigned char>(c)) == 0) return std::nullopt;
    digits += c;
  }
  if (!is_number(digits)) return std::nullopt;
  return digits;
}

bool is_bsuid(std::string_view text) {
  if (text.size() < 4 || !all_of(text.substr(0, 2), std::isupper) || text[2] != '.') return false;
  text.remove_prefix(3);
  if (text.starts_with("ENT.")) text.remove_prefix(4);
  return !text.empty() && text.size() <= 128 && all_of(text, std::isalnum);
}

}  // namespace catalina::emulator
