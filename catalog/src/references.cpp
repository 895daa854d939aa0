#include "references.hpp"

#include <algorithm>
#include <set>

#include "catalog/legal_terms.hpp"
#include "catalog/text.hpp"
#include "kind.hpp"
#include "legal_terms_check.hpp"
#include "report.hpp"

namespace catalina::catalog {
namespace {

using nlohmann::json;

std::vector<std::string> ids_of(const json& entries) {
  std::vector<std::string> ids;
  for (const json& entry : entries) ids.push_back(entry.at("id").get<std::string>());
  return ids;
}

struct Known {
  std::vector<std::string> tramites;
  Ids dependencias;
  Ids places;
  std::map<std::string, std::string> categories;  // folded → as most tramites write it
};

std::map<std::string, std::string> category_spellings(const Documents& documents) {
  std::map<std::string, std::map<std::string, int>> spellings;
  const auto [begin, end] = documents.equal_range("tramite");
  for (auto document = begin; document != end; ++document) {
    const auto category = document->second.root().at("categoria").get<std::string>();
    ++spellings[text::fold(category)][category];
  }
  std::map<std::string, std::string> usual;
  for (const auto& [folded, counts] : spellings)
    usual[folded] =
        std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
          return a.second < b.second;
        })->first;
  return usual;
}

Pointer pointer(const char* name) {
  return Pointer() / name;
}

// `at` leads to something with an optional "vigente_hasta".
void check_valid_until(Report& report, const Pointer& at) {
  const json& holder = report.root().at(at);
  const auto until = holder.find("vigente_hasta");
  if (until == holder.end() || !until->is_string() || parse_date(until->get<std::string>())) return;
  report.add(at / "vigente_hasta", "se esperaba un día que exista en el calendario");
}

void check_term(Report& report) {
  const Pointer at = pointer("tiempo_respuesta") / "valor";
  const json& term = report.root().at("tiempo_respuesta");
  const bool has_value = !term.at("valor").is_null();
  const bool should_have = term.at("unidad") != "inmediato" && term.at("origen") != "sin_dato";
  if (has_value && !should_have)
    report.add(at, "se esperaba null, porque la unidad es inmediato o el origen es sin_dato");
  if (!has_value && should_have)
    report.add(at, "se esperaba un número; si nadie publicó el plazo, el origen es sin_dato");
}

void check_form(Report& report) {
  report.unique(pointer("campos_solicitud"), "nombre");
  const json& form = report.root().at("campos_solicitud");
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool is_choice = form[i].at("tipo") == "opcion";
    const Pointer at = pointer("campos_solicitud") / i / "opciones";
    if (is_choice && !form[i].contains("opciones"))
      report.add(at, "se esperaba este campo, y falta: el tipo es opcion");
    if (!is_choice && form[i].contains("opciones"))
      report.add(at, "no se esperaba este campo: solo va con el tipo opcion");
  }
}

void check_certainty(Report& report) {
  const json& confirmed = report.root().at("campos_confirmados");
  const json& unconfirmed = report.root().at("campos_por_validar");
  for (std::size_t i = 0; i < unconfirmed.size(); ++i)
    if (std::find(confirmed.begin(), confirmed.end(), unconfirmed[i]) != confirmed.end())
      report.add(pointer("campos_por_validar") / i, "se esperaba en una sola lista; «" +
                                                        unconfirmed[i].get<std::string>() +
                                                        "» también está en campos_confirmados");
}

void check_tramite(Report& report, const Known& known) {
  const json& tramite = report.root();
  if (tramite.at("id") != stem_of(report.path()))
    report.add(pointer("id"), "se esperaba «" + std::string(stem_of(report.path())) +
                                  "», como el nombre del archivo");
  report.refers_to(pointer("dependencia"), known.dependencias, "una dependencia");
  const auto category = tramite.at("categoria").get<std::string>();
  if (const auto& usual = known.categories.at(text::fold(category)); usual != category)
    report.add(pointer("categoria"), "se esperaba «" + usual + "», como en los demás trámites");
  const json& steps = tramite.at("pasos");
  for (std::size_t i = 0; i < steps.size(); ++i)
    if (steps[i].at("orden") != i + 1)
      report.add(pointer("pasos") / i / "orden", "se esperaba " + std::to_string(i + 1));
  check_term(report);
  check_form(report);
  check_certainty(report);
  check_valid_until(report, pointer("costo"));
  for (std::size_t i = 0; i < tramite.at("faq").size(); ++i)
    check_valid_until(report, pointer("faq") / i);
}

// Whoever follows `escala_a` must arrive at an office that escalates to none.
void check_escalation(Report& report) {
  std::map<std::string, std::string> up;
  const json& offices = report.root().at("dependencias");
  for (const json& office : offices)
    if (!office.at("escala_a").is_null())
      up[office.at("id").get<std::string>()] = office.at("escala_a").get<std::string>();
  for (std::size_t i = 0; i < offices.size(); ++i) {
    const auto id = offices[i].at("id").get<std::string>();
    std::string at = id;
    for (std::size_t steps = 0; steps <= offices.size(); ++steps) {
      const auto next = up.find(at);
      if (next == up.end()) break;
      at = next->second;
      if (at != id) continue;
      report.add(pointer("dependencias") / i / "escala_a",
                 "se esperaba una dependencia superior; por este camino se vuelve a «" + id + "»");
      break;
    }
  }
}

