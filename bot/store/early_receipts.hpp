// Receipts of messages whose wamid we do not know yet: they can overtake the answer to the request
// that sent the message. Only few, and only for a while.
#pragma once

#include <vector>

#include "core/clock.hpp"
#include "whatsapp/envelope.hpp"

namespace catalina::store {

class WriteTx;

class EarlyReceipts {
 public:
  // Of receipts older than a day, and of more than 10,000, the oldest are forgotten.
  static void keep(WriteTx& tx, const whatsapp::Receipt& receipt, Time now);
  // Those of `wamid` in the order they came; they are forgotten here.
  static std::vector<whatsapp::Receipt> take(WriteTx& tx, std::string_view wamid);
};

}  // namespace catalina::store
