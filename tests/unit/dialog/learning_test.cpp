#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <numeric>

#include "catalog/text.hpp"
#include "dialog/model.hpp"
#include "learning/attention.hpp"
#include "learning/classifier.hpp"
#include "learning/features.hpp"
#include "learning/noise.hpp"
#include "learning/trainer.hpp"
#include "support/catch.hpp"
#include "understanding/normalize.hpp"

using namespace catalina;
using namespace catalina::dialog;

namespace {

std::vector<std::uint64_t> ids_of(std::string_view text) {
  std::vector<std::uint64_t> ids;
  for (const Feature& feature : features_of(text).list) ids.push_back(feature.id);
  return ids;
}

const std::vector<std::pair<std::string, std::size_t>> lessons = {
    {"cuánto debo de predial", 0},       {"pagar el impuesto de mi casa", 0},
    {"el recibo del predial", 0},        {"hay un hueco en la calle", 1},
    {"la vía está llena de baches", 1},  {"tapen ese hueco", 1},
    {"el vecino tiene el picó duro", 2}, {"mucha bulla de noche", 2},
    {"la música no deja dormir", 2}};

Examples examples() {
  Examples out;
  for (const auto& [text, label] : lessons) out.add(features_of(text), {label});
  return out;
}

Classifier taught() {
  return train({"predial", "huecos", "ruido"}, examples());
}

std::string bytes_of(const Classifier& classifier) {
  std::string bytes;
  classifier.append_to(bytes);
  return bytes;
}

std::size_t best(const Classifier& classifier, std::string_view text) {
  const std::vector<double> chances = classifier.probabilities(features_of(text));
  return static_cast<std::size_t>(std::max_element(chances.begin(), chances.end()) -
                                  chances.begin());
}

catalog::Files small_catalog(const std::string& phrase, const std::string& price = "gratis") {
  return {
      {"frases/tramite-predial.json",
       R"({"objetivo": "tramite:predial", "frases": {"general": [")" + phrase + R"("]}})"},
      {"frases/tramite-ruido.json",
       R"({"objetivo": "tramite:ruido", "frases": {"otro": ["el picó de la esquina"]}})"},
      {"tramites/predial.json",
       R"({"id": "predial", "nombre": "Impuesto predial", "nombres_populares": [], "costo": ")" +
           price + R"("})"},
      {"tramites/ruido.json",
       R"({"id": "ruido", "nombre": "Ruido", "nombres_populares": ["bulla"]})"}};
}

}  // namespace

TEST_CASE("features are sorted, tell their words, and are few enough for any message") {
  const Features features = features_of("el predial, el predial y otra vez el predial");
  REQUIRE(features.words.size() == 9);
  CHECK(features.words.back().clause == 1);
  CHECK(features.words[1].sound == features.words[8].sound);
  const auto by_id = [](const Feature& a, const Feature& b) { return a.id < b.id; };
  CHECK(std::is_sorted(features.list.begin(), features.list.end(), by_id));
  std::vector<std::uint16_t> places;
  for (const Feature& feature : features.list)
    if (feature.id == word_feature("predial")) places.push_back(feature.first);
  CHECK(places == std::vector<std::uint16_t>{1, 3, 8});

  std::string readable;
  for (std::size_t i = 0; i < most_words; ++i) readable += "palabra" + std::to_string(i) + ' ';
  CHECK(ids_of(readable + readable + "y mucho más") == ids_of(readable));
  CHECK(ids_of("").empty());
  CHECK(ids_of("😀 ¿? ...").empty());
}

TEST_CASE("words written by ear have the features of the right spelling") {
  CHECK(ids_of("que hace el vecino") == ids_of("KE ASE EL BESINO"));
  CHECK(word_feature("certificado") == word_feature("sertificado"));
  CHECK(word_feature("casa") != word_feature("cosa"));
}

TEST_CASE("it matters in which clause a word stands") {
  CHECK(ids_of("ya tengo el sisbén, quiero la eps") != ids_of("ya tengo la eps, quiero el sisbén"));
}

