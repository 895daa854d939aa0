// What a button or list row does when it is tapped. Its id says it in full, so that a tap on a list
// from weeks ago still works, whatever the conversation was about since.
//
// clang-format off
//   menu                    the menu                menu:2                its second page
//   categoria:<slug>        tramites of one         categoria:<slug>:2    their second page
//   tramite:<id>            its card                tramite:<id>:<aspect> one thing about it
//   tramite:<id>:preguntas  questions about it      pregunta:<id>:<key>   the answer to one of them
//   faq:<id>                a frequent question     barrio:<id>           the localidad of a place
//   persona                 ask for a person        ninguna               none of what was offered
//   aviso                   what is pinned for all
// clang-format on
//
// `key` is a hash of the question's text: when an editor rewrites or reorders the questions, an old
// row is told from a new one and never shows another answer. A target that can be answered
// ("tramite:…", "faq:…") is its own choice.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dialog/understand.hpp"

namespace catalina::dialog {

struct Choice {
  enum class Kind {
    menu,
    category,
    tramite,
    aspect,
    questions,
    question,
    faq,
    place,
    person,
    pinned,
    none
  };
  Kind kind = Kind::menu;
  std::string id = {};   // of the tramite, faq or place; slug of the category
  std::string key = {};  // of a question
  Aspect aspect = Aspect::general;
  int page = 1;  // of a menu or category, from 1

  bool operator==(const Choice&) const = default;
};

std::string to_id(const Choice& choice);
// Nothing on whatever `to_id` could not have made: the sender may be forging.
std::optional<Choice> parse_choice(std::string_view id);

// "Predios y ciudad" → "predios-y-ciudad".
std::string slug(std::string_view name);
std::string question_key(std::string_view question);

// The ids that flows write most.
std::string menu_choice();
std::string person_choice();
std::string pinned_choice();
std::string aspect_choice(std::string_view tramite_id, Aspect aspect);

}  // namespace catalina::dialog
