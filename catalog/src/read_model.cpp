#include "read_model.hpp"

#include <iterator>

#include "read_json.hpp"

namespace catalina::catalog {
namespace {

constexpr Choices<TermOrigin> term_origins[] = {{"propio", TermOrigin::propio},
                                                {"general", TermOrigin::general},
                                                {"sin_dato", TermOrigin::sin_dato}};

constexpr Choices<CostKind> cost_kinds[] = {{"gratuito", CostKind::gratuito},
                                            {"formula", CostKind::formula}};

constexpr Choices<Field> fields[] = {{"descripcion", Field::descripcion},
                                     {"requisitos", Field::requisitos},
                                     {"documentos", Field::documentos},
                                     {"pasos", Field::pasos},
                                     {"tiempo_respuesta", Field::tiempo_respuesta},
                                     {"costo", Field::costo},
                                     {"canales", Field::canales},
                                     {"dependencia", Field::dependencia},
                                     {"normativa", Field::normativa},
                                     {"vigencia", Field::vigencia}};

Source read_source(const json& j) {
  return {text(j, "titulo"), text(j, "url")};
}

// How sure an entry is, and who said so when.
template <typename Entry>
void read_origin(const json& j, Entry& entry) {
  entry.confidence = choose(confidences, j.at("confianza"));
  entry.sources = list(j, "fuentes", read_source);
  entry.checked_on = text(j, "revisado");
}

Field read_field(const json& j) {
  return choose(fields, j);
}

Document read_document(const json& j) {
  return {text(j, "nombre"), j.at("obligatorio").get<bool>(), text_or_empty(j, "nota")};
}

Step read_step(const json& j) {
  return {text(j, "texto"), text(j, "canal")};
}

ResponseTime read_response_time(const json& j) {
  return {number_or_none(j, "valor"), choose(term_units, j.at("unidad")),
          choose(term_origins, j.at("origen")), text_or_empty(j, "nota")};
}

Cost read_cost(const json& j) {
  const json& kind = j.at("tipo");
  return {kind.is_null() ? CostKind::unknown : choose(cost_kinds, kind), text_or_empty(j, "nota"),
          text_or_empty(j, "vigente_hasta")};
}

Channel read_channel(const json& j) {
  return {text(j, "tipo"), text(j, "detalle")};
}

Law read_law(const json& j) {
  return {text(j, "norma"), text(j, "tema")};
}

FormField read_form_field(const json& j) {
  FormField field{text(j, "nombre"),     text(j, "etiqueta"),
                  text(j, "tipo"),       j.at("obligatorio").get<bool>(),
                  text(j, "validacion"), {}};
  if (j.contains("opciones")) field.options = texts(j, "opciones");
  return field;
}

QuestionAnswer read_question_answer(const json& j) {
  return {text(j, "pregunta"), text(j, "respuesta"),
          j.contains("campo") ? std::optional(read_field(j.at("campo"))) : std::nullopt,
          text_or_empty(j, "vigente_hasta")};
}

Dependencia read_dependencia(const json& j) {
  Dependencia office;
  office.id = text(j, "id");
  office.name = text(j, "nombre");
  office.popular_names = texts(j, "nombres_populares");
  office.kind = text(j, "tipo");
  office.handles = texts(j, "que_atiende");
  office.address = text_or_empty(j, "direccion");
  office.hours = text_or_empty(j, "horario");
  office.phones = texts(j, "telefonos");
  office.emails = texts(j, "correos");
  office.whatsapp = text_or_empty(j, "whatsapp");
  office.web = text_or_empty(j, "web");
  office.escalates_to = text_or_empty(j, "escala_a");
  read_origin(j, office);
  return office;
}

Faq read_faq(const json& j) {
  Faq faq;
  faq.id = text(j, "id");
  faq.question = text(j, "pregunta");
  faq.variants = texts(j, "variantes");
  faq.answer = text(j, "respuesta");
  faq.category = text(j, "categoria");
  faq.tramite = text_or_empty(j, "tramite_relacionado");
  faq.dependencia = text_or_empty(j, "dependencia");
  faq.valid_until = text_or_empty(j, "vigente_hasta");
  read_origin(j, faq);
  return faq;
}

Branch read_branch(const json& j) {
  Branch branch;
  branch.id = text(j, "id");
  branch.dependencia = text(j, "dependencia");
  branch.name = text(j, "nombre");
  branch.place = text_or_empty(j, "barrio");
  branch.address = text_or_empty(j, "direccion");
  branch.hours = text_or_empty(j, "horario");
  const json& serves = j.at("atiende");
  branch.localidades = texts(serves, "localidades");
  branch.places = texts(serves, "barrios");
  branch.whole_city = serves.at("toda_la_ciudad").get<bool>();
  read_origin(j, branch);
  return branch;
}

Coordinates read_coordinates(const json& j) {
  return {j.at("latitud").get<double>(), j.at("longitud").get<double>()};
}

Bounds read_bounds(const json& j) {
  const auto degrees = [&](const char* key) { return j.at(key).get<double>(); };
  return {{degrees("sur"), degrees("oeste")}, {degrees("norte"), degrees("este")}};
}

Localidad read_localidad(const json& j) {
  return {text(j, "id"), j.at("numero").get<int>(), text(j, "nombre"),
          texts(j, "nombres_populares"), text(j, "alcaldia_local")};
}

Place read_place(const json& j) {
  Place place;
  place.id = text(j, "id");
  place.name = text(j, "nombre");
  place.variants = texts(j, "variantes");
  if (j.contains("no_confundir")) place.not_meant = texts(j, "no_confundir");
  place.kind = text(j, "tipo");
  place.localidad = text_or_empty(j, "localidad");
  place.ucg = number_or_none(j, "ucg");
  place.landmark = object_or_none(j, "coordenadas", read_coordinates);
  place.confidence = choose(confidences, j.at("confianza"));
  return place;
}

Place localidad_as_place(const json& j) {
  Place place;
  place.id = text(j, "id");
  place.name = text(j, "nombre");
  place.kind = "localidad";
  place.localidad = place.id;
  place.confidence = choose(confidences, j.at("confianza"));
  return place;
}

Place ucg_as_place(const json& j) {
  Place place;
  place.id = text(j, "id");
  place.ucg = j.at("numero").get<int>();
  place.name = "UCG " + std::to_string(*place.ucg);
  place.kind = "ucg";
  place.localidad = text_or_empty(j, "localidad");
  place.confidence = choose(confidences, j.at("confianza"));
  return place;
}

// A number of the map that gathers places of several localidades says nothing of where one lives.
std::vector<Place> read_units(const json& j) {
  std::vector<Place> units = list(j, "localidades", localidad_as_place);
  for (Place& ucg : list(j, "ucg", ucg_as_place))
    if (!ucg.localidad.empty()) units.push_back(std::move(ucg));
  return units;
}

}  // namespace

HojaDeVida read_tramite(const json& j) {
  HojaDeVida tramite;
  tramite.id = text(j, "id");
  tramite.name = text(j, "nombre");
  tramite.popular_names = texts(j, "nombres_populares");
  tramite.kind = text(j, "tipo");
  tramite.category = text(j, "categoria");
  tramite.description = text(j, "descripcion");
  tramite.audience = text(j, "para_quien");
  tramite.requirements = texts(j, "requisitos");
  tramite.documents = list(j, "documentos", read_document);
  tramite.steps = list(j, "pasos", read_step);
  tramite.response_time = read_response_time(j.at("tiempo_respuesta"));
  tramite.cost = read_cost(j.at("costo"));
  tramite.channels = list(j, "canales", read_channel);
  tramite.dependencia = text(j, "dependencia");
  tramite.legal_basis = list(j, "normativa", read_law);
  tramite.result = text(j, "resultado");
  tramite.validity = text_or_empty(j, "vigencia");
  tramite.online = text(j, "en_linea");
  tramite.form = list(j, "campos_solicitud", read_form_field);
  tramite.faq = list(j, "faq", read_question_answer);
  tramite.demand_level = text(j.at("demanda"), "nivel");
  tramite.complexity = text(j, "complejidad");
  tramite.priority_score = j.at("puntaje_priorizacion").get<int>();
  tramite.confirmed = list(j, "campos_confirmados", read_field);
  tramite.unconfirmed = list(j, "campos_por_validar", read_field);
  read_origin(j, tramite);
  return tramite;
}

std::vector<Dependencia> read_dependencias(const json& j) {
  return list(j, "dependencias", read_dependencia);
}

std::vector<SisbenPoints> read_sisben_points(const json& j) {
  return list(j, "puntos_sisben", [](const json& points) {
    return SisbenPoints{text(points, "localidad"), texts(points, "puntos")};
  });
}

// Files that were published before there were any have none.
std::vector<Branch> read_branches(const json& j) {
  return j.contains("sedes") ? list(j, "sedes", read_branch) : std::vector<Branch>();
}

std::vector<Faq> read_faqs(const json& j) {
  return list(j, "preguntas", read_faq);
}

Territory read_territory(const json& j) {
  Territory territory;
  territory.checked_on = text(j, "fecha_corte");
  territory.bounds = object_or_none(j, "limites", read_bounds);
  territory.localidades = list(j, "localidades", read_localidad);
  territory.places = list(j, "barrios", read_place);
  std::vector<Place> rural = list(j, "rural_insular", read_place);
  territory.places.insert(territory.places.end(), std::make_move_iterator(rural.begin()),
                          std::make_move_iterator(rural.end()));
  territory.units = read_units(j);
  return territory;
}

}  // namespace catalina::catalog
