#include "flows/city_facts.hpp"
#include "flows/flows.hpp"
#include "flows/lines.hpp"
#include "flows/tramite_facts.hpp"

namespace catalina::dialog {
namespace {

// More would bury what was asked.
constexpr int most_questions = 2;

// The frequent questions of the city about this tramite in this circumstance.
std::string questions_about(const Scene& scene, const std::string& tramite,
                            const TramiteFacts::Test& about) {
  const CityFacts facts(scene.words(), scene.catalog(), scene.today());
  std::string text;
  int told = 0;
  for (const catalog::Faq& faq : scene.catalog().faqs()) {
    if (told == most_questions) break;
    if (faq.tramite != tramite || !about(faq.question + ' ' + faq.answer)) continue;
    add_paragraph(text, facts.faq(faq));
    ++told;
  }
  return text;
}

}  // namespace

void tell_circumstance(Scene& scene, const catalog::HojaDeVida& tramite,
                       const std::string& circumstance, Aspect aspect) {
  const TramiteFacts facts(scene.words(), scene.catalog(), scene.today());
  const TramiteFacts::Test about = [&](const std::string& fact) {
    return scene.knowledge().recognizer->speaks_of(circumstance, fact);
  };
  std::string known = facts.speaking_of(tramite, about);
  add_paragraph(known, questions_about(scene, tramite.id, about));
  std::string body = '*' + tramite.name + '*';
  if (aspect != Aspect::general) add_paragraph(body, facts.what_is_asked(tramite, aspect));
  if (known.empty()) {
    add_paragraph(body, scene.say(Text::circumstance_unknown));
    const std::string office = facts.office(tramite);
    add_paragraph(body, office.empty() ? bullet(scene.contact_mail()) : office);
  } else {
    add_paragraph(body, scene.say(Text::circumstance_known));
    add_paragraph(body, known);
  }
  add_paragraph(body, facts.source(tramite));
  answer_about(scene, tramite, std::move(body), aspect);
  scene.why().evidence = "otro caso del mismo tema: " + circumstance;
}

}  // namespace catalina::dialog
