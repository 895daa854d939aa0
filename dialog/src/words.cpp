#include "dialog/words.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "catalog/text.hpp"
#include "dialog/reply.hpp"

namespace catalina::dialog {
namespace {

using nlohmann::json;

struct TextSpec {
  Text text;
  std::string_view name;
  std::string_view placeholders = {};       // separated by spaces
  std::size_t longest = limits::text_body;  // UTF-16 units, before placeholders are filled in
};

constexpr std::array<TextSpec, static_cast<std::size_t>(Text::count)> specs = {{
    {Text::greeting, "saludo"},
    {Text::greeting_by_name, "saludo_con_nombre", "nombre"},
    {Text::introduction, "presentacion"},
    {Text::privacy_notice, "aviso_de_datos", "correo", 600},
    {Text::goodbye, "despedida"},
    {Text::welcome, "de_nada"},
    {Text::cancelled, "cancelado"},
    {Text::acknowledged, "enterada"},
    {Text::declined, "negacion"},

    {Text::menu_body, "menu"},
    {Text::menu_button, "menu_boton", "", limits::list_button},
    {Text::menu_section, "menu_seccion", "", limits::section_title},
    {Text::more_section, "otras_seccion", "", limits::section_title},
    {Text::category_body, "categoria", "categoria total"},
    {Text::category_button, "categoria_boton", "", limits::list_button},
    {Text::category_row, "categoria_fila", "total", limits::row_description},
    {Text::more_row, "fila_mas", "", limits::row_title},
    {Text::person_row, "fila_persona", "", limits::row_title},
    {Text::person_row_description, "fila_persona_detalle", "", limits::row_description},
    {Text::menu_row, "fila_menu", "", limits::row_title},
    {Text::menu_row_description, "fila_menu_detalle", "", limits::row_description},
    {Text::none_row, "fila_ninguna", "", limits::row_title},
    {Text::none_row_description, "fila_ninguna_detalle", "", limits::row_description},
    {Text::menu_title, "boton_menu", "", limits::button_title},
    {Text::person_title, "boton_persona", "", limits::button_title},

    {Text::card_hint, "ficha_pista"},
    {Text::card_button, "ficha_boton", "", limits::list_button},
    {Text::requirements_row, "fila_requisitos", "", limits::row_title},
    {Text::steps_row, "fila_pasos", "", limits::row_title},
    {Text::time_row, "fila_tiempo", "", limits::row_title},
    {Text::cost_row, "fila_costo", "", limits::row_title},
    {Text::place_row, "fila_lugar", "", limits::row_title},
    {Text::law_row, "fila_normativa", "", limits::row_title},
    {Text::questions_row, "fila_preguntas", "", limits::row_title},
    {Text::unconfirmed, "por_confirmar"},
    {Text::source, "fuente", "oficina fecha"},
    {Text::source_unconfirmed, "fuente_por_confirmar", "oficina fecha"},
    {Text::source_city, "fuente_alcaldia", "fecha"},

    {Text::requirements_title, "requisitos_titulo"},
    {Text::documents_title, "documentos_titulo"},
    {Text::optional_document, "documento_opcional", "documento"},
    {Text::no_requirements, "sin_requisitos"},
    {Text::steps_title, "pasos_titulo"},
    {Text::no_steps, "sin_pasos"},
    {Text::time_line, "tiempo", "tiempo"},
    {Text::time_immediate, "tiempo_inmediato"},
    {Text::time_working_days, "tiempo_dias_habiles", "valor"},
    {Text::time_one_working_day, "tiempo_un_dia_habil"},
    {Text::time_days, "tiempo_dias", "valor"},
    {Text::time_one_day, "tiempo_un_dia"},
    {Text::time_months, "tiempo_meses", "valor"},
    {Text::time_one_month, "tiempo_un_mes"},
    {Text::time_general, "tiempo_general"},
    {Text::time_unknown, "tiempo_sin_dato"},
    {Text::cost_line, "costo", "costo"},
    {Text::cost_free, "costo_gratis"},
    {Text::cost_formula, "costo_formula"},
    {Text::cost_unknown, "costo_sin_dato"},
    {Text::place_title, "lugar_titulo"},
    {Text::place_line, "lugar", "canales"},
    {Text::no_channels, "sin_canales"},
    {Text::channel_in_person, "canal_presencial", "detalle"},
    {Text::channel_web, "canal_web", "detalle"},
    {Text::channel_whatsapp, "canal_whatsapp", "detalle"},
    {Text::channel_mail, "canal_correo", "detalle"},
    {Text::channel_phone, "canal_telefono", "detalle"},
    {Text::channel_other, "canal_otro", "detalle"},
    {Text::this_chat, "este_chat"},
    {Text::office_address, "oficina_direccion", "oficina direccion"},
    {Text::office_hours, "oficina_horario", "oficina horario"},
    {Text::office_hours_unknown, "oficina_sin_horario", "oficina correo"},
    {Text::office_place_unknown, "oficina_sin_direccion", "oficina correo"},
    {Text::office_contact, "oficina_contacto", "oficina contacto"},
    {Text::office_unconfirmed, "oficina_por_confirmar"},
    {Text::law_title, "normativa_titulo"},
    {Text::no_law, "sin_normativa"},
    {Text::start, "iniciar"},
    {Text::status, "estado"},

    {Text::questions_body, "preguntas", "tramite"},
    {Text::questions_button, "preguntas_boton", "", limits::list_button},
    {Text::no_questions, "sin_preguntas", "tramite"},
    {Text::faq_unconfirmed, "pregunta_por_validar"},
    {Text::faq_national, "pregunta_nacional"},
    {Text::faq_one_source, "pregunta_una_fuente"},
    {Text::faq_expired, "pregunta_vencida", "fecha"},
    {Text::related_button, "boton_relacionado", "", limits::button_title},

    {Text::place_localidad, "barrio_localidad", "barrio localidad alcaldia"},
    {Text::place_ucg, "barrio_ucg", "ucg"},
    {Text::place_is_localidad, "localidad_alcaldia", "localidad alcaldia"},
    {Text::place_unconfirmed, "barrio_por_confirmar"},
    {Text::place_without_localidad, "barrio_sin_localidad", "barrio correo"},
    {Text::place_choose, "barrio_elegir"},
    {Text::place_others, "barrio_otros", "otros"},
    {Text::place_button, "barrio_boton", "", limits::list_button},
    {Text::sisben_points, "puntos_sisben", "localidad"},
    {Text::place_ask, "dime_barrio"},
    {Text::branches_own, "sedes_del_barrio", "barrio"},
    {Text::branches_of_localidad, "sedes_de_la_localidad", "localidad"},
    {Text::branches_near, "sedes_cercanas", "oficina localidad"},
    {Text::branches_city, "sedes", "oficina"},
    {Text::branches_unpublished, "sedes_sin_reparto", "barrio"},
    {Text::branches_undivided, "sedes_sin_barrios"},
    {Text::branches_whole_city, "sedes_toda_la_ciudad"},
    {Text::branches_unconfirmed, "sedes_por_confirmar"},

    {Text::clarify_body, "aclarar", "opciones"},
    {Text::clarify_button, "aclarar_boton", "", limits::list_button},
    {Text::clarify_one, "aclarar_una", "opcion"},
    {Text::yes_title, "boton_si", "", limits::button_title},
    {Text::no_title, "boton_no", "", limits::button_title},
    {Text::what_about, "de_que_tramite"},
    {Text::ask_away, "dime"},
    {Text::corrected, "corregida"},
    {Text::also_asked, "tambien_preguntaste", "tema"},
    {Text::circumstance_known, "otro_caso"},
    {Text::circumstance_unknown, "otro_caso_sin_dato"},
    {Text::audience, "para_quien", "quien"},
    {Text::explain_again, "otra_forma", "tramite"},
    {Text::dont_know_first, "no_se_primera"},
    {Text::dont_know_again, "no_se_segunda"},
    {Text::dont_know_person, "no_se_tercera"},
    {Text::none_of_these, "ninguna_de_estas"},
    {Text::choice_gone, "opcion_vencida"},

    {Text::person_noted, "persona_anotada", "correo"},
    {Text::person_already_noted, "persona_ya_anotada", "correo"},
    {Text::erase_noted, "borrado_anotado", "correo"},
    {Text::erase_already_noted, "borrado_ya_anotado", "correo"},
    {Text::unsubscribe_noted, "baja_anotada"},
    {Text::subscribe_noted, "alta_anotada"},
    {Text::notifications_already_noted, "avisos_ya_anotado"},
    {Text::no_mail, "sin_correo"},

    {Text::complaint, "reclamo"},
    {Text::emergency, "emergencia"},
    {Text::out_of_scope, "fuera_de_alcance"},
    {Text::out_of_scope_referral, "fuera_de_alcance_remision", "entidad"},
    {Text::corruption, "denuncia"},
    {Text::radicado_doubtful, "radicado_dudoso", "radicado"},
    {Text::radicado_elsewhere, "radicado_sin_consulta", "radicado"},

    {Text::pinned, "aviso_fijado", "aviso"},
    {Text::pinned_short, "aviso_fijado_corto", "aviso"},
    {Text::pinned_link, "aviso_fijado_enlace", "enlace"},
    {Text::pinned_phone, "aviso_fijado_telefono", "telefono"},
    {Text::pinned_title, "boton_aviso", "", limits::button_title},
    {Text::no_pinned, "sin_aviso_fijado"},

    {Text::media_without_text, "medio_sin_texto"},
    {Text::photo_stays, "foto_con_texto"},
    {Text::video_stays, "video_con_texto"},
    {Text::document_stays, "documento_con_texto"},
    {Text::voice, "audio"},
    {Text::location, "ubicacion"},
    {Text::location_near, "ubicacion_cerca", "barrio"},
    {Text::location_outside, "ubicacion_fuera"},
    {Text::form_received, "formulario_recibido"},
    {Text::unreadable, "no_legible"},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < specs.size(); ++i) {
    if (static_cast<std::size_t>(specs[i].text) != i) return false;
  }
  return true;
}
static_assert(in_order(), "specs must stand in the order of Text");

constexpr std::size_t months_in_year = 12;

[[noreturn]] void refuse(const std::string& where, const std::string& what) {
  throw std::runtime_error("words.json: " + where + ": " + what);
}

// A text is a string, or a list of its lines where that reads better.
std::string text_of(const json& value, const std::string& where) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) refuse(where, "se esperaba un texto o una lista de líneas");
  std::string out;
  for (const json& line : value) {
    if (!line.is_string()) refuse(where, "se esperaba un texto o una lista de líneas");
    if (&line != &value.front()) out += '\n';
    out += line.get<std::string>();
  }
  return out;
}

