#include <algorithm>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "app/catalog_source.hpp"
#include "app/trained_model.hpp"
#include "catalog/text.hpp"
#include "commands/commands.hpp"
#include "core/clock.hpp"
#include "dialog/knowledge.hpp"
#include "dialog/understand.hpp"

namespace catalina::commands {
namespace {

constexpr std::size_t max_echo = 4096;  // UTF-16 units of the message repeated in the answer

std::string to_json_line(std::string_view message, const dialog::Understanding& understanding) {
  nlohmann::ordered_json line{{"text", text::sanitize(message, max_echo)},
                              {"decision", dialog::to_string(understanding.decision)},
                              {"candidates", nlohmann::ordered_json::array()},
                              {"aspect", dialog::to_string(understanding.aspect)},
                              {"entities", nlohmann::ordered_json::object()}};
  for (const dialog::Candidate& candidate : understanding.candidates)
    line["candidates"].push_back(
        {{"target", candidate.target}, {"confidence", candidate.confidence}});
  for (const auto& [name, value] : understanding.entities) line["entities"][name] = value;
  return line.dump();
}

void print_timing(std::vector<double> micros) {
  if (micros.empty()) return;
  std::sort(micros.begin(), micros.end());
  const auto at = [&](double share) {
    return micros[static_cast<std::size_t>(share * double(micros.size() - 1))];
  };
  std::cerr << "messages " << micros.size() << ", p50 " << at(0.5) << " us, p99 " << at(0.99)
            << " us, max " << micros.back() << " us\n";
}

}  // namespace

int classify(const Settings& settings, bool timing) {
  const catalog::Files files = read_catalog(settings.config_dir);
  const auto knowledge = dialog::Knowledge::build(files, "files", model_for(files, {}));
  const Clock clock = make_clock(settings);
  std::ios::sync_with_stdio(false);
  std::vector<double> micros;
  for (std::string message; std::cout && std::getline(std::cin, message);) {
    const auto start = std::chrono::steady_clock::now();
    const dialog::Understanding understanding =
        knowledge->recognizer->understand(message, clock.now());
    if (timing)
      micros.push_back(
          std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start)
              .count());
    std::cout << to_json_line(message, understanding) << '\n';
  }
  std::cout.flush();
  if (timing) print_timing(std::move(micros));
  return std::cout ? 0 : 1;
}

}  // namespace catalina::commands
