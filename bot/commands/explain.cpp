#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/catalog_source.hpp"
#include "app/published_catalog.hpp"
#include "catalog/text.hpp"
#include "commands/commands.hpp"
#include "commands/report.hpp"
#include "core/clock.hpp"
#include "dialog/insight.hpp"
#include "dialog/step.hpp"
#include "dialog/words.hpp"
#include "whatsapp/render.hpp"

namespace catalina::commands {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t most_effects_shown = 8;
constexpr const char* from_files = "files";  // in the place of a version

// What is published; the configuration where nothing is yet.
std::shared_ptr<const dialog::Knowledge> knowledge_in_force(const Settings& settings) {
  auto published = published_in(settings.data_dir);
  if (!published)
    return knowledge_of(read_catalog(settings.config_dir), from_files, settings.data_dir);
  return knowledge_of(std::move(published->files), std::to_string(published->version.version),
                      settings.data_dir);
}

// What she would answer to somebody she has already met, who has said nothing else today.
dialog::Turn first_answer(const dialog::Knowledge& knowledge, const std::string& message,
                          Time now) {
  dialog::Conversation conversation;
  conversation.notice_version = knowledge.words->notice_version();
  dialog::Message written;
  written.text = message;
  written.sent_at = now;
  return dialog::step(conversation, written, knowledge, {}, now);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

ordered_json to_json(const std::string& message, const dialog::Knowledge& knowledge,
                     const dialog::Insight& insight, const dialog::Turn& turn) {
  const dialog::Understanding& understood = insight.understanding;
  ordered_json out{{"text", message},
                   {"catalog_version", knowledge.version},
                   {"words", insight.words},
                   {"decision", dialog::to_string(understood.decision)},
                   {"candidates", ordered_json::array()},
                   {"thresholds",
                    {{"answer", dialog::Recognizer::answer_threshold()},
                     {"answer_clear", dialog::Recognizer::clear_answer_threshold()},
                     {"clarify", dialog::Recognizer::clarify_threshold(insight.words.size())}}},
                   {"aspect", dialog::to_string(understood.aspect)},
                   {"entities", understood.entities},
                   {"elliptical", understood.elliptical},
                   {"confidential", understood.confidential},
                   {"evidence", understood.evidence},
                   {"without_word", ordered_json::array()},
                   {"turn",
                    {{"decision", turn.why.decision},
                     {"target", turn.why.target},
                     {"aspect", turn.why.aspect},
                     {"confidence", turn.why.confidence}}},
                   {"says", ordered_json::array()}};
  for (const dialog::Candidate& candidate : understood.candidates)
    out["candidates"].push_back(
        {{"target", candidate.target}, {"confidence", candidate.confidence}});
  for (const dialog::WordEffect& effect : insight.effects)
    out["without_word"].push_back(
        {{"word", effect.word}, {"first", effect.first}, {"second", effect.second}});
  for (const dialog::Reply& reply : turn.replies)
    out["says"].push_back(seen(whatsapp::render(reply)));
  return out;
}

void print_effects(const dialog::Insight& insight) {
  const std::vector<dialog::Candidate>& candidates = insight.understanding.candidates;
  std::string lines;
  for (std::size_t i = 0; i < std::min(most_effects_shown, insight.effects.size()); ++i) {
    const dialog::WordEffect& effect = insight.effects[i];
    lines += (i == 0 ? "«" : "\n«") + effect.word + "»: " + candidates[0].target + " " +
             two_decimals(candidates[0].confidence) + " → " + two_decimals(effect.first);
    if (candidates.size() > 1)
      lines += "; " + candidates[1].target + " " + two_decimals(candidates[1].confidence) + " → " +
               two_decimals(effect.second);
  }
  if (!lines.empty()) print_field("Sin la palabra", lines);
}

void print(const std::string& message, const dialog::Knowledge& knowledge,
           const dialog::Insight& insight, const dialog::Turn& turn) {
  const dialog::Understanding& understood = insight.understanding;
  print_field("Mensaje", message);
  print_field("Se lee como", joined(insight.words));
  print_field("Catálogo", knowledge.version == from_files ? "los archivos de configuración"
                                                          : "versión " + knowledge.version);
  std::string candidates;
  for (const dialog::Candidate& candidate : understood.candidates)
    candidates += (candidates.empty() ? "" : "\n") + two_decimals(candidate.confidence) + " " +
                  candidate.target;
  print_field("Candidatos", candidates.empty() ? "ninguno" : candidates);
  print_field("Umbrales",
              "contesta desde " + two_decimals(dialog::Recognizer::answer_threshold()) + " (o " +
                  two_decimals(dialog::Recognizer::clear_answer_threshold()) +
                  " si nada se le acerca)" + ", ofrece desde " +
                  two_decimals(dialog::Recognizer::clarify_threshold(insight.words.size())));
  print_field("Entiende", std::string(dialog::to_string(understood.decision)));
  print_field("Por qué", understood.evidence);
  print_effects(insight);
  print_field("Aspecto", std::string(dialog::to_string(understood.aspect)));
  for (const auto& [name, value] : understood.entities) print_field("Dato", name + ": " + value);
  if (understood.elliptical)
    print_field("Sin tema", "no nombra ningún tema: sigue el de la conversación");
  if (understood.confidential)
    print_field("Reservado", "habla de corrupción: ni el mensaje ni el motivo se guardan");
  print_field("Decide", in_words(turn.why));
  for (const dialog::Reply& reply : turn.replies)
    print_field("Diría", seen(whatsapp::render(reply)));
}

}  // namespace

int explain_text(const Settings& settings, const std::string& text, bool json) {
  const std::string message = text::sanitize(text, dialog::limits::text_body);
  const auto knowledge = knowledge_in_force(settings);
  const Time now = make_clock(settings).now();
  const dialog::Insight insight = dialog::look_into(*knowledge->recognizer, message, now);
  const dialog::Turn turn = first_answer(*knowledge, message, now);
  if (json)
    std::printf("%s\n", to_json(message, *knowledge, insight, turn).dump(2).c_str());
  else
    print(message, *knowledge, insight, turn);
  return 0;
}

}  // namespace catalina::commands
