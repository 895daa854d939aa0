#include "understanding/patterns.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "understanding/pattern_error.hpp"

namespace catalina::dialog {
namespace {

using nlohmann::ordered_json;

// Patterns are compiled once per catalog version; this bounds what one may cost.
constexpr std::int64_t pattern_memory = 4 << 20;  // bytes

[[noreturn]] void refuse(const std::string& where, const std::string& what) {
  throw std::runtime_error("intents.json: " + where + ": " + what);
}

re2::StringPiece piece(std::string_view s) {
  return {s.data(), s.size()};
}

Pattern compile(const std::string& where, const std::string& source) {
  const bool plain = std::all_of(source.begin(), source.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
  if (!plain) refuse(where, "va sin tildes ni eñes, o nunca coincide: «" + source + "»");
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(pattern_memory);
  auto pattern = std::make_shared<const RE2>(source, options);
  if (!pattern->ok()) refuse(where, "el patrón no es válido " + what_is_wrong_with(*pattern));
  if (pattern->Match("", 0, 0, RE2::UNANCHORED, nullptr, 0)) {
    refuse(where, "el patrón coincide con un texto vacío, y así con todo");
  }
  return pattern;
}

const ordered_json& member(const ordered_json& object, const std::string& where, const char* key) {
  if (!object.is_object()) refuse(where, "se esperaba un objeto");
  const auto found = object.find(key);
  if (found == object.end()) refuse(where, std::string("falta «") + key + "»");
  return *found;
}

std::string text_of(const ordered_json& value, const std::string& where) {
  if (!value.is_string()) refuse(where, "se esperaba un texto");
  return value.get<std::string>();
}

std::string text_at(const ordered_json& object, const std::string& where, const char* key) {
  return text_of(member(object, where, key), where + "." + key);
}

std::vector<std::string> texts_of(const ordered_json& value, const std::string& where) {
  if (!value.is_array()) refuse(where, "se esperaba una lista de textos");
  std::vector<std::string> out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    out.push_back(text_of(value[i], where + "[" + std::to_string(i) + "]"));
  }
  return out;
}

// Long patterns may be written as a list of alternatives, one to a line.
std::vector<std::string> alternatives_at(const ordered_json& object, const std::string& where,
                                         const char* key) {
  const ordered_json& value = member(object, where, key);
  const std::string place = where + "." + key;
  if (value.is_string()) return {value.get<std::string>()};
  return texts_of(value, place);
}

Pattern compile_any(const std::string& where, const std::vector<std::string>& alternatives) {
  std::string any;
  for (std::size_t i = 0; i < alternatives.size(); ++i) {
    const std::string& alternative = alternatives[i];
    // By itself, so that the error names the one that is wrong.
    compile(alternatives.size() == 1 ? where : where + '[' + std::to_string(i) + ']', alternative);
    if (!any.empty()) any += '|';
    any += "(?:" + alternative + ")";
  }
  return compile(where, any);
}

Pattern pattern_at(const ordered_json& object, const std::string& where, const char* key) {
  return compile_any(where + "." + key, alternatives_at(object, where, key));
}

Aspect aspect_at(const ordered_json& object, const std::string& where) {
  const std::optional<Aspect> aspect = parse_aspect(text_at(object, where, "aspecto"));
  if (!aspect) refuse(where, "el aspecto no existe");
  return *aspect;
}

// `exceptions` are the patterns that several rules share, by name.
Pattern read_unless(const ordered_json& rule, const std::string& where,
                    const ordered_json& exceptions) {
  std::vector<std::string> alternatives;
  if (rule.contains("salvo")) alternatives = alternatives_at(rule, where, "salvo");
  if (rule.contains("excepciones")) {
    for (const std::string& name : texts_of(rule["excepciones"], where + ".excepciones")) {
      if (!exceptions.contains(name)) refuse(where, "no existe la excepción «" + name + "»");
      alternatives.push_back(text_at(exceptions, "excepciones", name.c_str()));
    }
  }
  return alternatives.empty() ? nullptr : compile_any(where + ".salvo", alternatives);
}

Rule read_rule(const ordered_json& value, const std::string& at, const ordered_json& exceptions) {
  Rule rule;
  rule.name = text_at(value, at, "nombre");
  const std::string where = "regla «" + rule.name + "»";
  rule.target = text_at(value, where, "objetivo");
  if (value.contains("aspecto")) rule.aspect = aspect_at(value, where);
  rule.pattern = pattern_at(value, where, "patron");
  rule.unless = read_unless(value, where, exceptions);
  return rule;
}

std::vector<AspectPattern> read_aspect_list(const ordered_json& aspects, const char* key) {
  std::vector<AspectPattern> out;
  std::size_t number = 0;
  for (const ordered_json& value : member(aspects, "aspectos", key)) {
    const std::string where = std::string("aspectos.") + key + '[' + std::to_string(number++) + ']';
    AspectPattern one;
    one.aspect = aspect_at(value, where);
    one.pattern = pattern_at(value, where, "patron");
    if (value.contains("salvo")) one.unless = pattern_at(value, where, "salvo");
    one.names_subject = value.value("nombra", false);
    out.push_back(std::move(one));
  }
  return out;
}

AspectPatterns read_aspects(const ordered_json& value) {
  AspectPatterns out;
  out.no_question = pattern_at(value, "aspectos", "no_es_pregunta");
  out.facts = read_aspect_list(value, "datos");
  out.ways = read_aspect_list(value, "maneras");
  return out;
}

ReferencePatterns read_references(const ordered_json& value) {
  const std::string where = "conversacion";
  ReferencePatterns out;
  out.other = pattern_at(value, where, "el_otro");
  out.correction = pattern_at(value, where, "correccion");
  out.pointing = pattern_at(value, where, "senalar");
  out.first = pattern_at(value, where, "lo_primero");
  out.back = pattern_at(value, where, "lo_de_antes");
  out.opening = pattern_at(value, where, "anuncio");
  out.question = pattern_at(value, where, "pregunta");
  out.contrast = pattern_at(value, where, "contraste");
  out.what_if = pattern_at(value, where, "otro_caso");
  std::size_t number = 0;
  for (const ordered_json& one : member(value, where, "casos")) {
    const std::string at = where + ".casos[" + std::to_string(number++) + "]";
    out.circumstances.push_back(
        {text_at(one, at, "nombre"), pattern_at(one, at, "patron"), pattern_at(one, at, "ficha")});
  }
  return out;
}

// An editor sees at once all that is wrong in a list.
class Problems {
 public:
  template <typename F>
  void attempt(F read) {
    try {
      read();
    } catch (const std::runtime_error& error) {
      text_ += (text_.empty() ? "" : "\n") + std::string(error.what());
    }
  }
  void raise() const {
    if (!text_.empty()) throw std::runtime_error(text_);
  }

