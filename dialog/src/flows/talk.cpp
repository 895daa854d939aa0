#include <cctype>

#include "catalog/text.hpp"
#include "flows/flows.hpp"
#include "target.hpp"

namespace catalina::dialog {
namespace {

constexpr std::size_t shortest_name = 2;
constexpr std::size_t longest_name = 20;

// The first name of a profile, when it looks like one. Profiles hold anything, so only letters pass
// (ASCII, and the Latin-1 letters of UTF-8's 0xC3 block), and what is left cannot format or link.
std::string first_name(const std::string& profile) {
  const std::string_view trimmed = text::trim(profile);
  const std::string name(trimmed.substr(0, trimmed.find(' ')));
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto byte = static_cast<unsigned char>(name[i]);
    if (byte == 0xC3U && i + 1 < name.size()) {
      ++i;
    } else if (byte >= 0x80U || std::isalpha(byte) == 0) {
      return "";
    }
  }
  const std::size_t length = text::utf16_length(name);
  return text::is_valid_utf8(name) && length >= shortest_name && length <= longest_name ? name : "";
}

void greet(Scene& scene) {
  const std::string name = first_name(scene.records().display_name);
  scene.introduced();
  scene.conversation().topic.clear();
  show_menu_saying(scene,
                   name.empty() ? scene.say(Text::greeting)
                                : scene.say(Text::greeting_by_name, {{"nombre", name}}),
                   1);
}

void say_plainly(Scene& scene, Text text) {
  scene.reply({"", scene.say(text), "", {}});
}

void answer_emergency(Scene& scene) {
  scene.only_the_answer();
  scene.conversation().topic.clear();
  say_plainly(scene, Text::emergency);
}

void refuse(Scene& scene, const Understanding& understanding) {
  const auto other = understanding.entities.find("otra_entidad");
  say_with_ways_out(scene,
                    other == understanding.entities.end()
                        ? scene.say(Text::out_of_scope)
                        : scene.say(Text::out_of_scope_referral, {{"entidad", other->second}}));
}

}  // namespace

void talk(Scene& scene, const std::string& intent, const Understanding& understanding) {
  scene.explain("talk", intent, Aspect::otro);
  if (intent != "intent:reclamo_del_servicio") scene.conversation().misunderstood = 0;

  if (intent == emergency) return answer_emergency(scene);
  if (intent == "intent:saludo") return greet(scene);
  if (intent == "intent:menu") return show_menu(scene, 1);
  if (intent == "intent:aviso") return show_pinned(scene);
  if (intent == "intent:hablar_con_persona") return ask_for_person(scene, scene.message().text);
  if (intent == "intent:borrar_datos") return ask_to_erase(scene);
  if (intent == "intent:notificaciones_baja") return ask_about_notices(scene, false);
  if (intent == "intent:notificaciones_alta") return ask_about_notices(scene, true);
  if (intent == "intent:despedida") return say_plainly(scene, Text::goodbye);
  if (intent == "intent:agradecimiento") return say_plainly(scene, Text::welcome);
  if (intent == out_of_scope) return refuse(scene, understanding);
  if (intent == "intent:reclamo_del_servicio") {
    scene.conversation().asked = person_choice();
    return say_with_ways_out(scene, scene.say(Text::complaint));
  }
  if (intent == "intent:cancelar") {
    scene.conversation().topic.clear();
    return say_with_ways_out(scene, scene.say(Text::cancelled));
  }
  if (intent == "intent:no_entiendo") return explain_again(scene);
  if (intent == "intent:afirmacion" || intent == "intent:gesto") {
    return say_with_ways_out(scene, scene.say(Text::acknowledged));
  }
  if (intent == "intent:negacion") return say_with_ways_out(scene, scene.say(Text::declined));
  // An intent that an editor added and nobody has written an answer for.
  say_dont_know(scene);
}

}  // namespace catalina::dialog
