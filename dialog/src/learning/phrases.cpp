#include "learning/phrases.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <unordered_map>

#include "dialog/understand.hpp"
#include "target.hpp"

namespace catalina::dialog {
namespace {

using nlohmann::ordered_json;
using Ids = std::set<std::string, std::less<>>;

constexpr std::string_view phrases_folder = "frases/";
constexpr std::string_view tramites_folder = "tramites/";
constexpr std::string_view questions_file = "preguntas.json";

ordered_json parse(const catalog::File& file) {
  try {
    return ordered_json::parse(file.text);
  } catch (const ordered_json::exception&) {
    throw std::runtime_error(file.path + ": no es JSON válido");
  }
}

// The target that the file's own name says: "faq-festivos" holds what asks for "faq:festivos".
std::string target_of(const catalog::File& file) {
  std::string name = file.path.substr(phrases_folder.size());
  name.resize(name.size() - std::min(name.size(), std::string_view(".json").size()));
  if (const std::size_t dash = name.find('-'); dash != std::string::npos) name[dash] = ':';
  return name;
}

class Reader {
 public:
  explicit Reader(const catalog::Files& files) {
    for (const catalog::File& file : files) {
      file_ = file.path;
      try {
        if (file.path.starts_with(tramites_folder)) read_tramite(parse(file));
        if (file.path == questions_file) read_questions(parse(file));
      } catch (const ordered_json::exception& error) {
        throw std::runtime_error(file.path + ": " + error.what());
      }
    }
    for (const catalog::File& file : files) {
      if (!file.path.starts_with(phrases_folder)) continue;
      file_ = file.path;
      try {
        read_file(file, parse(file));
      } catch (const ordered_json::exception& error) {
        throw std::runtime_error(file.path + ": " + error.what());
      }
    }
  }
  std::vector<LabelledPhrase> take() && { return std::move(phrases_); }

 private:
  void add(const std::string& target, std::string text, bool is_name = false) {
    phrases_.push_back({std::move(text), {target}, file_, is_name});
  }

  void read_tramite(const ordered_json& tramite) {
    const std::string target = std::string(tramite_prefix) + tramite.at("id").get<std::string>();
    targets_.insert(target);
    add(target, tramite.at("nombre"), true);
    for (const auto& name : tramite.at("nombres_populares")) add(target, name, true);
  }

  void read_questions(const ordered_json& file) {
    for (const auto& question : file.at("preguntas")) {
      const std::string target = std::string(faq_prefix) + question.at("id").get<std::string>();
      targets_.insert(target);
      add(target, question.at("pregunta"));
      for (const auto& variant : question.at("variantes")) add(target, variant);
    }
  }

  void read_file(const catalog::File& file, const ordered_json& content) {
    const std::string target = content.at("objetivo");
    if (target != target_of(file))
      throw std::runtime_error(file.path + ": objetivo: se esperaba «" + target_of(file) + "»");
    check(file, "objetivo", target);
    std::unordered_map<std::string, std::size_t> place;
    for (const auto& [name, texts] : content.at("frases").items()) {
      if (!parse_aspect(name))
        throw std::runtime_error(file.path + ": frases: no existe «" + name + "»");
      for (const auto& text : texts) {
        place.emplace(text, phrases_.size());
        add(target, text);
      }
    }
    if (!content.contains("tambien")) return;
    for (const auto& [other, texts] : content["tambien"].items()) {
      check(file, "tambien", other);
      for (const auto& text : texts) {
        const auto found = place.find(text);
        if (found == place.end())
          throw std::runtime_error(file.path + ": tambien: esta frase no está en el archivo: «" +
                                   text.get<std::string>() + "»");
        phrases_[found->second].targets.push_back(other);
      }
    }
  }

  void check(const catalog::File& file, const char* field, const std::string& target) const {
    if (target.starts_with(intent_prefix) || targets_.contains(target)) return;
    throw std::runtime_error(file.path + ": " + field + ": no existe «" + target + "»");
  }

  std::string file_;  // that is being read
  Ids targets_;
  std::vector<LabelledPhrase> phrases_;
};

}  // namespace

std::vector<LabelledPhrase> read_phrases(const catalog::Files& files) {
  return Reader(files).take();
}

}  // namespace catalina::dialog
