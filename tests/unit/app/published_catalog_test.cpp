#include "app/published_catalog.hpp"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/catalog_source.hpp"
#include "app/trained_model.hpp"
#include "dialog/words.hpp"
#include "store/transaction.hpp"
#include "support/catch.hpp"
#include "support/temp_dir.hpp"

using namespace catalina;

namespace {

const Time now = parse_utc("2026-11-21T14:30:00Z");

// A store and a copy of the shipped configuration to change.
struct Fixture {
  Fixture() {
    std::filesystem::copy(std::filesystem::path(CATALINA_SOURCE_DIR) / "config", config, recursive);
  }

  std::string version() { return load_or_publish(writer, config, dir.path(), now)->version; }
  void replace(const std::string& file, const std::string& old_text,
               const std::string& new_text) const {
    for (catalog::File& read : read_catalog(config)) {
      if (read.path != file) continue;
      const auto at = read.text.find(old_text);
      REQUIRE(at != std::string::npos);
      std::ofstream(config / file) << read.text.replace(at, old_text.size(), new_text);
    }
  }

  static constexpr auto recursive = std::filesystem::copy_options::recursive;
  test::TempDir dir;
  std::filesystem::path config = dir / "config";
  Clock clock = Clock::frozen_at(now);
  store::Writer writer{[this] {
                         store::WriterOptions options;
                         options.file = dir / "catalina.db";
                         return options;
                       }(),
                       clock};
};

}  // namespace

TEST_CASE(
    "the configured catalog is published at the first start, and again only when it has changed") {
  Fixture f;
  CHECK(f.version() == "1");
  CHECK(f.version() == "1");
  f.replace("tramites/pico-y-placa.json", "Te dice si tu placa", "Te dice hoy si tu placa");
  CHECK(f.version() == "2");
}

TEST_CASE("what somebody published by hand stays in force whatever the configuration says") {
  Fixture f;
  CHECK(f.version() == "1");
  f.replace("tramites/pico-y-placa.json", "Te dice si tu placa", "Te dice hoy si tu placa");
  CHECK(publish_catalog(f.writer, read_catalog(f.config), "import", "nuevo nombre", now).version ==
        2);
  f.replace("tramites/pico-y-placa.json", "Te dice hoy si tu placa", "Te dice ayer si tu placa");
  CHECK(f.version() == "2");
}

TEST_CASE(
    "a configuration that is not valid is refused with file and field, and nothing is published") {
  Fixture f;
  f.replace("tramites/predial-pagar.json", "\"formula\"", "\"regalado\"");
  CHECK_THROWS_WITH(f.version(), Catch::Contains("tramites/predial-pagar.json:") &&
                                     Catch::Contains("costo.tipo"));
  f.replace("tramites/predial-pagar.json", "\"regalado\"", "\"formula\"");
  CHECK(f.version() == "1");
}

TEST_CASE("a catalog with which Catalina could not start is refused before anything is published") {
  const Fixture f;
  const auto refused = [&] {
    try {
      require_valid(read_catalog(f.config));
    } catch (const std::runtime_error& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  REQUIRE(refused() == "accepted");
  SECTION("a hoja de vida is gone that the phrases name") {
    std::filesystem::remove(f.config / "tramites/club-deportivo.json");
    CHECK_THAT(refused(),
               Catch::Contains("frases/") && Catch::Contains("«tramite:club-deportivo»"));
  }
  SECTION("a text has a placeholder that nobody fills in") {
    f.replace("words.json", "¡Hola! Soy *Catalina*, la", "¡Hola, {nombre}! Soy *Catalina*, la");
    CHECK_THAT(refused(), Catch::Contains("words.json: textos.saludo: sobra {nombre}"));
  }
  SECTION("a pattern is broken") {
    f.replace("intents.json", "\\\\bpasaportes?\\\\b", "(pasaportes?");
    CHECK_THAT(refused(), Catch::Contains("intents.json: remisiones[0]"));
  }
}

TEST_CASE("what was published by an earlier release is completed with what this one says") {
  Fixture f;
  catalog::Files files = read_catalog(f.config);
  for (catalog::File& file : files) {
    if (file.path != "words.json") continue;
    nlohmann::json words = nlohmann::json::parse(file.text);
    words["textos"].erase("estado");
    words["textos"]["de_nada"] = "A la orden.";
    words["textos"]["un_texto_de_antes"] = "Ya nadie lo dice.";
    file.text = words.dump();
  }
  const auto publish = [&] {
    f.writer.run(
        [&](store::WriteTx& tx) { store::CatalogVersions::publish(tx, files, "import", "", now); });
  };
  const std::shared_ptr<const dialog::Words> built_in =
      dialog::Knowledge::build(read_catalog({}), "", built_in_model())->words;
  SECTION("texts one by one") {
    publish();
    const auto words = load_or_publish(f.writer, f.config, f.dir.path(), now)->words;
    CHECK(words->say(dialog::Text::status) == built_in->say(dialog::Text::status));
    CHECK(words->say(dialog::Text::welcome) == "A la orden.");
  }
  SECTION("files as a whole") {
    std::erase_if(files, [](const catalog::File& file) {
      return file.path == "words.json" || file.path == "intents.json" || file.path == "plazos.json";
    });
    publish();
    const auto knowledge = load_or_publish(f.writer, f.config, f.dir.path(), now);
    CHECK(knowledge->version == "1");
    CHECK(knowledge->words->say(dialog::Text::welcome) == built_in->say(dialog::Text::welcome));
    CHECK(knowledge->recognizer != nullptr);
    CHECK(knowledge->catalog->legal_terms().find("PET") != nullptr);
  }
}
