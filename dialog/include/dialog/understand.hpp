// What a message means: ranked targets, a decision, the aspect asked about and the entities named.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.hpp"
#include "dialog/message.hpp"

namespace catalina::dialog {

struct Candidate {
  std::string target;     // "tramite:<id>", "faq:<id>" or "intent:<name>"
  double confidence = 0;  // 0 to 1
};

// What Catalina would do: answer the first candidate, offer the first two or three, talk (an
// intent), or say that she does not know.
enum class Decision { answer, clarify, talk, fallback };

// What about it. `otro`: nothing that a hoja de vida has a field for, as when somebody only tells
// something, or only talks.
enum class Aspect {
  general,
  requisitos,
  costo,
  tiempo,
  lugar,
  horario,
  pasos,
  normativa,
  iniciar,
  estado,
  otro
};

struct Understanding {
  Decision decision = Decision::fallback;
  std::vector<Candidate> candidates;  // best first, at most 5
  // What the words ask for, whatever it is about; general when they ask for nothing in particular.
  Aspect asked = Aspect::general;
  // What to answer of the first candidate: what is asked or, when something is told and nothing
  // asked, what helps with that.
  Aspect aspect = Aspect::general;
  // - barrio: id of a place, with localidad ("L2") and ucg ("6") as far as they are known.
  // - barrio_ambiguo: ids of the places that share the name, separated by spaces.
  // - unidad: id of the localidad or UCG, with localidad and ucg, when no barrio is named.
  // - oficina: id of the office whose place or hours are asked for.
  // - otra_entidad: who can help, when the message names something that is no matter of the city.
  // - The first of each kind that is written exactly: radicado (radicado_dudoso when its check
  //   digit is wrong), cedula, cedula_extranjeria, ppt, nit (nit_dudoso), placa,
  //   referencia_catastral, correo, telefono ("+573001234567"), direccion, fecha (ISO), dinero
  //   (pesos). Most are personal data: never logged, and not kept longer than the flow that asked
  //   for them needs.
  std::map<std::string, std::string> entities;
  // It names no subject of its own ("¿y cuánto vale?"), so it is about what was talked of before.
  bool elliptical = false;
  // An editor's rule decided, not what was learnt.
  bool by_rule = false;
  // It speaks of corruption: neither the message nor anything that repeats its words is stored.
  bool confidential = false;
  std::string evidence;  // what decided, for `catalina explain` and the stored turn
};

// How a message refers to what was said before it, whatever it is about.
struct Reference {
  enum class Kind {
    none,
    other,         // "no, el otro"
    correction,    // "eso no era", "me refería a …"
    pointing,      // "el de la moto"
    first,         // "lo primero que te pregunté"
    back,          // "volviendo a lo de antes"
    opening,       // "una pregunta": what it announces is still to come
    circumstance,  // "¿y para mi mamá?"
  };
  Kind kind = Kind::none;
  std::string rest;          // what it says beside that, in plain words
  std::string circumstance;  // its name in config/intents.json
};

std::string_view to_string(Decision decision);
std::string_view to_string(Aspect aspect);
std::optional<Aspect> parse_aspect(std::string_view name);

class Model;  // dialog/model.hpp

class Recognizer {
 public:
  // `intents_json` is config/intents.json: the rules that come before what `model` has learnt.
  static std::shared_ptr<const Recognizer> build(std::shared_ptr<const catalog::Catalog> catalog,
                                                 std::string_view intents_json,
                                                 std::shared_ptr<const Model> model);
  ~Recognizer();
  Recognizer(const Recognizer&) = delete;
  Recognizer& operator=(const Recognizer&) = delete;

  // Any bytes, any length: invalid UTF-8 is repaired and only the first 4,096 units are read, so
  // time is bounded. Thread-safe.
  // `now` is what "mañana" is counted from, on the calendar of Cartagena.
  Understanding understand(std::string_view text, Time now) const;
  // What the rules alone make of it: no candidates when none of them decides.
  Understanding by_rules(std::string_view text) const;

  // What a frequent question of the catalog asks for; general when for nothing in particular.
  Aspect asked_by(const catalog::Faq& question) const;

  // Patterns of config/intents.json, "conversacion". As robust as `understand`.
  Reference reference_of(std::string_view text) const;
  // Whether `fact` of a hoja de vida says something about a circumstance.
  bool speaks_of(const std::string& circumstance, std::string_view fact) const;
  // The words that rules are compared with: abbreviations expanded, spelling restored.
  std::vector<std::string> words(std::string_view text) const;
  // Whether it begins as a question does.
  bool is_question(std::string_view text) const;
  // "Ya tengo el certificado, ahora quiero…": one wish told by what it is not, see `conversacion`.
  bool contrasts(std::string_view text) const;
  // The words of a message that can name a subject, without those that every message has.
  std::vector<std::string> content_words(std::string_view text) const;

  // The confidence from which the first candidate is answered, from which it is when no other is
  // near, and from which those of a message of so many words are offered.
  static double answer_threshold();
  static double clear_answer_threshold();
  static double clarify_threshold(std::size_t words);

 private:
  Recognizer();
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace catalina::dialog
