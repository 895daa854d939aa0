#include <algorithm>

#include "catalog/text.hpp"
#include "flows/flows.hpp"
#include "flows/labels.hpp"
#include "flows/lines.hpp"
#include "flows/memory.hpp"
#include "flows/options.hpp"
#include "target.hpp"
#include "understanding/halves.hpp"
#include "understanding/normalize.hpp"

namespace catalina::dialog {
namespace {

// Each costs two understandings.
constexpr std::size_t most_cuts = 4;

// UTF-16 units kept for the notice and the greeting before it.
constexpr std::size_t room_around = 700;

// The whole message speaks of a subject when it is as likely as this.
constexpr double heard_from = 0.02;

// "Y qué papeles piden": too short for a subject beside what it asks.
constexpr std::size_t longest_without_subject = 4;

std::size_t words_in(const std::string& text) {
  return split_words(text).size();
}

struct Question {
  std::string target;
  Aspect aspect = Aspect::general;
};

// What a half names by itself, if the whole message speaks of that too: out of its sentence half of
// one can sound like anything.
std::string named_in(const Scene& scene, const Understanding& half, const Understanding& whole) {
  if (half.decision != Decision::answer || half.elliptical) return "";
  const std::string& target = half.candidates.front().target;
  const std::string subject = subject_of(scene.catalog(), target);
  const bool in_whole =
      std::any_of(whole.candidates.begin(), whole.candidates.end(), [&](const Candidate& one) {
        return one.confidence >= heard_from && subject_of(scene.catalog(), one.target) == subject;
      });
  return in_whole ? target : "";
}

// What a half asks that names `named`, or else speaks of `about`, which the other half names.
std::optional<Question> question_in(const Scene& scene, const Understanding& half,
                                    std::size_t words, const std::string& named,
                                    const std::string& about) {
  if (!named.empty()) return Question{named, half.aspect};
  const bool names_nothing = half.elliptical || words <= longest_without_subject;
  const std::string subject = about.empty() ? "" : subject_of(scene.catalog(), about);
  if (!names_nothing || !subject.starts_with(tramite_prefix)) return std::nullopt;
  return Question{subject, half.asked};
}

std::vector<Question> questions_in(const Scene& scene, const Halves& halves,
                                   const Understanding& whole) {
  const Recognizer& recognizer = *scene.knowledge().recognizer;
  if (!recognizer.is_question(halves.first) || !recognizer.is_question(halves.second)) return {};
  const Understanding first = scene.understand(halves.first);
  const Understanding second = scene.understand(halves.second);
  const std::string topic = whole.elliptical ? tramite_under_discussion(scene) : "";
  const std::string in_first = named_in(scene, first, whole);
  const std::string in_second = named_in(scene, second, whole);
  const auto a = question_in(scene, first, words_in(halves.first), in_first,
                             in_second.empty() ? topic : in_second);
  const auto b = question_in(scene, second, words_in(halves.second), in_second,
                             in_first.empty() ? topic : in_first);
  if (!a || !b || a->aspect == Aspect::general || b->aspect == Aspect::general) return {};
  const bool same_answer =
      a->target == b->target && (a->target.starts_with(faq_prefix) || a->aspect == b->aspect);
  const bool same_subject =
      subject_of(scene.catalog(), a->target) == subject_of(scene.catalog(), b->target);
  if (same_answer || (same_subject && a->aspect == b->aspect)) return {};
  return {*a, *b};
}

void add_ways(Scene& scene, Section& section, const Question& question) {
  // The whole of it: what was asked has just been told.
  const auto option = option_of(scene, subject_of(scene.catalog(), question.target));
  if (option)
    section.rows.push_back({option->choice, option->title, row_description(option->full)});
}

void answer_both(Scene& scene, const Question& first, const Question& second) {
  const Words& words = scene.words();
  Conversation& next = scene.conversation();
  show_target(scene, first.target, first.aspect);
  std::string body = scene.said();
  // The first stays behind as what was discussed before the second.
  settle_memory(scene.before(), next, scene.catalog());
  const bool same_subject =
      subject_of(scene.catalog(), first.target) == subject_of(scene.catalog(), second.target);
  if (!same_subject) next.earlier.insert(next.earlier.begin(), first.target);
  show_target(scene, second.target, second.aspect);
  const std::string other = scene.said();
  Section section{"", {}};
  add_ways(scene, section, first);
  if (!same_subject) add_ways(scene, section, second);
  if (text::utf16_length(body) + text::utf16_length(other) + room_around <= limits::text_body) {
    add_paragraph(body, other);
  } else if (const auto option = option_of(scene, choice_of(second.target, second.aspect))) {
    section.rows.back().id = option->choice;
    add_paragraph(body, words.say(Text::also_asked, {{"tema", option->full}}));
  }
  section.rows.push_back(person_row(words));
  section.rows.push_back(menu_row(words));
  next.alternatives.clear();
  next.tried.clear();
  scene.explain("answer", first.target, first.aspect);
  scene.why().evidence = "dos preguntas: " + choice_of(first.target, first.aspect) + " y " +
                         choice_of(second.target, second.aspect);
  scene.reply({"", std::move(body), "", List{words.say(Text::card_button), {std::move(section)}}});
}

}  // namespace

bool answer_two_questions(Scene& scene, const Understanding& whole) {
  const std::string& text = scene.message().text;
  if (whole.by_rule || whole.confidential) return false;
  const std::vector<Halves> ways = halves_of(text, most_cuts);
  if (ways.empty() || scene.knowledge().recognizer->contrasts(text)) return false;
  for (const Halves& halves : ways) {
    const std::vector<Question> asked = questions_in(scene, halves, whole);
    if (asked.size() != 2) continue;
    if (is_confidential(asked[0].target) || is_confidential(asked[1].target)) return false;
    answer_both(scene, asked[0], asked[1]);
    return true;
  }
  return false;
}

}  // namespace catalina::dialog