const json& member(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) refuse("archivo", std::string("falta «") + key + "»");
  return *found;
}

std::vector<std::string> names_of(std::string_view placeholders) {
  std::vector<std::string> names;
  while (!placeholders.empty()) {
    const std::size_t space = placeholders.find(' ');
    names.emplace_back(placeholders.substr(0, space));
    placeholders.remove_prefix(space == std::string_view::npos ? placeholders.size() : space + 1);
  }
  return names;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Digits of "2026-03" and "2026-03-01"; 0 where there is no number.
unsigned number_at(std::string_view iso, std::size_t begin, std::size_t length) {
  unsigned number = 0;
  for (char c : iso.substr(begin, length)) {
    if (c < '0' || c > '9') return 0;
    number = number * 10 + static_cast<unsigned>(c - '0');
  }
  return number;
}

}  // namespace

std::shared_ptr<const Words> Words::build(std::string_view words_json) {
  json in;
  try {
    in = json::parse(words_json);
  } catch (const json::parse_error& error) {
    refuse("byte " + std::to_string(error.byte), "no es JSON válido");
  }
  if (!in.is_object()) refuse("archivo", "se esperaba un objeto");

  std::shared_ptr<Words> words(new Words());
  words->notice_version_ = text_of(member(in, "version_del_aviso"), "version_del_aviso");
  if (words->notice_version_.empty()) refuse("version_del_aviso", "está vacía");
  for (const json& month : member(in, "meses")) {
    words->months_.push_back(text_of(month, "meses"));
  }
  if (words->months_.size() != months_in_year) refuse("meses", "se esperaban 12");
  for (const auto& [category, title] : member(in, "categorias_cortas").items()) {
    const std::string where = "categorias_cortas." + category;
    words->category_titles_[category] = text_of(title, where);
    if (text::utf16_length(words->category_titles_[category]) > limits::row_title) {
      refuse(where, "pasa de " + std::to_string(limits::row_title) + " caracteres");
    }
  }

  const json& texts = member(in, "textos");
  for (const auto& [name, value] : texts.items()) {
    const bool known =
        std::any_of(specs.begin(), specs.end(),
                    [&name = name](const TextSpec& spec) { return spec.name == name; });
    if (!known) refuse("textos." + name, "ningún texto se llama así");
  }
  for (const TextSpec& spec : specs) {
    const std::string name(spec.name);
    const std::string where = "textos." + name;
    if (!texts.contains(name)) refuse(where, "falta este texto");
    const std::string text = text_of(texts[name], where);
    if (text::trim(text).empty()) refuse(where, "está vacío");
    if (text::utf16_length(text) > spec.longest) {
      refuse(where, "pasa de " + std::to_string(spec.longest) + " caracteres");
    }
    const std::vector<std::string> expected = names_of(spec.placeholders);
    Template made;
    std::size_t position = 0;
    while (true) {
      const std::size_t open = text.find('{', position);
      made.literals.push_back(text.substr(position, open - position));
      if (open == std::string::npos) break;
      const std::size_t close = text.find('}', open);
      if (close == std::string::npos) refuse(where, "una llave «{» no se cierra");
      const std::string placeholder = text.substr(open + 1, close - open - 1);
      if (!contains(expected, placeholder)) refuse(where, "sobra {" + placeholder + "}");
      made.placeholders.push_back(placeholder);
      position = close + 1;
    }
    for (const std::string& placeholder : expected) {
      if (!contains(made.placeholders, placeholder)) refuse(where, "falta {" + placeholder + "}");
    }
    words->texts_.push_back(std::move(made));
  }
  return words;
}