TEST_CASE("a classifier learns what it is taught and is less sure of what it was not") {
  const Classifier classifier = taught();
  for (const auto& [text, label] : lessons) {
    INFO(text);
    CHECK(best(classifier, text) == label);
  }
  CHECK(best(classifier, "tengo un bache enorme en mi calle") == 1);

  const auto sure = classifier.probabilities(features_of("pagar el impuesto de mi casa"));
  CHECK(std::accumulate(sure.begin(), sure.end(), 0.0) == Approx(1));
  const auto unknown = classifier.probabilities(features_of("xyzzy plugh"));
  CHECK(*std::max_element(sure.begin(), sure.end()) >
        *std::max_element(unknown.begin(), unknown.end()));
}

TEST_CASE("a classifier tells which words speak for a label") {
  const Classifier classifier = taught();
  CHECK(classifier.support(word_feature("predial"), 0) > 0);
  CHECK(classifier.support(word_feature("predial"), 1) < 0);
  CHECK(classifier.support(word_feature("sisbén"), 0) == 0);
}

TEST_CASE("what is said of some words is learnt for all that stand in their place") {
  const std::vector<std::string> matters = {"el sisbén", "la eps", "la licencia", "el predial",
                                            "el comparendo"};
  const auto contrast = [&](std::size_t had, std::size_t wanted) {
    return "ya tengo " + matters[had] + ", ahora quiero " + matters[wanted];
  };
  const std::size_t never_had = 0;
  const std::size_t never_wanted = 4;
  Examples lessons_of_contrast;
  for (std::size_t wanted = 0; wanted < matters.size(); ++wanted) {
    for (int times = 0; times < 8; ++times)
      lessons_of_contrast.add(features_of(matters[wanted]), {wanted});
    for (std::size_t had = 0; had < matters.size(); ++had)
      if (had != wanted && had != never_had && wanted != never_wanted)
        lessons_of_contrast.add(features_of(contrast(had, wanted)), {wanted});
  }
  const Classifier classifier = train({"a", "b", "c", "d", "e"}, std::move(lessons_of_contrast));
  CHECK(best(classifier, contrast(never_had, never_wanted)) == never_wanted);
}

TEST_CASE("a word is heard by what stands around it") {
  const std::vector<Word> words = features_of("ya tengo la eps, quiero el sisbén").words;
  std::vector<float> table(attention_places, 0);
  CHECK(Attention(table).of(words) == std::vector<float>(words.size(), 1));
  for (const std::uint32_t place : surroundings_of(words, 3)) table[place] = -1;
  const std::vector<float> heard = Attention(table).of(words);
  CHECK(heard[3] < 0.1F);
  CHECK(heard[3] >= 0);
  CHECK(heard[6] > heard[3]);
  for (float& value : table) value = -value;
  CHECK(Attention(table).of(words)[3] <= 2);

  std::string bytes;
  Attention(table).append_to(bytes);
  ByteReader whole(bytes);
  CHECK(Attention::from_bytes(whole).of(words) == Attention(table).of(words));
  CHECK(whole.at_end());
  ByteReader cut(std::string_view(bytes).substr(0, bytes.size() - 1));
  CHECK_THROWS_AS(Attention::from_bytes(cut), std::runtime_error);
}

TEST_CASE("the same lessons give the same bytes") {
  CHECK(bytes_of(taught()) == bytes_of(taught()));
}

TEST_CASE("of two right labels the best one gets the larger share") {
  Examples both;
  both.add(features_of("me cobraron de más en la playa"), {0, 1});
  both.add(features_of("otra cosa muy distinta"), {2});
  const Classifier classifier = train({"first", "second", "other"}, std::move(both));
  const auto chances = classifier.probabilities(features_of("me cobraron de más en la playa"));
  CHECK(chances[0] > chances[1]);
  CHECK(chances[1] > chances[2]);
}

TEST_CASE("a kept classifier reads back as it was, where it is, and keeps its bytes") {
  const Classifier written = taught();
  auto bytes = std::make_shared<const std::string>(bytes_of(written) + "rest");
  ByteReader reader(*bytes);
  const Classifier read(reader, bytes);
  CHECK(reader.take<std::array<char, 4>>() == std::array{'r', 'e', 's', 't'});
  bytes.reset();
  CHECK(read.labels() == written.labels());
  const auto message = features_of("hay un hueco lleno de agua");
  CHECK(read.probabilities(message) == written.probabilities(message));
  CHECK(bytes_of(read) == bytes_of(written));
}

