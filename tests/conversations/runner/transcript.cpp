#include "conversations/runner/transcript.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <stdexcept>

namespace catalina::test {
namespace {

constexpr std::array verbs{"given",  "user",  "bot",     "wait", "status",
                           "notice", "staff", "restart", "state"};

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

}  // namespace

std::vector<Step> parse_transcript(std::string_view text, const std::string& file) {
  std::vector<Step> steps;
  std::istringstream in{std::string(text)};
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (trimmed(line).empty() || line.front() == '#') continue;
    const auto fail = [&](const std::string& why) {
      return std::runtime_error(file + ":" + std::to_string(number) + ": " + why);
    };
    if (line.front() == ' ' || line.front() == '\t') {
      if (steps.empty()) throw fail("a continuation without a step above it");
      steps.back().lines.push_back(trimmed(line));
      continue;
    }
    const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
    std::string verb = line.substr(0, end);
    std::string person;
    if (const auto at = verb.find('@'); at != std::string::npos) {
      person = verb.substr(at + 1);
      verb.resize(at);
    }
    if (std::find(verbs.begin(), verbs.end(), verb) == verbs.end())
      throw fail("\"" + verb + "\" is not a verb");
    steps.push_back({number, verb, person, {trimmed(std::string_view(line).substr(end))}});
  }
  return steps;
}

}  // namespace catalina::test
