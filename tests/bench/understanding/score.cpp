#include "score.hpp"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace catalina::bench {
namespace {

using dialog::Decision;

constexpr const char* out_of_scope = "intent:fuera_de_alcance";
constexpr const char* emergency = "intent:emergencia";
constexpr std::size_t most_offered = 3;
constexpr std::size_t most_confusions = 25;

bool accepts(const LabelledMessage& message, const std::string& target) {
  return std::find(message.accept.begin(), message.accept.end(), target) != message.accept.end();
}

bool selected(const std::string& id, Ids ids) {
  if (ids == Ids::all) return true;
  const bool odd = (id.back() - '0') % 2 == 1;
  return odd == (ids == Ids::odd);
}

void print_most(std::FILE* out, const char* title,
                const std::map<std::pair<std::string, std::string>, int>& pairs) {
  std::vector<std::pair<int, std::string>> lines;
  for (const auto& [pair, count] : pairs)
    lines.emplace_back(-count, pair.first + " -> " + pair.second);
  std::sort(lines.begin(), lines.end());
  lines.resize(std::min(lines.size(), most_confusions));
  std::fprintf(out, "\n%s\n", title);
  for (const auto& [count, line] : lines) std::fprintf(out, "  %3d  %s\n", -count, line.c_str());
}

}  // namespace

std::vector<LabelledMessage> read_messages(const std::filesystem::path& file, Ids ids) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error(file.string() + " cannot be read");
  std::vector<LabelledMessage> messages;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    try {
      const auto read = nlohmann::json::parse(line);
      LabelledMessage message{read.at("id"), read.at("text"), read.at("accept"), read.at("style"),
                              read.at("aspect")};
      if (message.id.empty() || message.accept.empty())
        throw std::runtime_error("id or accept is empty");
      if (selected(message.id, ids)) messages.push_back(std::move(message));
    } catch (const std::exception& error) {
      throw std::runtime_error(file.string() + ":" + std::to_string(number) + ": " + error.what());
    }
  }
  return messages;
}

void Score::add(const LabelledMessage& message, const dialog::Understanding& understanding) {
  const std::string first =
      understanding.candidates.empty() ? "nothing" : understanding.candidates.front().target;
  const bool right = accepts(message, first);
  const bool refused = understanding.decision == Decision::fallback ||
                       (understanding.decision == Decision::talk && first == out_of_scope);
  const bool answered = !refused && understanding.decision != Decision::clarify;
  for (Counts* counts : {&total_, &by_style_[message.style]}) {
    ++counts->messages;
    counts->top_1 += right;
    counts->wrong += answered && !right;
    if (understanding.decision != Decision::clarify) continue;
    ++counts->clarified;
    const auto& offered = understanding.candidates;
    const auto end =
        offered.begin() + static_cast<std::ptrdiff_t>(std::min(offered.size(), most_offered));
    counts->clarify_hits += std::any_of(offered.begin(), end, [&](const auto& candidate) {
      return accepts(message, candidate.target);
    });
  }
  Share& refusals = accepts(message, out_of_scope) ? out_of_scope_ : false_refusals_;
  ++refusals.of;
  refusals.part += refused;
  if (message.accept.front() == emergency) {
    ++emergencies_.of;
    emergencies_.part += answered && first == emergency;
  }
  const std::string aspect(dialog::to_string(understanding.aspect));
  ++aspects_.of;
  aspects_.part += aspect == message.aspect;
  if (aspect != message.aspect) ++aspect_confusions_[{message.aspect, aspect}];
  if (!right) ++confusions_[{message.accept.front(), first}];
}

void Score::print_share(std::FILE* out, const char* name, Share share) {
  std::fprintf(out, "%-22s %4d of %4d  %6.2f %%\n", name, share.part, share.of,
               share.of == 0 ? 0.0 : 100.0 * share.part / share.of);
}

void Score::print(std::FILE* out) const {
  print_share(out, "first candidate right", {total_.top_1, total_.messages});
  print_share(out, "wrong answers", {total_.wrong, total_.messages});
  print_share(out, "asked back", {total_.clarified, total_.messages});
  print_share(out, "  right one offered", {total_.clarify_hits, total_.clarified});
  print_share(out, "out of scope refused", out_of_scope_);
  print_share(out, "false refusals", false_refusals_);
  print_share(out, "emergencies told", emergencies_);
  print_share(out, "aspect right", aspects_);
  std::fprintf(out, "\n%-12s %8s %8s %8s %8s\n", "style", "messages", "right", "wrong", "asked");
  for (const auto& [style, counts] : by_style_)
    std::fprintf(out, "%-12s %8d %8d %8d %8d\n", style.c_str(), counts.messages, counts.top_1,
                 counts.wrong, counts.clarified);
  print_most(out, "targets taken for another:", confusions_);
  print_most(out, "aspects taken for another:", aspect_confusions_);
}

}  // namespace catalina::bench