 private:
  std::string text_;
};

}  // namespace

IntentsFile read_intents(std::string_view json) {
  ordered_json in;
  try {
    in = ordered_json::parse(json);
  } catch (const ordered_json::parse_error& error) {
    refuse("byte " + std::to_string(error.byte), "no es JSON válido");
  }
  IntentsFile out;
  for (const auto& [abbreviation, meaning] : member(in, "archivo", "abreviaturas").items()) {
    out.abbreviations.emplace_back(abbreviation, text_of(meaning, "abreviaturas." + abbreviation));
  }
  out.stop_words = texts_of(member(in, "archivo", "palabras_vacias"), "palabras_vacias");
  out.place_words = texts_of(member(in, "archivo", "palabras_de_lugar"), "palabras_de_lugar");
  Problems problems;
  std::size_t number = 0;
  for (const std::string& source : texts_of(member(in, "archivo", "reservado"), "reservado")) {
    const std::string where = "reservado[" + std::to_string(number++) + "]";
    problems.attempt([&] { out.confidential.push_back(compile(where, source)); });
  }
  number = 0;
  const ordered_json& exceptions = member(in, "archivo", "excepciones");
  for (const ordered_json& rule : member(in, "archivo", "reglas")) {
    const std::string where = "reglas[" + std::to_string(number++) + "]";
    problems.attempt([&] { out.rules.push_back(read_rule(rule, where, exceptions)); });
  }
  number = 0;
  for (const ordered_json& referral : member(in, "archivo", "remisiones")) {
    const std::string where = "remisiones[" + std::to_string(number++) + "]";
    problems.attempt([&] {
      out.referrals.push_back(
          {pattern_at(referral, where, "patron"), text_at(referral, where, "a_quien")});
    });
  }
  out.aspects = read_aspects(member(in, "archivo", "aspectos"));
  out.references = read_references(member(in, "archivo", "conversacion"));
  problems.raise();
  return out;
}

bool found(const Pattern& pattern, std::string_view plain_words) {
  return pattern && RE2::PartialMatch(piece(plain_words), *pattern);
}

std::size_t find_first(const Pattern& pattern, std::string_view plain_words) {
  re2::StringPiece match;
  const bool is_found =
      pattern->Match(piece(plain_words), 0, plain_words.size(), RE2::UNANCHORED, &match, 1);
  return is_found ? static_cast<std::size_t>(match.data() - plain_words.data())
                  : std::string_view::npos;
}

std::string without(const Pattern& pattern, std::string plain_words, std::string_view instead) {
  RE2::GlobalReplace(&plain_words, *pattern, piece(instead));
  return plain_words;
}

std::vector<std::string> words_of(const Pattern& pattern) {
  std::vector<std::string> out;
  std::string word;
  const std::string& source = pattern->pattern();
  for (std::size_t i = 0; i <= source.size(); ++i) {
    const char c = i < source.size() ? source[i] : ' ';
    if (c == '\\') {
      ++i;  // "\b" is no letter of a word
    } else if (c >= 'a' && c <= 'z') {
      word += c;
      continue;
    }
    if (word.size() > 2) out.push_back(word);
    word.clear();
  }
  return out;
}

}  // namespace catalina::dialog
