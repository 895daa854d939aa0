#include "app/published_catalog.hpp"

#include <filesystem>
#include <fstream>

#include "app/catalog_source.hpp"
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

  std::string version() { return load_or_publish(writer, config, now)->version; }
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
  f.replace("tramites/pico-y-placa.json", "pico y placa", "pico y placa de hoy");
  CHECK(f.version() == "2");
}

TEST_CASE("what somebody published by hand stays in force whatever the configuration says") {
  Fixture f;
  CHECK(f.version() == "1");
  f.replace("tramites/pico-y-placa.json", "pico y placa", "pico y placa de hoy");
  CHECK(publish_catalog(f.writer, read_catalog(f.config), "import", "nuevo nombre", now).version ==
        2);
  f.replace("tramites/pico-y-placa.json", "pico y placa de hoy", "pico y placa de ayer");
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
