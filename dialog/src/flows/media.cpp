#include "flows/flows.hpp"

namespace catalina::dialog {
namespace {

Text answer_to(MessageKind kind) {
  switch (kind) {
    case MessageKind::audio:
      return Text::voice;
    case MessageKind::sticker:
      return Text::acknowledged;
    case MessageKind::form:
      return Text::form_received;
    case MessageKind::unsupported:
      return Text::unreadable;
    default:
      return Text::media_without_text;
  }
}

}  // namespace

void say_file_stays(Scene& scene) {
  const MessageKind kind = scene.message().kind;
  if (kind == MessageKind::image) scene.begin_with(scene.say(Text::photo_stays));
  if (kind == MessageKind::video) scene.begin_with(scene.say(Text::video_stays));
  if (kind == MessageKind::document) scene.begin_with(scene.say(Text::document_stays));
}

void answer_media(Scene& scene) {
  const MessageKind kind = scene.message().kind;
  if (kind == MessageKind::form && !is_confidential(scene.before().topic)) {
    scene.effect(FormReceived{scene.message().form_json});
  }
  if (kind == MessageKind::location) return answer_location(scene, scene.message().location);
  scene.explain("media", "");
  scene.reply({"", scene.say(answer_to(kind)), "", Buttons{{menu_button(scene.words())}}});
}

}  // namespace catalina::dialog
