// What the store knows of itself.
#pragma once

#include <string>

#include "store/transaction.hpp"

namespace catalina::store {

struct Opened {
  std::string store_id;
  bool was_closed_cleanly = true;
};

class Meta {
 public:
  // Gives a new database its id and takes away the mark of the last clean close.
  static Opened open(Connection& connection);
  static void mark_closed(Connection& connection);
  // Writes something without changing anything: fails if the database cannot be written.
  static void probe(Connection& connection);
};

}  // namespace catalina::store
