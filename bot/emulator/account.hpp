// What Meta knows of the business account: its number and keys, templates, files, the citizens and
// which messages went to and fro.
#pragma once

#include <map>
#include <string>

#include "core/clock.hpp"
#include "emulator/media.hpp"
#include "emulator/phones.hpp"
#include "emulator/templates.hpp"

namespace catalina::emulator {

struct Identity {
  std::string phone_number_id = "109876543210001";
  std::string business_account_id = "108765432109001";
  std::string display_phone_number = "573005559000";
  std::string country_code = "57";
};

// A message a citizen sent, which can be marked read, quoted or reacted to.
struct InboundRef {
  Phone* phone = nullptr;
  Time sent_at{};
  bool reaction = false;
};

struct Account {
  Identity identity;
  Templates templates;
  MediaLibrary media;
  Phonebook phones;
  std::map<std::string, InboundRef> inbound;  // by wamid
};

}  // namespace catalina::emulator
