// Barrios, sectors and corregimientos named in a message; and offices, which are found the same
// way.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "catalog/model.hpp"

namespace catalina::dialog {

struct PlaceMention {
  std::vector<std::string> ids;  // more than one: the name belongs to several
  std::size_t begin = 0;         // words [begin, end) of the message
  std::size_t end = 0;
};

// Both, from left to right, as each of them is.
std::vector<PlaceMention> in_order(const std::vector<PlaceMention>& some,
                                   const std::vector<PlaceMention>& others);

class Places {
 public:
  explicit Places(const catalog::Territory& territory);
  explicit Places(const std::vector<catalog::Dependencia>& offices);

  // The longest names first come first served, from left to right.
  std::vector<PlaceMention> find(const std::vector<std::string>& words) const;

  // Every word of every name, so that they can be recognised when misspelled.
  const std::vector<std::string>& words() const { return words_; }

 private:
  struct Name {
    std::vector<std::string> words;
    std::vector<std::string> ids;
  };
  void add(const std::string& name, const std::string& id);
  void sort();

  std::unordered_map<std::string, std::vector<Name>> by_first_word_;  // longest names first
  std::vector<std::string> words_;
};

}  // namespace catalina::dialog