void check_branches(Report& report, const Known& known) {
  const json& branches = report.root().at("sedes");
  report.unique(pointer("sedes"), "id");
  for (std::size_t i = 0; i < branches.size(); ++i) {
    const Pointer at = pointer("sedes") / i;
    report.refers_to(at / "dependencia", known.dependencias, "una dependencia");
    report.refers_to(at / "barrio", known.places, "un barrio o corregimiento");
    const std::size_t served = branches[i].at("atiende").at("barrios").size();
    for (std::size_t j = 0; j < served; ++j)
      report.refers_to(at / "atiende" / "barrios" / j, known.places, "un barrio o corregimiento");
    report.has_source_if_sure(at);
  }
}

void check_dependencias(Report& report, const Known& known) {
  const json& offices = report.root().at("dependencias");
  report.unique(pointer("dependencias"), "id");
  report.unique(pointer("puntos_sisben"), "localidad");
  for (std::size_t i = 0; i < offices.size(); ++i) {
    const Pointer at = pointer("dependencias") / i;
    report.refers_to(at / "escala_a", known.dependencias, "una dependencia");
    report.has_source_if_sure(at);
  }
  if (report.root().contains("sedes")) check_branches(report, known);
  check_escalation(report);
}

void check_preguntas(Report& report, const Known& known) {
  const json& questions = report.root().at("preguntas");
  report.unique(pointer("preguntas"), "id");
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const Pointer at = pointer("preguntas") / i;
    report.refers_to(at / "tramite_relacionado", known.tramites, "un trámite");
    report.refers_to(at / "dependencia", known.dependencias, "una dependencia");
    check_valid_until(report, at);
  }
}

// The barrios and their UCG name each other, and agree on the localidad.
void check_ucg(Report& report) {
  const json& root = report.root();
  std::map<std::string, const json*> barrios;
  for (const json& barrio : root.at("barrios")) barrios[barrio.at("id")] = &barrio;

  std::set<std::pair<std::string, json>> members;  // barrio and number of the UCG that lists it
  const json& ucgs = root.at("ucg");
  for (std::size_t i = 0; i < ucgs.size(); ++i) {
    const json& listed = ucgs[i].at("barrios");
    for (std::size_t j = 0; j < listed.size(); ++j) {
      const auto id = listed[j].get<std::string>();
      const auto barrio = barrios.find(id);
      members.emplace(id, ucgs[i].at("numero"));
      if (barrio == barrios.end())
        report.add(pointer("ucg") / i / "barrios" / j,
                   "se esperaba un barrio que exista; «" + id + "» no existe");
      else if (barrio->second->at("ucg") != ucgs[i].at("numero") ||
               barrio->second->at("localidad") != ucgs[i].at("localidad"))
        report.add(pointer("ucg") / i / "barrios" / j,
                   "se esperaba un barrio con la misma UCG y localidad que esta; «" + id +
                       "» tiene otras");
    }
  }
  const json& all = root.at("barrios");
  for (std::size_t i = 0; i < all.size(); ++i)
    if (!all[i].at("ucg").is_null() && !members.count({all[i].at("id"), all[i].at("ucg")}))
      report.add(pointer("barrios") / i / "ucg",
                 "se esperaba una UCG que tenga este barrio en su lista");
}

void check_territorio(Report& report, const Known& known) {
  const json& root = report.root();
  const Ids localidades = ids_of(root.at("localidades"));
  const Ids sources = ids_of(root.at("fuentes"));

  std::set<std::string> places;
  report.unique(pointer("barrios"), "id", places);
  report.unique(pointer("rural_insular"), "id", places);
  for (const char* list : {"localidades", "ucg", "fuentes"}) report.unique(pointer(list), "id");

  for (std::size_t i = 0; i < localidades->size(); ++i)
    report.refers_to(pointer("localidades") / i / "alcaldia_local", known.dependencias,
                     "una dependencia");
  for (const char* list : {"ucg", "barrios", "rural_insular"})
    for (std::size_t i = 0; i < root.at(list).size(); ++i)
      report.refers_to(pointer(list) / i / "localidad", localidades, "una localidad");
  for (const char* list : {"barrios", "rural_insular"})
    for (std::size_t i = 0; i < root.at(list).size(); ++i) {
      report.has_source_if_sure(pointer(list) / i);
      for (std::size_t j = 0; j < root.at(list)[i].at("fuentes").size(); ++j)
        report.refers_to(pointer(list) / i / "fuentes" / j, sources, "una fuente de este archivo");
      if (root.at(list)[i].contains("coordenadas"))
        report.refers_to(pointer(list) / i / "coordenadas" / "fuente", sources,
                         "una fuente de este archivo");
    }
  check_ucg(report);
}

}  // namespace

std::vector<Problem> check_references(const Documents& documents, const Files& files) {
  Known known;
  for (const File& file : files)
    if (kind_of(file.path) == "tramite") known.tramites.emplace_back(stem_of(file.path));
  if (const auto offices = documents.find("dependencias"); offices != documents.end())
    known.dependencias = ids_of(offices->second.root().at("dependencias"));
  if (const auto territory = documents.find("territorio"); territory != documents.end()) {
    known.places = ids_of(territory->second.root().at("barrios"));
    const std::vector<std::string> rural = ids_of(territory->second.root().at("rural_insular"));
    known.places->insert(known.places->end(), rural.begin(), rural.end());
  }
  known.categories = category_spellings(documents);

  std::vector<Problem> problems;
  for (const auto& [kind, document] : documents) {
    Report report(document);
    if (kind == "tramite")
      check_tramite(report, known);
    else if (kind == "dependencias")
      check_dependencias(report, known);
    else if (kind == "preguntas")
      check_preguntas(report, known);
    else if (kind == "territorio")
      check_territorio(report, known);
    else if (kind == "plazos")
      check_legal_terms(report);
    else
      continue;  // words and intents have no references
    report.no_repeated_texts();
    for (Problem& problem : report.take()) problems.push_back(std::move(problem));
  }
  return problems;
}

}  // namespace catalina::catalog
