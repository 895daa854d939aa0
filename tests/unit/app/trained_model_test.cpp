#include "app/trained_model.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

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

std::string contents_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Of a kept file whose model has `size` bytes: the last bit of it that changes nothing in how it
// reads.
std::string with_wrong_weight(std::string kept, std::size_t size) {
  for (std::size_t i = size; i-- > sizeof(std::uint64_t);) {
    kept[i] = static_cast<char>(kept[i] ^ 1);
    try {
      dialog::Model::from_bytes(std::string_view(kept).substr(0, size));
      return kept;
    } catch (const std::runtime_error&) {
      kept[i] = static_cast<char>(kept[i] ^ 1);
    }
  }
  FAIL("every bit is noticed without a checksum");
  return kept;
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

TEST_CASE("a kept model that is damaged anywhere is learnt anew and replaced") {
  const test::TempDir dir;
  const std::string learnt = model_for(other_catalog(), dir.path())->to_bytes();
  const std::string whole = contents_of(dir / "model.bin");
  std::string kept = whole;
  SECTION("torn") {
    kept.resize(kept.size() / 2);
  }
  SECTION("without its end") {
    kept.pop_back();
  }
  SECTION("empty") {
    kept.clear();
  }
  SECTION("one bit of a weight") {
    kept = with_wrong_weight(whole, learnt.size());
  }
  SECTION("with more behind it") {
    kept += 'x';
  }
  std::ofstream(dir / "model.bin", std::ios::binary) << kept;
  CHECK(ready_model(other_catalog(), dir.path()) == nullptr);
  CHECK(model_for(other_catalog(), dir.path())->to_bytes() == learnt);
  CHECK(contents_of(dir / "model.bin") == whole);
  CHECK_FALSE(std::filesystem::exists(dir / "model.bin.new"));
}

TEST_CASE("a folder that cannot be written costs the next start its time and nothing else") {
  const test::TempDir dir;
  CHECK(model_for(other_catalog(), dir / "is-not-there")->fingerprint() ==
        dialog::Model::fingerprint_of(other_catalog()));
}
