#include "flows/facts.hpp"

namespace catalina::dialog {
namespace {

using catalog::Confidence;
using catalog::Field;
using catalog::HojaDeVida;

void add_line(std::string& text, const std::string& line) {
  if (line.empty()) return;
  if (!text.empty()) text += '\n';
  text += line;
}

void add_paragraph(std::string& text, const std::string& paragraph) {
  if (paragraph.empty()) return;
  if (!text.empty()) text += "\n\n";
  text += paragraph;
}

std::string bullet(const std::string& item) {
  return "• " + item;
}

// A channel that is this very conversation.
bool is_this_chat(const catalog::Channel& channel) {
  return channel.kind == "whatsapp" && channel.detail.starts_with("Catalina");
}

}  // namespace

std::string Facts::with_doubts(const HojaDeVida& tramite, const std::vector<Fact>& facts) const {
  std::string certain;
  std::string uncertain;
  for (const Fact& fact : facts) {
    add_paragraph(tramite.is_confirmed(fact.field) ? certain : uncertain, fact.text);
  }
  if (!uncertain.empty()) add_paragraph(certain, words_.say(Text::unconfirmed) + '\n' + uncertain);
  return certain;
}

// Confirmed lines first; the unconfirmed ones together under one warning.
std::string Facts::card(const HojaDeVida& tramite) const {
  std::string certain;
  std::string uncertain;
  const auto add = [&](Field field, const std::string& line) {
    add_line(tramite.is_confirmed(field) ? certain : uncertain, line);
  };
  add(Field::descripcion, tramite.description);
  std::string ways;
  for (const catalog::Channel& way : tramite.channels) {
    if (!ways.empty()) ways += "; ";
    ways += is_this_chat(way) ? words_.say(Text::this_chat) : way.detail;
  }
  add(Field::costo, cost(tramite));
  add(Field::tiempo_respuesta, time(tramite));
  if (!ways.empty()) add(Field::canales, words_.say(Text::place_line, {{"canales", ways}}));

  std::string text = '*' + tramite.name + '*';
  add_line(text, certain);
  if (!uncertain.empty()) {
    add_paragraph(text, words_.say(Text::unconfirmed));
    add_line(text, uncertain);
  }
  add_paragraph(text, source(tramite));
  add_paragraph(text, words_.say(Text::card_hint));
  return text;
}

std::string Facts::about(const HojaDeVida& tramite, Aspect aspect) const {
  if (aspect == Aspect::general) return card(tramite);
  if (aspect == Aspect::otro) return words_.say(Text::unknown_detail) + "\n\n" + card(tramite);
  std::string text = '*' + tramite.name + '*';
  add_paragraph(text, what_is_asked(tramite, aspect));
  add_paragraph(text, source(tramite));
  return text;
}

std::string Facts::what_is_asked(const HojaDeVida& tramite, Aspect aspect) const {
  switch (aspect) {
    case Aspect::requisitos: {
      const std::string text = with_doubts(tramite, {{Field::requisitos, requirements(tramite)},
                                                     {Field::documentos, documents(tramite)}});
      return text.empty() ? words_.say(Text::no_requirements) : text;
    }
    case Aspect::pasos:
      return with_doubts(tramite, {{Field::pasos, steps(tramite)}});
    case Aspect::tiempo:
      return with_doubts(tramite, {{Field::tiempo_respuesta, time(tramite)}});
    case Aspect::costo:
      return with_doubts(tramite, {{Field::costo, cost(tramite)}});
    case Aspect::lugar:
      return where(tramite);
    case Aspect::horario:
      return office_hours(tramite.dependencia);
    case Aspect::normativa:
      return with_doubts(tramite, {{Field::normativa, law(tramite)}});
    case Aspect::iniciar:
      return words_.say(Text::start) + "\n\n" +
             with_doubts(tramite,
                         {{Field::pasos, steps(tramite)}, {Field::canales, channels(tramite)}});
    case Aspect::estado: {
      std::string text = words_.say(Text::status);
      add_paragraph(text, office(tramite.dependencia));
      return text;
    }
    case Aspect::general:
    case Aspect::otro:
      break;
  }
  return card(tramite);
}

std::string Facts::requirements(const HojaDeVida& tramite) const {
  if (tramite.requirements.empty()) return "";
  std::string text = words_.say(Text::requirements_title);
  for (const std::string& requirement : tramite.requirements) add_line(text, bullet(requirement));
  return text;
}

std::string Facts::documents(const HojaDeVida& tramite) const {
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

std::string Facts::steps(const HojaDeVida& tramite) const {
  if (tramite.steps.empty()) return words_.say(Text::no_steps);
  std::string text = words_.say(Text::steps_title);
  int number = 0;
  for (const catalog::Step& step : tramite.steps) {
    add_line(text, std::to_string(++number) + ". " + step.text);
  }
  return text;
}

std::string Facts::time(const HojaDeVida& tramite) const {
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

std::string Facts::cost(const HojaDeVida& tramite) const {
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
      value = words_.say(Text::cost_formula);
      if (!tramite.cost.note.empty()) value += ' ' + tramite.cost.note;
      break;
  }
  return words_.say(Text::cost_line, {{"costo", value}});
}

std::string Facts::channel(const catalog::Channel& channel) const {
  if (is_this_chat(channel)) {
    return words_.say(Text::channel_whatsapp, {{"detalle", words_.say(Text::this_chat)}});
  }
  Text text = Text::channel_other;
  if (channel.kind == "presencial") text = Text::channel_in_person;
  if (channel.kind == "web") text = Text::channel_web;
  if (channel.kind == "whatsapp") text = Text::channel_whatsapp;
  if (channel.kind == "correo") text = Text::channel_mail;
  if (channel.kind == "telefono") text = Text::channel_phone;
  return words_.say(text, {{"detalle", channel.detail}});
}

std::string Facts::channels(const HojaDeVida& tramite) const {
  if (tramite.channels.empty()) return words_.say(Text::no_channels);
  std::string text = words_.say(Text::place_title);
  for (const catalog::Channel& way : tramite.channels) add_line(text, bullet(channel(way)));
  return text;
}

std::string Facts::where(const HojaDeVida& tramite) const {
  std::string text = with_doubts(tramite, {{Field::canales, channels(tramite)}});
  add_paragraph(text, office(tramite.dependencia));
  return text;
}

std::string Facts::office(const std::string& id) const {
  const catalog::Dependencia* office = catalog_.dependencia(id);
  if (office == nullptr) return "";
  std::string text;
  if (!office->address.empty()) {
    add_line(text, words_.say(Text::office_address,
                              {{"oficina", office->name}, {"direccion", office->address}}));
  }
  if (!office->hours.empty()) {
    add_line(text, words_.say(Text::office_hours,
                              {{"oficina", office->name}, {"horario", office->hours}}));
  }
  std::string contact;
  const auto add_contact = [&](const std::string& way) {
    if (way.empty()) return;
    if (!contact.empty()) contact += ", ";
    contact += way;
  };
  for (const std::string& phone : office->phones) add_contact(phone);
  add_contact(office->whatsapp);
  for (const std::string& mail : office->emails) add_contact(mail);
  if (!contact.empty()) {
    add_line(text,
             words_.say(Text::office_contact, {{"oficina", office->name}, {"contacto", contact}}));
  }
  if (text.empty() || office->confidence == Confidence::verificado) return text;
  return words_.say(Text::office_unconfirmed) + '\n' + text;
}

std::string Facts::office_hours(const std::string& id) const {
  const catalog::Dependencia* office = catalog_.dependencia(id);
  if (office == nullptr) return words_.say(Text::no_channels);
  if (office->hours.empty()) {
    return words_.say(Text::office_hours_unknown, {{"oficina", office->name}});
  }
  const std::string hours =
      words_.say(Text::office_hours, {{"oficina", office->name}, {"horario", office->hours}});
  return office->confidence == Confidence::verificado
             ? hours
             : words_.say(Text::office_unconfirmed) + '\n' + hours;
}

std::string Facts::law(const HojaDeVida& tramite) const {
  if (tramite.legal_basis.empty()) return words_.say(Text::no_law);
  std::string text = words_.say(Text::law_title);
  for (const catalog::Law& law : tramite.legal_basis) {
    add_line(text, bullet(law.subject.empty() ? law.name : law.name + ": " + law.subject));
  }
  return text;
}

std::string Facts::source_of(const std::string& id, bool certain,
                             const std::string& checked_on) const {
  const std::string month = words_.month(checked_on);
  const catalog::Dependencia* office = catalog_.dependencia(id);
  if (office == nullptr) return words_.say(Text::source_city, {{"fecha", month}});
  return words_.say(certain ? Text::source : Text::source_unconfirmed,
                    {{"oficina", office->name}, {"fecha", month}});
}

std::string Facts::source(const HojaDeVida& tramite) const {
  return source_of(tramite.dependencia, tramite.is_confirmed(Field::dependencia),
                   tramite.checked_on);
}

std::string Facts::own_question(const HojaDeVida& tramite,
                                const catalog::QuestionAnswer& entry) const {
  std::string text = '*' + entry.question + '*';
  // A hoja de vida says field by field what is confirmed, and its questions are no field of it.
  add_paragraph(text, tramite.confidence == Confidence::verificado
                          ? entry.answer
                          : words_.say(Text::unconfirmed) + '\n' + entry.answer);
  add_paragraph(text, source(tramite));
  return text;
}

std::string Facts::faq(const catalog::Faq& faq, const std::string& today) const {
  std::string text = '*' + faq.question + '*';
  std::string answer = faq.answer;
  if (!faq.valid_until.empty() && faq.valid_until < today) {
    answer =
        words_.say(Text::faq_expired, {{"fecha", words_.day(faq.valid_until)}}) + '\n' + answer;
  }
  switch (faq.confidence) {
    case Confidence::verificado:
      add_paragraph(text, answer);
      break;
    case Confidence::por_validar:
      add_paragraph(text, words_.say(Text::faq_unconfirmed) + '\n' + answer);
      break;
    case Confidence::nacional:
      add_paragraph(text, answer);
      add_paragraph(text, words_.say(Text::faq_national));
      break;
    case Confidence::una_fuente:
      add_paragraph(text, answer);
      add_paragraph(text, words_.say(Text::faq_one_source));
      break;
  }
  add_paragraph(text, source_of(faq.dependencia, true, faq.checked_on));
  return text;
}

std::string Facts::place(const catalog::Place& place) const {
  const catalog::Localidad* home = nullptr;
  for (const catalog::Localidad& localidad : catalog_.territory().localidades) {
    if (localidad.id == place.localidad) home = &localidad;
  }
  const catalog::Faq* question = catalog_.faq("localidad-mia");
  const std::string checked_on = question == nullptr ? "" : question->checked_on;
  if (home == nullptr) {
    return words_.say(Text::place_without_localidad, {{"barrio", place.name}}) + "\n\n" +
           source_of("planeacion", false, checked_on);
  }
  const catalog::Dependencia* office = catalog_.dependencia(home->alcaldia_local);
  std::string text = words_.say(Text::place_localidad,
                                {{"barrio", place.name},
                                 {"localidad", home->name},
                                 {"alcaldia", office == nullptr ? home->name : office->name}});
  if (place.ucg) {
    text += ' ' + words_.say(Text::place_ucg, {{"ucg", std::to_string(*place.ucg)}});
  }
  if (place.confidence != Confidence::verificado) {
    text = words_.say(Text::place_unconfirmed) + '\n' + text;
  }
  add_paragraph(text, source_of(home->alcaldia_local, true, checked_on));
  return text;
}

}  // namespace catalina::dialog
