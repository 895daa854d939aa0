#include <algorithm>

#include "catalog/text.hpp"
#include "flows/flows.hpp"

namespace catalina::dialog {
namespace {

constexpr std::size_t longest_reason = 300;  // UTF-16 units; the adviser reads it at a glance

// Files the request unless the same one waits already. True when it is new.
bool request(Scene& scene, const std::string& kind, const std::string& reason) {
  Conversation& conversation = scene.conversation();
  std::vector<std::string>& requested = conversation.requested;
  if (std::find(requested.begin(), requested.end(), kind) != requested.end()) return false;
  requested.push_back(kind);
  conversation.waiting_for_person = true;
  scene.effect(HandoffRequested{reason});
  return true;
}

void say(Scene& scene, std::string body) {
  scene.conversation().misunderstood = 0;
  scene.reply({"", std::move(body), "", Buttons{{menu_button(scene.words())}}});
}

}  // namespace

void ask_for_person(Scene& scene, std::string_view words) {
  // Words of corruption make that the subject, so they are never passed on.
  const std::string& topic = scene.conversation().topic;
  const bool fresh =
      request(scene, "persona", topic.empty() ? text::sanitize(words, longest_reason) : topic);
  scene.explain("talk", "intent:hablar_con_persona");
  say(scene, scene.say(fresh ? Text::person_noted : Text::person_already_noted,
                       {{"correo", scene.contact_mail()}}));
}

void ask_to_erase(Scene& scene) {
  const bool fresh = request(scene, "borrar-datos", "intent:borrar_datos");
  scene.explain("talk", "intent:borrar_datos");
  say(scene, scene.say(fresh ? Text::erase_noted : Text::erase_already_noted,
                       {{"correo", scene.contact_mail()}}));
}

void ask_about_notices(Scene& scene, bool wanted) {
  const std::string intent = wanted ? "intent:notificaciones_alta" : "intent:notificaciones_baja";
  // Who changes their mind replaces the request that waits.
  std::erase(scene.conversation().requested, wanted ? "avisos-baja" : "avisos-alta");
  const bool fresh = request(scene, wanted ? "avisos-alta" : "avisos-baja", intent);
  scene.explain("talk", intent);
  say(scene, scene.say(!fresh   ? Text::notifications_already_noted
                       : wanted ? Text::subscribe_noted
                                : Text::unsubscribe_noted));
}

}  // namespace catalina::dialog
