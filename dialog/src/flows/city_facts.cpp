#include "flows/city_facts.hpp"

#include <algorithm>

#include "flows/lines.hpp"

namespace catalina::dialog {

using catalog::Confidence;

std::string CityFacts::expired(const std::string& valid_until) const {
  if (valid_until.empty() || valid_until >= today_) return "";
  return words_.say(Text::faq_expired, {{"fecha", words_.day(valid_until)}});
}

std::string CityFacts::faq(const catalog::Faq& faq) const {
  std::string text = '*' + faq.question + '*';
  std::string answer = expired(faq.valid_until);
  add_line(answer, faq.answer);
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
  add_paragraph(text, source(faq.dependencia, true, faq.checked_on));
  return text;
}

const catalog::Localidad* CityFacts::localidad_of(const catalog::Place& place) const {
  for (const catalog::Localidad& localidad : catalog_.territory().localidades) {
    if (localidad.id == place.localidad) return &localidad;
  }
  return nullptr;
}

std::string CityFacts::place(const catalog::Place& place, const std::string& office_id) const {
  const catalog::Localidad* home = localidad_of(place);
  const std::string& checked_on = catalog_.territory().checked_on;
  if (home == nullptr) {
    return words_.say(Text::place_without_localidad,
                      {{"barrio", place.name}, {"correo", contact_mail()}}) +
           "\n\n" + source("planeacion", false, checked_on);
  }
  const catalog::Dependencia* office = catalog_.dependencia(home->alcaldia_local);
  const std::string& alcaldia = office == nullptr ? home->name : office->name;
  std::string text =
      place.id == home->id
          ? words_.say(Text::place_is_localidad,
                       {{"localidad", home->name}, {"alcaldia", alcaldia}})
          : words_.say(Text::place_localidad,
                       {{"barrio", place.name}, {"localidad", home->name}, {"alcaldia", alcaldia}});
  if (place.ucg && !place.is_unit()) {
    text += ' ' + words_.say(Text::place_ucg, {{"ucg", std::to_string(*place.ucg)}});
  }
  if (place.confidence != Confidence::verificado) {
    text = words_.say(Text::place_unconfirmed) + '\n' + text;
  }
  add_paragraph(text, source(home->alcaldia_local, true, checked_on));
  // The Alcaldía Local has been told.
  const Branches offices = branches_of(office_id);
  const bool told_already = std::any_of(
      offices.begin(), offices.end(),
      [&](const catalog::Branch* branch) { return branch->id == home->alcaldia_local; });
  if (!told_already) add_paragraph(text, branches(office_id, place));
  return text;
}

// How sure the city is of an office holds for everything that is known of it.
std::string CityFacts::in_doubt(const catalog::Dependencia& office, bool certain,
                                const std::string& facts) const {
  if (facts.empty() || (certain && office.confidence == Confidence::verificado)) return facts;
  return words_.say(Text::office_unconfirmed) + '\n' + facts;
}

std::string CityFacts::office(const std::string& id, bool certain) const {
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
  return in_doubt(*office, certain, text);
}

std::string CityFacts::where_to_find(const catalog::Dependencia& office) const {
  std::string text = this->office(office.id, true);
  if (office.address.empty()) {
    add_paragraph(text, words_.say(Text::office_place_unknown,
                                   {{"oficina", office.name}, {"correo", contact_mail()}}));
  }
  return text;
}

std::string CityFacts::office_hours(const std::string& id, bool certain) const {
  const catalog::Dependencia* office = catalog_.dependencia(id);
  if (office == nullptr) return words_.say(Text::no_channels);
  if (office->hours.empty()) {
    return words_.say(
        Text::office_hours_unknown,
        {{"oficina", office->name},
         {"correo", office->emails.empty() ? contact_mail() : office->emails.front()}});
  }
  return in_doubt(
      *office, certain,
      words_.say(Text::office_hours, {{"oficina", office->name}, {"horario", office->hours}}));
}

std::string CityFacts::source(const std::string& id, bool certain,
                              const std::string& checked_on) const {
  const std::string month = words_.month(checked_on);
  const catalog::Dependencia* office = catalog_.dependencia(id);
  if (office == nullptr) return words_.say(Text::source_city, {{"fecha", month}});
  return words_.say(certain ? Text::source : Text::source_unconfirmed,
                    {{"oficina", office->name}, {"fecha", month}});
}

std::string CityFacts::contact_mail() const {
  const catalog::Dependencia* office = catalog_.dependencia("vuac");
  if (office == nullptr || office->emails.empty()) return words_.say(Text::no_mail);
  return office->emails.front();
}

}  // namespace catalina::dialog
