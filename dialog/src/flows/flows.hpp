// The flows: each answers one kind of turn completely. Ids that the catalog does not hold (any
// more) are answered as "no longer available".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flows/scene.hpp"

namespace catalina::dialog {

// choosing.cpp
// Does what a button, a row or whatever was said in its place stands for.
void follow_choice(Scene& scene, const std::string& id);

// menu.cpp
void show_menu(Scene& scene, int page);
void show_menu_saying(Scene& scene, const std::string& body, int page);
void show_category(Scene& scene, const std::string& category_slug, int page);

// tramite.cpp
void show_tramite(Scene& scene, const std::string& id);
void show_aspect(Scene& scene, const std::string& id, Aspect aspect);
void show_questions(Scene& scene, const std::string& id);
void show_question(Scene& scene, const std::string& id, const std::string& key);

// Says it about the tramite, with everything else about it a tap away.
void answer_about(Scene& scene, const catalog::HojaDeVida& tramite, std::string body,
                  Aspect aspect);

// The tramite under discussion, also when it was reached by one of its questions; empty when none
// is.
std::string tramite_under_discussion(const Scene& scene);
// For who did not understand: what of the tramite under discussion? The menu when there is none.
void explain_again(Scene& scene);

// places.cpp
// The question that naming a barrio answers. It stays the subject until a barrio has been told
// apart.
inline constexpr std::string_view where_i_live = "faq:localidad-mia";
// Under this subject a barrio is what she asked for, whatever stands around it.
bool waits_for_place(const Scene& scene, const std::string& topic);
// Unless it is asked of another office, which attends in several places, too.
bool is_of_another_office(const Scene& scene, const std::string& target);
// Where these places belong, and what of the subject depends on it; asks which one is meant when
// there are several.
void show_places(Scene& scene, const std::vector<std::string>& ids);
// What an answer about this office adds when it has several branches: those for the place named in
// this message; without one, and if it is asked where, the wish to be told. Else empty.
std::string near_you(const Scene& scene, const std::string& office, bool asks_where);
// The barrio around a shared location, as a guess to be corrected, and the same as for its name.
// Nothing known of the location is like one that nobody lives at.
void answer_location(Scene& scene, const std::optional<Location>& location);

// answer.cpp
void show_faq(Scene& scene, const std::string& id);
void show_target(Scene& scene, const std::string& target, Aspect aspect);
// Where an office is, or when it is open. It stays the subject, as "dependencia:<id>", when it has
// branches to ask for.
inline constexpr std::string_view office_prefix = "dependencia:";
void show_office(Scene& scene, const std::string& id, Aspect aspect);
void show_radicado(Scene& scene, const std::string& radicado, bool valid);

// unclear.cpp
// `aspect` is what will be told of the one that is chosen.
void clarify(Scene& scene, const std::vector<Candidate>& candidates, Aspect aspect);
// The same for choices. One alone is asked about with yes and no.
void clarify_choices(Scene& scene, const std::vector<std::string>& choices);
// "How much is it?" of nothing that was named: asks what of, and remembers the question meanwhile.
void ask_what_about(Scene& scene, Aspect aspect);
void say_dont_know(Scene& scene);
// Asks whether a person should look at it; "yes" is an answer to that.
void offer_person(Scene& scene);
void say_choice_gone(Scene& scene);

// She announces that she listens, to who announces a question.
void ask_away(Scene& scene);

// correction.cpp: what refers to an earlier turn. True when it is answered.
// "No, the other one": what else the question may have been about.
bool correct(Scene& scene, const Reference& reference);
// Returns to what was discussed before; `aspect` of it is told.
bool go_back(Scene& scene, const Reference& reference, Aspect aspect);

// two_questions.cpp
// "How much is A and where is B?": answers both in one message. True when it was two questions.
// `whole` is how the message is understood as one.
bool answer_two_questions(Scene& scene, const Understanding& whole);

// circumstance.cpp
// What the hoja de vida says about another person or condition; `aspect` too, if one was asked for.
void tell_circumstance(Scene& scene, const catalog::HojaDeVida& tramite,
                       const std::string& circumstance, Aspect aspect);

// person.cpp
// `words` tell the adviser what it is about when nothing is under discussion.
void ask_for_person(Scene& scene, std::string_view words);
void ask_to_erase(Scene& scene);
void ask_about_notices(Scene& scene, bool wanted);

// talk.cpp
void talk(Scene& scene, const std::string& intent, const Understanding& understanding);

// pinned.cpp
// What is pinned for everybody, to somebody who asks for it.
void show_pinned(Scene& scene);
// The pinned message as it is said; empty when nothing is in force.
std::string pinned_in_full(const Scene& scene);
// Whether a message that nothing else answers for sure seems to ask about the pinned one.
bool speaks_of_pinned(const Scene& scene, const Understanding& understanding);

// media.cpp
void answer_media(Scene& scene);
// A file that came with words: they are answered, and it goes nowhere.
void say_file_stays(Scene& scene);

// About corruption, where nothing the citizen sends is kept.
inline constexpr std::string_view corruption_report = "tramite:denuncia-corrupcion";
bool is_confidential(const std::string& target);

}  // namespace catalina::dialog
