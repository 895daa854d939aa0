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

namespace catalina::dialog {

struct Candidate {
  std::string target;     // "tramite:<id>", "faq:<id>" or "intent:<name>"
  double confidence = 0;  // 0 to 1
};

// What Catalina would do: answer the first candidate, offer the first two or three, talk (an
// intent), or say that she does not know.
enum class Decision { answer, clarify, talk, fallback };

// What about it. `otro`: something the hoja de vida has no field for.
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
  Aspect aspect = Aspect::general;
  // barrio: id of a place. barrio_ambiguo: ids of the places that share the name, separated by
  // spaces. radicado: in its official form. radicado_dudoso: one whose check digit is wrong.
  // oficina: id of the office whose place or hours are asked for.
  // otra_entidad: who can help, when the message names something that is no matter of the city.
  std::map<std::string, std::string> entities;
  // It names no subject of its own ("¿y cuánto vale?"), so it is about what was talked of before.
  bool elliptical = false;
  // It speaks of corruption: neither the message nor anything that repeats its words is stored.
  bool confidential = false;
  std::string evidence;  // what decided, for `catalina explain` and the stored turn
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
  Understanding understand(std::string_view text) const;

  // The words that rules are compared with: abbreviations expanded, spelling restored.
  std::vector<std::string> words(std::string_view text) const;

  // The confidence from which the first candidate is answered, and from which it is offered.
  static double answer_threshold();
  static double clarify_threshold();

 private:
  Recognizer();
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace catalina::dialog
