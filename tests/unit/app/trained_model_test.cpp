#include "app/trained_model.hpp"

#include <fstream>

#include "app/catalog_source.hpp"
#include "support/catch.hpp"
#include "support/temp_dir.hpp"

using namespace catalina;

namespace {

// Few phrases, so that learning takes no time.
catalog::Files other_catalog() {
  return {{"frases/intent-saludo.json",
           R"({"objetivo": "intent:saludo", "frases": {"otro": ["hola", "buenas"]}})"},
          {"frases/intent-despedida.json",
           R"({"objetivo": "intent:despedida", "frases": {"otro": ["adiós", "chao"]}})"}};
}

std::filesystem::file_time_type written(const test::TempDir& dir) {
  return std::filesystem::last_write_time(dir / "model.bin");
}

}  // namespace

TEST_CASE("the phrases that the binary carries were learnt while it was built") {
  CHECK(model_for(read_catalog({}), {}) == built_in_model());
}

TEST_CASE("what other phrases teach is learnt once and kept") {
  const test::TempDir dir;
  const auto first = model_for(other_catalog(), dir.path());
  CHECK(first->fingerprint() == dialog::Model::fingerprint_of(other_catalog()));
  const auto kept_at = written(dir);
  const auto second = model_for(other_catalog(), dir.path());
  CHECK(second->to_bytes() == first->to_bytes());
  CHECK(written(dir) == kept_at);
}

TEST_CASE("a kept model that is damaged is learnt anew and replaced") {
  const test::TempDir dir;
  const std::string whole = model_for(other_catalog(), dir.path())->to_bytes();
  std::ofstream(dir / "model.bin", std::ios::binary) << whole.substr(0, whole.size() / 2);
  CHECK(model_for(other_catalog(), dir.path())->to_bytes() == whole);
  CHECK(std::filesystem::file_size(dir / "model.bin") == whole.size());
}

TEST_CASE("a folder that cannot be written costs the next start its time and nothing else") {
  const test::TempDir dir;
  CHECK(model_for(other_catalog(), dir / "is-not-there")->fingerprint() ==
        dialog::Model::fingerprint_of(other_catalog()));
}
