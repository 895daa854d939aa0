// The binary as an operator runs it: arguments, environment, files; an exit status and what it
// said.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "support/temp_dir.hpp"

namespace catalina::test {

using Variables = std::map<std::string, std::string>;

// All that `serve` asks for: a free port, data below `dir`, secrets. The log tells warnings only.
Variables complete(const TempDir& dir);

struct Ended {
  int status = 0;  // or minus the signal that ended it
  std::string output;
  std::string errors;
};

// Runs it to its end, at most a minute. Keeps its files in `dir`.
Ended run(const std::vector<std::string>& arguments, const Variables& variables, const TempDir& dir,
          const std::string& input = "");

std::string read_file(const std::filesystem::path& path);

}  // namespace catalina::test
