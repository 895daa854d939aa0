// catalina_train CONFIG FILE: learns from the phrases in the folder CONFIG while Catalina is being
// built, and writes what was learnt to FILE (app/trained_model.hpp).
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "dialog/model.hpp"

namespace {

using catalina::catalog::Files;
namespace fs = std::filesystem;

Files read_json_files(const fs::path& root) {
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    if (!in) throw std::runtime_error(entry.path().string() + " cannot be read");
    files.push_back({fs::relative(entry.path(), root).generic_string(),
                     std::string(std::istreambuf_iterator<char>(in), {})});
  }
  std::sort(files.begin(), files.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: catalina_train CONFIG FILE\n";
    return 2;
  }
  try {
    const auto model = catalina::dialog::Model::train(read_json_files(argv[1]));
    std::ofstream out(argv[2], std::ios::binary);
    out << model->to_bytes() << std::flush;
    if (!out) throw std::runtime_error(std::string(argv[2]) + " cannot be written");
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