TEST_CASE("a classifier that is cut anywhere, moved, or of another version, is refused") {
  const auto is_refused = [](std::string_view bytes) {
    try {
      ByteReader reader(bytes);
      Classifier(reader, nullptr);
      return false;
    } catch (const std::runtime_error&) {
      return true;
    }
  };
  const std::string whole = bytes_of(taught());
  REQUIRE_FALSE(is_refused(whole));
  for (std::size_t length = 0; length < whole.size(); length += 1 + length / 50) {
    INFO(length);
    CHECK(is_refused(std::string_view(whole).substr(0, length)));
  }
  CHECK(is_refused(std::string_view(whole).substr(1)));
  std::string other = whole;
  ++other[0];
  CHECK(is_refused(other));
  std::string huge = whole;
  huge[sizeof(std::uint32_t) + 5] = '\x7f';  // a number of labels beyond all sense
  CHECK(is_refused(huge));
}

TEST_CASE("among thousands of labels each feature keeps weights of the few that it concerns") {
  const std::size_t many = 3000;
  const auto own = [](std::size_t i) { return "palabra" + std::to_string(i * 7919); };
  Examples lessons_of_many;
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < many; ++i) {
    labels.push_back(std::to_string(i));
    lessons_of_many.add(features_of("quiero " + own(i)), {i});
    lessons_of_many.add(features_of(own(i) + " por favor"), {i});
  }
  const Classifier classifier = train(labels, std::move(lessons_of_many));
  CHECK(best(classifier, "necesito " + own(17)) == 17);
  CHECK(best(classifier, own(2998)) == 2998);
  CHECK(classifier.support(word_feature(own(17)), 17) > 0);
  CHECK(bytes_of(classifier).size() < many * 20000);  // a weight for every label would be 60,000
}

TEST_CASE("variants of a phrase are readable text and always the same") {
  std::mt19937 first(7);
  std::mt19937 second(7);
  bool changed = false;
  for (int i = 0; i < 200; ++i) {
    const std::string phrase = "señor, ¿cómo arreglo el andén de la Ñapa? 😀";
    const std::string slipped = with_slips(phrase, first);
    CHECK(text::is_valid_utf8(slipped));
    CHECK(slipped == with_slips(phrase, second));
    changed = changed || slipped != phrase;
    const std::string polite = with_courtesies(phrase, first);
    CHECK(polite == with_courtesies(phrase, second));
    CHECK(polite.find(phrase) != std::string::npos);
    CHECK(polite.size() > phrase.size());
  }
  CHECK(changed);
}

TEST_CASE("a model knows what it was learnt from") {
  const auto model = Model::train(small_catalog("cuánto debo de predial"));
  CHECK(model->fingerprint() == Model::fingerprint_of(small_catalog("cuánto debo de predial")));
  CHECK(model->fingerprint() ==
        Model::fingerprint_of(small_catalog("cuánto debo de predial", "mil pesos")));
  CHECK(model->fingerprint() != Model::fingerprint_of(small_catalog("cuanto debo de predial")));

  const auto again = Model::from_bytes(model->to_bytes());
  CHECK(again->fingerprint() == model->fingerprint());
  CHECK(again->to_bytes() == model->to_bytes());
  CHECK_THROWS_AS(Model::from_bytes(""), std::runtime_error);
  CHECK_THROWS_AS(Model::from_bytes(model->to_bytes() + "x"), std::runtime_error);
}

TEST_CASE("phrases of a target that does not exist, or in the wrong file, are named") {
  const auto problem_of = [](const char* path, const char* text) {
    catalog::Files files = small_catalog("cuánto debo");
    files.push_back({path, text});
    try {
      Model::train(files);
      return std::string();
    } catch (const std::runtime_error& error) {
      return std::string(error.what());
    }
  };
  CHECK(problem_of("frases/tramite-luna.json",
                   R"({"objetivo": "tramite:luna", "frases": {"otro": ["viaje a la luna"]}})") ==
        "frases/tramite-luna.json: objetivo: no existe «tramite:luna»");
  CHECK(problem_of("frases/tramite-sol.json",
                   R"({"objetivo": "tramite:ruido", "frases": {"otro": ["sol"]}})")
            .find("se esperaba «tramite:sol»") != std::string::npos);
  CHECK(problem_of("frases/intent-saludo.json",
                   R"({"objetivo": "intent:saludo", "frases": {"nada": ["hola"]}})")
            .find("no existe «nada»") != std::string::npos);
  CHECK(problem_of("frases/intent-saludo.json", "{")
            .find("frases/intent-saludo.json: no es JSON válido") != std::string::npos);
}
