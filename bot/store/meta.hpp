// What the store knows of itself.
#pragma once

#include <string>

#include "store/transaction.hpp"

namespace catalina::store {

class Meta {
 public:
  // Gives a new database its id, takes away the mark of the last clean close, and returns the id.
  // Without that mark the last process died: what it had queued may have been sent, and is put down
  // as of unknown fate in the same commit, so that no later close can make it look unsent.
  static std::string open(Connection& connection);
  static void mark_closed(Connection& connection);
  // Writes something without changing anything: fails if the database cannot be written.
  static void probe(Connection& connection);
};

}  // namespace catalina::store
