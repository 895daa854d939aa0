// What people write, and what they want by it: the phrases of config/frases, and the names and
// questions that the catalog itself holds.
#pragma once

#include <string>
#include <vector>

#include "catalog/documents.hpp"

namespace catalina::dialog {

struct LabelledPhrase {
  std::string text;
  std::vector<std::string> targets;  // the best first; others would be right, too
  std::string file;                  // that holds it
  bool is_name = false;              // what the catalog itself calls it
};

// In the order of the files. Throws std::runtime_error naming the file and what is wrong in it:
// `files` that `catalog::validate` accepts may still name a target that does not exist.
std::vector<LabelledPhrase> read_phrases(const catalog::Files& files);

}  // namespace catalina::dialog
