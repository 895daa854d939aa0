// The city's procedures and the facts around them, as plain values. Legal nouns keep their Spanish
// name. Every fact carries how sure the city is of it; whoever shows a fact asks first
// (`HojaDeVida::is_confirmed`).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalina::catalog {

// How well a fact is founded. `nacional`: a national rule whose local detail is unconfirmed.
enum class Confidence { verificado, una_fuente, nacional, por_validar };

struct Source {
  std::string title;
  std::string url;
};

// The parts of a hoja de vida that are confirmed or not one by one ("campos_confirmados",
// "campos_por_validar").
enum class Field {
  descripcion,
  requisitos,
  documentos,
  pasos,
  tiempo_respuesta,
  costo,
  canales,
  dependencia,
  normativa,
  vigencia
};

struct Document {
  std::string name;
  bool required = true;
  std::string note;  // empty when there is none
};

struct Step {
  std::string text;
  std::string channel;  // presencial web whatsapp correo telefono cualquiera
};

// `general`: the placeholder is the general term of a petition, not the tramite's own; never stated
// as its own. `sin_dato`: nobody published one.
enum class TermOrigin { propio, general, sin_dato };
enum class TermUnit { inmediato, dias_habiles, dias_calendario, meses };

struct ResponseTime {
  std::optional<int> value;  // absent with `inmediato` and `sin_dato`
  TermUnit unit = TermUnit::dias_habiles;
  TermOrigin origin = TermOrigin::sin_dato;
  std::string note;
};

enum class CostKind { unknown, gratuito, formula };

struct Cost {
  CostKind kind = CostKind::unknown;
  std::string note;
  std::string valid_until;  // ISO date after which the note is history, empty when open
};

struct Channel {
  std::string kind;  // presencial web whatsapp correo telefono
  std::string detail;
};

struct Law {
  std::string name;
  std::string subject;
};

// A field of the form with which the tramite is started in the chat.
struct FormField {
  std::string name;
  std::string label;
  std::string kind;  // texto cedula telefono opcion correo barrio archivo direccion
                     // referencia_catastral nit fecha placa numero
  bool required = true;
  std::string rule;  // the validation in words, shown when an answer does not pass
  std::vector<std::string> options;
};

struct QuestionAnswer {
  std::string question;
  std::string answer;
  std::optional<Field> field;  // whose certainty the answer has; without one it has none
  std::string valid_until;     // ISO date after which the answer is history, empty when open
};

struct HojaDeVida {
  std::string id;  // [a-z0-9-]+, stable for ever: it stands in buttons that people tap months later
  std::string name;
  std::vector<std::string> popular_names;
  std::string kind;  // tramite servicio consulta
  std::string category;
  std::string description;
  std::string audience;
  std::vector<std::string> requirements;
  std::vector<Document> documents;
  std::vector<Step> steps;
  ResponseTime response_time;
  Cost cost;
  std::vector<Channel> channels;
  std::string dependencia;  // id
  std::vector<Law> legal_basis;
  std::string result;
  std::string validity;  // empty when unknown
  std::string online;    // total parcial no
  std::vector<FormField> form;
  std::vector<QuestionAnswer> faq;
  std::string demand_level;  // alta media baja
  std::string complexity;    // alta media baja
  int priority_score = 0;
  std::vector<Source> sources;
  Confidence confidence = Confidence::por_validar;
  std::vector<Field> confirmed;
  std::vector<Field> unconfirmed;
  std::string checked_on;  // month the facts were checked, "2026-03"

  // True only when the field is listed as confirmed and nowhere else: what is not listed is not
  // certain either. A term that is not the tramite's own and an unknown cost are never confirmed,
  // whatever the lists say.
  bool is_confirmed(Field field) const;
};

struct Dependencia {
  std::string id;
  std::string name;
  std::vector<std::string> popular_names;
  std::string
      kind;  // dependencia entidad descentralizada control externo "particular con función pública"
  std::vector<std::string> handles;
  std::string address;  // empty when unknown, like all strings below
  std::string hours;
  std::vector<std::string> phones;
  std::vector<std::string> emails;
  std::string whatsapp;
  std::string web;
  std::string escalates_to;  // id, empty at the top
  Confidence confidence = Confidence::por_validar;
  std::vector<Source> sources;
  std::string checked_on;
};

struct Faq {
  std::string id;
  std::string question;
  std::vector<std::string> variants;
  std::string answer;
  std::string category;
  std::string tramite;      // related hoja de vida, empty when none
  std::string dependencia;  // empty when none
  std::string valid_until;  // ISO date after which the answer is history, empty when open
  std::vector<Source> sources;
  Confidence confidence = Confidence::por_validar;
  std::string checked_on;
};

struct Localidad {
  std::string id;  // L1 L2 L3
  int number = 0;
  std::string name;
  std::vector<std::string> popular_names;
  std::string alcaldia_local;  // dependencia id
};

// Degrees, WGS 84.
struct Coordinates {
  double latitude = 0;
  double longitude = 0;
};

struct Place {
  std::string id;
  std::string name;
  std::vector<std::string> variants;
  std::vector<std::string> not_meant;  // phrases that hold its name and mean something else
  std::string kind;                    // barrio sector corregimiento vereda isla …; of a unit:
                                       // localidad ucg
  std::string localidad;               // id, empty when unknown
  std::optional<int> ucg;
  std::optional<Coordinates> landmark;  // somewhere within it, where that is known
  Confidence confidence = Confidence::por_validar;

  bool is_unit() const;  // a localidad or a UCG
  bool is_in(const Place& unit) const;
};

struct SisbenPoints {
  std::string localidad;
  std::vector<std::string> points;
};

// Where an office with several attends, and whom, as far as that is published.
struct Branch {
  std::string id;
  std::string dependencia;  // id of the office
  std::string name;
  std::string place;    // id of the place where it is, empty when unknown
  std::string address;  // empty when unknown, like the hours
  std::string hours;
  std::vector<std::string> localidades;  // ids of those whose people it serves
  std::vector<std::string> places;       // the same of barrios and corregimientos
  bool whole_city = false;               // it serves anybody
  Confidence confidence = Confidence::por_validar;
  std::vector<Source> sources;
  std::string checked_on;
};

// A box around the district and its islands.
struct Bounds {
  Coordinates south_west;
  Coordinates north_east;
};

struct Territory {
  std::string checked_on;  // month up to which its facts were collected, "2026-03"
  std::optional<Bounds> bounds;
  std::vector<Localidad> localidades;
  std::vector<Place> places;  // barrios, sectors and the rural and island zone
  // The localidades and UCG themselves, for who names one and no barrio.
  std::vector<Place> units;
};

}  // namespace catalina::catalog