std::string Words::say(Text text, Arguments arguments) const {
  const Template& made = texts_[static_cast<std::size_t>(text)];
  std::string out = made.literals.front();
  for (std::size_t i = 0; i < made.placeholders.size(); ++i) {
    const auto* const argument =
        std::find_if(arguments.begin(), arguments.end(),
                     [&](const auto& entry) { return entry.first == made.placeholders[i]; });
    if (argument == arguments.end()) {
      throw std::logic_error("nothing to put into {" + made.placeholders[i] + "} of " +
                             std::string(specs[static_cast<std::size_t>(text)].name));
    }
    out += argument->second;
    out += made.literals[i + 1];
  }
  return out;
}

std::string Words::month(std::string_view iso) const {
  if (iso.size() < 7 || iso[4] != '-') return std::string(iso);
  const unsigned month = number_at(iso, 5, 2);
  if (month < 1 || month > months_in_year) return std::string(iso);
  return months_[month - 1] + " de " + std::string(iso.substr(0, 4));
}

std::string Words::day(std::string_view iso) const {
  if (iso.size() != 10 || iso[7] != '-') return std::string(iso);
  const unsigned day = number_at(iso, 8, 2);
  if (day < 1 || day > 31) return std::string(iso);
  return std::to_string(day) + " de " + month(iso);
}

std::string Words::category_title(const std::string& category) const {
  const auto found = category_titles_.find(category);
  return found == category_titles_.end() ? text::truncate(category, limits::row_title)
                                         : found->second;
}

}  // namespace catalina::dialog
