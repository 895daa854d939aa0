#include "dialog/knowledge.hpp"

#include <algorithm>
#include <stdexcept>

#include "dialog/understand.hpp"
#include "dialog/words.hpp"

namespace catalina::dialog {
namespace {

const std::string& text_of(const catalog::Files& files, const std::string& path) {
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const catalog::File& file) { return file.path == path; });
  if (found == files.end()) throw std::runtime_error(path + ": falta este archivo");
  return found->text;
}

}  // namespace

std::shared_ptr<const Knowledge> Knowledge::build(const catalog::Files& files, std::string version,
                                                  std::shared_ptr<const Model> model) {
  auto knowledge = std::make_shared<Knowledge>();
  knowledge->version = std::move(version);
  knowledge->catalog = catalog::Catalog::build(files);
  knowledge->words = Words::build(text_of(files, "words.json"));
  knowledge->recognizer =
      Recognizer::build(knowledge->catalog, text_of(files, "intents.json"), std::move(model));
  return knowledge;
}

}  // namespace catalina::dialog
