#include "dialog/phrase_check.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "dialog/model.hpp"
#include "support/catch.hpp"
#include "support/config_files.hpp"

using namespace catalina;
using namespace catalina::dialog;
using Catch::Contains;
using nlohmann::ordered_json;

namespace {

const std::string predial = "frases/tramite-predial-pagar.json";
const std::string residence = "frases/tramite-certificado-residencia.json";

// The shipped catalog with the phrases of a few targets, which are learnt in a moment.
catalog::Files few_phrases() {
  constexpr std::array kept{"tramite-predial-pagar", "tramite-certificado-residencia",
                            "tramite-licencia-conduccion", "intent-emergencia"};
  catalog::Files files = test::config_files();
  std::erase_if(files, [&](const catalog::File& file) {
    return file.path.starts_with("frases/") &&
           std::none_of(kept.begin(), kept.end(), [&](const char* name) {
             return file.path == std::string("frases/") + name + ".json";
           });
  });
  return files;
}

// A catalog in the hands of an editor.
struct Catalog {
  catalog::Files files = few_phrases();
  std::shared_ptr<const Knowledge> knowledge;

  template <typename F>
  void edit(const std::string& path, F change) {
    for (catalog::File& file : files) {
      if (file.path != path) continue;
      ordered_json content = ordered_json::parse(file.text);
      change(content);
      file.text = content.dump();
    }
  }
  void add_phrases(const std::string& path, const std::vector<std::string>& phrases) {
    edit(path, [&](ordered_json& content) {
      for (const std::string& phrase : phrases) content["frases"]["otro"].push_back(phrase);
    });
  }
  void add_rule(const std::string& pattern, const std::string& target) {
    edit("intents.json", [&](ordered_json& content) {
      content["reglas"].push_back({{"nombre", "nueva"}, {"objetivo", target}, {"patron", pattern}});
    });
  }
  Edition edition() {
    knowledge = Knowledge::build(files, "", Model::train(files));
    return {files, *knowledge};
  }
};

const Edition& shipped() {
  static Catalog catalog;
  static const Edition edition = catalog.edition();
  return edition;
}

std::vector<Theft> thefts_of(Catalog& next) {
  return find_thefts(shipped(), next.edition());
}

}  // namespace

TEST_CASE("what has not changed, and phrases that are like their own, take nothing") {
  Catalog next;
  CHECK(find_thefts(shipped(), shipped()).empty());
  next.add_phrases(residence,
                   {"en el trabajo nuevo me piden un papel que diga en qué barrio resido",
                    "certificado de residencia para el colegio de la niña",
                    "la junta me pide demostrar que vivo en Manga"});
  for (const Theft& theft : thefts_of(next)) CHECK(in_words(theft) == "");
}

TEST_CASE("a phrase under the wrong target is refused with those it would take") {
  Catalog next;
  next.add_phrases(residence, {"quiero pagar el impuesto predial de mi casa por internet"});
  const auto thefts = thefts_of(next);
  REQUIRE(thefts.size() == 1);
  CHECK(thefts[0].kind == Theft::Kind::phrase);
  CHECK(thefts[0].file == residence);
  CHECK(thefts[0].target == "tramite:certificado-residencia");
  REQUIRE_FALSE(thefts[0].stolen.empty());
  CHECK(thefts[0].stolen[0].owner == "tramite:predial-pagar");
  const std::string text = in_words(thefts[0]);
  CHECK_THAT(text, Contains(residence) && Contains("impuesto predial de mi casa") &&
                       Contains(thefts[0].stolen[0].phrase) && Contains("«tambien»"));
}

TEST_CASE("many phrases under the wrong target are all refused, the list is cut at ten") {
  Catalog next;
  std::vector<std::string> wrong;
  next.edit(predial, [&](const ordered_json& content) {
    for (const auto& [aspect, phrases] : content["frases"].items())
      for (const auto& phrase : phrases)
        if (wrong.size() < 40) wrong.push_back(phrase.get<std::string>() + " porfa");
  });
  next.add_phrases(residence, wrong);
  const auto thefts = thefts_of(next);
  CHECK(thefts.size() >= 20);
  Theft many{.kind = Theft::Kind::rule,
             .file = "intents.json",
             .thief = "regla nueva",
             .target = "faq:x",
             .stolen = {}};
  for (int i = 0; i < 23; ++i) many.stolen.push_back({"m" + std::to_string(i), "tramite:y", "f"});
  CHECK_THAT(in_words(many), Contains("23 mensajes") && Contains("«m9»") && !Contains("«m10»") &&
                                 Contains("y 13 más"));
}

TEST_CASE("one phrase under two targets is refused with both files, unless it is said to be both") {
  Catalog next;
  std::string phrase;
  next.edit(predial, [&](const ordered_json& content) {
    phrase = content["frases"]["costo"][0].get<std::string>();
  });
  const std::string shouted = "¡" + phrase + "!";
  next.add_phrases(residence, {shouted});
  const auto thefts = thefts_of(next);
  const auto duplicate = std::find_if(thefts.begin(), thefts.end(), [](const Theft& theft) {
    return theft.kind == Theft::Kind::duplicate;
  });
  REQUIRE(duplicate != thefts.end());
  CHECK_THAT(in_words(*duplicate), Contains(predial) && Contains(residence) && Contains(phrase));

  next.edit(residence, [&](ordered_json& content) {
    content["tambien"]["tramite:predial-pagar"].push_back(shouted);
  });
  CHECK(thefts_of(next).empty());
}

TEST_CASE("a rule that catches phrases of others is refused by name, and once accepted not again") {
  Catalog next;
  next.add_rule("\\bpredial\\b", "tramite:licencia-conduccion");
  const auto thefts = thefts_of(next);
  REQUIRE(thefts.size() == 1);
  CHECK(thefts[0].kind == Theft::Kind::rule);
  CHECK(thefts[0].stolen.size() > 10);
  CHECK_THAT(in_words(thefts[0]), Catch::StartsWith("intents.json: la regla nueva") &&
                                      Contains("tramite:licencia-conduccion") &&
                                      Contains("faq:predial-recibo"));
  Catalog later = next;
  later.add_rule("\\bzzzz\\b", "tramite:licencia-conduccion");
  CHECK(find_thefts(next.edition(), later.edition()).empty());
}

TEST_CASE("a rule for what is its own takes nothing") {
  Catalog next;
  next.add_rule("^certificado de residencia$", "tramite:certificado-residencia");
  CHECK(thefts_of(next).empty());
}

TEST_CASE("a new phrase that a rule takes first would never be reached, and is refused") {
  Catalog next;
  next.add_phrases(residence, {"mi papá no respira y vive en Manga"});
  const auto thefts = thefts_of(next);
  REQUIRE(thefts.size() == 1);
  CHECK(thefts[0].thief == "regla emergencia: no respira");
  REQUIRE(thefts[0].stolen.size() == 1);
  CHECK(thefts[0].stolen[0].file == residence);
}
