#include <algorithm>

#include "flows/flows.hpp"
#include "flows/lines.hpp"
#include "target.hpp"

namespace catalina::dialog {
namespace {

constexpr std::size_t shortest_telling = 3;  // "luz", "mar"

// Words that two texts about the same thing would share.
std::vector<std::string> telling_words(const Recognizer& recognizer, std::string_view text) {
  std::vector<std::string> words = recognizer.content_words(text);
  std::erase_if(words, [](const std::string& word) { return word.size() < shortest_telling; });
  return words;
}

}  // namespace

std::string pinned_in_full(const Scene& scene) {
  const PinnedMessage* pinned = scene.pinned();
  if (pinned == nullptr) return {};
  std::string text = scene.say(Text::pinned, {{"aviso", pinned->text}});
  if (!pinned->link.empty())
    add_line(text, scene.say(Text::pinned_link, {{"enlace", pinned->link}}));
  if (!pinned->phone.empty())
    add_line(text, scene.say(Text::pinned_phone, {{"telefono", pinned->phone}}));
  return text;
}

void show_pinned(Scene& scene) {
  const PinnedMessage* pinned = scene.pinned();
  say_with_ways_out(scene, pinned == nullptr ? scene.say(Text::no_pinned) : pinned_in_full(scene));
  if (pinned != nullptr) scene.conversation().pinned_seen = pinned->id;
}

bool speaks_of_pinned(const Scene& scene, const Understanding& understanding) {
  if (scene.pinned() == nullptr || understanding.decision == Decision::answer) return false;
  if (understanding.decision == Decision::talk &&
      understanding.candidates.front().target != out_of_scope)
    return false;
  const Recognizer& recognizer = *scene.knowledge().recognizer;
  const std::vector<std::string> asked = telling_words(recognizer, scene.message().text);
  const std::vector<std::string> told = telling_words(recognizer, scene.pinned()->text);
  return std::any_of(asked.begin(), asked.end(), [&](const std::string& word) {
    return std::find(told.begin(), told.end(), word) != told.end();
  });
}

}  // namespace catalina::dialog
