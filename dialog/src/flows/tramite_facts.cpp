#include "flows/tramite_facts.hpp"

#include <algorithm>

#include "flows/flows.hpp"
#include "flows/lines.hpp"

namespace catalina::dialog {
namespace {

using catalog::Field;
using catalog::HojaDeVida;

// A channel that is this very conversation.
bool is_this_chat(const catalog::Channel& channel) {
  return channel.kind == "whatsapp" && channel.detail.starts_with("Catalina");
}

bool only_in_this_chat(const HojaDeVida& tramite) {
  return !tramite.channels.empty() &&
         std::all_of(tramite.channels.begin(), tramite.channels.end(), is_this_chat);
}

// Where nothing the citizen writes is kept, what there is to write is not even mentioned.
bool is_confidential(const HojaDeVida& tramite) {
  return dialog::is_confidential("tramite:" + tramite.id);
}

}  // namespace

std::string TramiteFacts::with_doubts(const HojaDeVida& tramite,
                                      const std::vector<Fact>& facts) const {
  std::string certain;
  std::string uncertain;
  for (const Fact& fact : facts) {
    add_paragraph(tramite.is_confirmed(fact.field) ? certain : uncertain, fact.text);
  }
  if (!uncertain.empty()) add_paragraph(certain, words_.say(Text::unconfirmed) + '\n' + uncertain);
  return certain;
}

// Confirmed lines first; the unconfirmed ones together under one warning.
std::string TramiteFacts::card(const HojaDeVida& tramite) const {
  std::string certain;
  std::string uncertain;
  const auto add = [&](Field field, const std::string& line) {
    add_line(tramite.is_confirmed(field) ? certain : uncertain, line);
  };
  add(Field::descripcion, tramite.description);
  std::string ways;
  for (const catalog::Channel& way : tramite.channels) {
    if (is_this_chat(way)) continue;
    if (!ways.empty()) ways += "; ";
    ways += way.detail;
  }
  add(Field::costo, cost(tramite));
  add(Field::tiempo_respuesta, time(tramite));
  if (!ways.empty()) add(Field::canales, words_.say(Text::place_line, {{"canales", ways}}));
  add_line(certain, not_in_this_chat(tramite));

  std::string text = '*' + tramite.name + '*';
  add_line(text, certain);
  if (!uncertain.empty()) {
    add_paragraph(text, words_.say(Text::unconfirmed));
    add_line(text, uncertain);
  }
  if (only_in_this_chat(tramite)) add_paragraph(text, office(tramite));
  add_paragraph(text, source(tramite));
  add_paragraph(text, words_.say(Text::card_hint));
  return text;
}

std::string TramiteFacts::about(const HojaDeVida& tramite, Aspect aspect) const {
  if (aspect == Aspect::general || aspect == Aspect::otro) return card(tramite);
  std::string text = '*' + tramite.name + '*';
  add_paragraph(text, what_is_asked(tramite, aspect));
  add_paragraph(text, source(tramite));
  return text;
}

std::string TramiteFacts::what_is_asked(const HojaDeVida& tramite, Aspect aspect) const {
  switch (aspect) {
    case Aspect::requisitos: {
      const std::string text = with_doubts(tramite, {{Field::requisitos, requirements(tramite)},
                                                     {Field::documentos, documents(tramite)}});
      return text.empty() ? words_.say(Text::no_requirements) : text;
    }
    case Aspect::pasos: {
      std::string text = not_in_this_chat(tramite);
      // What cannot be sent here is sent elsewhere.
      const std::string elsewhere = text.empty() ? "" : channels(tramite);
      add_paragraph(text, with_doubts(tramite, {{Field::pasos, steps(tramite)},
                                                {Field::canales, elsewhere}}));
      if (only_in_this_chat(tramite)) add_paragraph(text, office(tramite));
      return text;
    }
    case Aspect::tiempo:
      return with_doubts(tramite, {{Field::tiempo_respuesta, time(tramite)}});
    case Aspect::costo:
      return with_doubts(tramite, {{Field::costo, cost(tramite)}});
    case Aspect::lugar:
      return where(tramite);
    case Aspect::horario:
      return city_.office_hours(tramite.dependencia, tramite.is_confirmed(Field::dependencia));
    case Aspect::normativa:
      return with_doubts(tramite, {{Field::normativa, law(tramite)}});
    case Aspect::iniciar: {
      std::string text = is_confidential(tramite) ? "" : words_.say(Text::start);
      add_paragraph(text, with_doubts(tramite, {{Field::pasos, steps(tramite)},
                                                {Field::canales, channels(tramite)}}));
      if (only_in_this_chat(tramite)) add_paragraph(text, office(tramite));
      return text;
    }
    case Aspect::estado: {
      std::string text = words_.say(Text::status);
      add_paragraph(text, office(tramite));
      return text;
    }
    case Aspect::general:
    case Aspect::otro:
      break;
  }
  return card(tramite);
}

std::string TramiteFacts::requirements(const HojaDeVida& tramite) const {
  if (tramite.requirements.empty()) return "";
  std::string text = words_.say(Text::requirements_title);
  for (const std::string& requirement : tramite.requirements) add_line(text, bullet(requirement));
  return text;
}

std::string TramiteFacts::documents(const HojaDeVida& tramite) const {
  if (tramite.documents.empty()) return "";
  std::string text = words_.say(Text::documents_title);
  for (const catalog::Document& document : tramite.documents) {
    std::string item = document.required
                           ? document.name
                           : words_.say(Text::optional_document, {{"documento", document.name}});
    if (!document.note.empty()) item += ": " + document.note;
    add_line(text, bullet(item));
  }
  return text;
}

std::string TramiteFacts::steps(const HojaDeVida& tramite) const {
  if (tramite.steps.empty()) return words_.say(Text::no_steps);
  std::string text = words_.say(Text::steps_title);
  int number = 0;
  for (const catalog::Step& step : tramite.steps) {
    if (step.channel == "whatsapp" && is_confidential(tramite)) continue;
    add_line(text, std::to_string(++number) + ". " + step.text);
  }
  return text;
}

std::string TramiteFacts::time(const HojaDeVida& tramite) const {
  const catalog::ResponseTime& term = tramite.response_time;
  const auto counted = [&](Text one, Text many) {
    const int value = term.value.value_or(0);
    return value == 1 ? words_.say(one) : words_.say(many, {{"valor", std::to_string(value)}});
  };
  const auto own = [&]() -> std::string {
    if (term.unit == catalog::TermUnit::inmediato) return words_.say(Text::time_immediate);
    if (!term.value) return words_.say(Text::time_unknown);
    switch (term.unit) {
      case catalog::TermUnit::dias_habiles:
        return counted(Text::time_one_working_day, Text::time_working_days);
      case catalog::TermUnit::dias_calendario:
        return counted(Text::time_one_day, Text::time_days);
      default:
        return counted(Text::time_one_month, Text::time_months);
    }
  };
  std::string value;
  switch (term.origin) {
    case catalog::TermOrigin::propio:
      value = own();
      break;
    // Notes beside the general term are for the office, which has to put its own in place.
    case catalog::TermOrigin::general:
      return words_.say(Text::time_line, {{"tiempo", words_.say(Text::time_general)}});
    case catalog::TermOrigin::sin_dato:
      value = words_.say(Text::time_unknown);
      break;
  }
  if (!term.note.empty()) value += ' ' + term.note;
  return words_.say(Text::time_line, {{"tiempo", value}});
}

std::string TramiteFacts::cost(const HojaDeVida& tramite) const {
  // Notes beside an unknown or unconfirmed price tell the office what to find out.
  std::string value;
  switch (tramite.cost.kind) {
    case catalog::CostKind::unknown:
      value = words_.say(Text::cost_unknown);
      break;
    case catalog::CostKind::gratuito:
      value = words_.say(Text::cost_free);
      if (tramite.is_confirmed(Field::costo) && !tramite.cost.note.empty()) {
        value += ' ' + tramite.cost.note;
      }
      break;
    case catalog::CostKind::formula:
      value = tramite.cost.note.empty() ? words_.say(Text::cost_formula) : tramite.cost.note;
      break;
  }
  const std::string expired = city_.expired(tramite.cost.valid_until);
  if (!expired.empty()) value = expired + ' ' + value;
  return words_.say(Text::cost_line, {{"costo", value}});
}

std::string TramiteFacts::channel(const catalog::Channel& channel) const {
  Text text = Text::channel_other;
  if (channel.kind == "presencial") text = Text::channel_in_person;
  if (channel.kind == "web") text = Text::channel_web;
  if (channel.kind == "whatsapp") text = Text::channel_whatsapp;
  if (channel.kind == "correo") text = Text::channel_mail;
  if (channel.kind == "telefono") text = Text::channel_phone;
  return words_.say(text, {{"detalle", channel.detail}});
}

std::string TramiteFacts::channels(const HojaDeVida& tramite) const {
  if (tramite.channels.empty()) return words_.say(Text::no_channels);
  if (only_in_this_chat(tramite)) return "";
  std::string text = words_.say(Text::place_title);
  for (const catalog::Channel& way : tramite.channels) {
    if (!is_this_chat(way)) add_line(text, bullet(channel(way)));
  }
  return text;
}

std::string TramiteFacts::not_in_this_chat(const HojaDeVida& tramite) const {
  const bool sent_here =
      std::any_of(tramite.channels.begin(), tramite.channels.end(), is_this_chat) &&
      std::any_of(tramite.steps.begin(), tramite.steps.end(),
                  [](const catalog::Step& step) { return step.channel == "whatsapp"; });
  return sent_here && !is_confidential(tramite) ? words_.say(Text::this_chat) : "";
}

std::string TramiteFacts::where(const HojaDeVida& tramite) const {
  std::string text = with_doubts(tramite, {{Field::canales, channels(tramite)}});
  add_paragraph(text, not_in_this_chat(tramite));
  add_paragraph(text, office(tramite));
  return text;
}

std::string TramiteFacts::office(const HojaDeVida& tramite) const {
  return city_.office(tramite.dependencia, tramite.is_confirmed(Field::dependencia));
}

std::string TramiteFacts::law(const HojaDeVida& tramite) const {
  if (tramite.legal_basis.empty()) return words_.say(Text::no_law);
  std::string text = words_.say(Text::law_title);
  for (const catalog::Law& law : tramite.legal_basis) {
    add_line(text, bullet(law.subject.empty() ? law.name : law.name + ": " + law.subject));
  }
  return text;
}

std::string TramiteFacts::source(const HojaDeVida& tramite) const {
  return city_.source(tramite.dependencia, tramite.is_confirmed(Field::dependencia),
                      tramite.checked_on);
}

std::string TramiteFacts::own_question(const HojaDeVida& tramite,
                                       const catalog::QuestionAnswer& entry) const {
  return answer_to(tramite, entry) + "\n\n" + source(tramite);
}

std::string TramiteFacts::speaking_of(const HojaDeVida& tramite, const Test& about) const {
  HojaDeVida part = tramite;
  std::erase_if(part.requirements, [&](const std::string& text) { return !about(text); });
  std::erase_if(part.documents, [&](const catalog::Document& document) {
    return !about(document.name + ' ' + document.note);
  });
  std::string audience;
  if (about(tramite.audience)) {
    // No list of confirmed parts speaks of it.
    audience = words_.say(Text::unconfirmed) + '\n' +
               words_.say(Text::audience, {{"quien", tramite.audience}});
  }
  std::string text = with_doubts(
      part, {{Field::requisitos, requirements(part)}, {Field::documentos, documents(part)}});
  add_paragraph(text, audience);
  for (const catalog::QuestionAnswer& entry : tramite.faq) {
    if (about(entry.question + ' ' + entry.answer)) add_paragraph(text, answer_to(tramite, entry));
  }
  return text;
}

std::string TramiteFacts::answer_to(const HojaDeVida& tramite,
                                    const catalog::QuestionAnswer& entry) const {
  std::string text = '*' + entry.question + '*';
  std::string answer = city_.expired(entry.valid_until);
  add_line(answer, entry.answer);
  // A hoja de vida says field by field what is confirmed: an answer about none of them is not.
  const bool certain = entry.field && tramite.is_confirmed(*entry.field);
  add_paragraph(text, certain ? answer : words_.say(Text::unconfirmed) + '\n' + answer);
  return text;
}

}  // namespace catalina::dialog
