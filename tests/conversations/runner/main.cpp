// conversations FILE…: plays each transcript on a new database. Exit status 0 when all hold.
#include <cstdio>
#include <fstream>
#include <iterator>

#include "app/catalog_source.hpp"
#include "app/trained_model.hpp"
#include "conversations/runner/player.hpp"
#include "core/log.hpp"
#include "support/temp_dir.hpp"

int main(int argc, char** argv) {
  using namespace catalina;
  log::configure(log::Level::error, log::Format::text);
  int failures = 0;
  try {
    const auto knowledge = dialog::Knowledge::build(read_catalog({}), "configured", built_in_model());
    for (int i = 1; i < argc; ++i) {
      const std::string file = argv[i];
      std::ifstream in(file, std::ios::binary);
      if (!in) throw std::runtime_error(file + " cannot be read");
      const std::string text{std::istreambuf_iterator<char>(in), {}};
      try {
        const test::TempDir folder;
        test::Player player(folder.path(), knowledge);
        player.play(test::parse_transcript(text, file), file);
      } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        ++failures;
      }
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return failures == 0 ? 0 : 1;
}
