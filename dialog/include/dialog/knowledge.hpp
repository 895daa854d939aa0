// Everything Catalina knows at one moment: the catalog, her words, and what recognises a message.
// Immutable; built off to the side when a catalog is published, then swapped in as a whole.
#pragma once

#include <memory>
#include <string>

#include "catalog/catalog.hpp"

namespace catalina::dialog {

class Model;
class Recognizer;
class Words;

struct Knowledge {
  std::string version;  // of the published catalog, stored with every answer
  std::shared_ptr<const catalog::Catalog> catalog;
  std::shared_ptr<const Words> words;  // dialog/words.hpp: what she says, from config/words.json
  std::shared_ptr<const Recognizer> recognizer;  // dialog/understand.hpp

  // Builds all of it from the files of a catalog version. Same files, same bytes of state: no
  // clock, no chance. Throws std::runtime_error that names the file and what is wrong with it.
  //
  // `model` must have been trained on the phrases of `files` (Model::fingerprint_of).
  static std::shared_ptr<const Knowledge> build(const catalog::Files& files, std::string version,
                                                std::shared_ptr<const Model> model);
};

}  // namespace catalina::dialog
