#include "flows/memory.hpp"

#include <algorithm>

#include "flows/flows.hpp"
#include "target.hpp"

namespace catalina::dialog {
namespace {

constexpr std::size_t most_earlier = 3;
// Below this a candidate is noise, and offering it would be a wrong answer in instalments.
constexpr double worth_offering = 0.03;

// What the next message will find under discussion: the topic, or what was offered and left open.
std::string thread_of(const Conversation& conversation) {
  if (!conversation.numbered || conversation.alternatives.empty() || !conversation.tried.empty()) {
    return conversation.topic;
  }
  std::string thread;
  for (const std::string& choice : conversation.alternatives) {
    thread += (thread.empty() ? "" : " ") + target_of(choice);
  }
  return thread;
}

bool holds(const std::string& thread, const std::string& subject, const catalog::Catalog& catalog) {
  const std::vector<std::string> targets = split_at_spaces(thread);
  return std::any_of(targets.begin(), targets.end(), [&](const std::string& target) {
    return subject_of(catalog, target) == subject;
  });
}

// Of corruption nothing is brought up again.
bool is_sealed(const std::string& thread) {
  const std::vector<std::string> targets = split_at_spaces(thread);
  return std::any_of(targets.begin(), targets.end(), is_confidential);
}

void forget_over(const Conversation& before, Conversation& next, const catalog::Catalog& catalog) {
  const bool renewed = next.alternatives != before.alternatives;
  if (renewed || next.topic == before.topic) return;
  const std::string subject = subject_of(catalog, next.topic);
  const bool among = std::any_of(
      next.alternatives.begin(), next.alternatives.end(),
      [&](const std::string& choice) { return subject_of(catalog, target_of(choice)) == subject; });
  if (among) return;
  next.alternatives.clear();
  next.tried.clear();
}

}  // namespace

std::string target_of(const std::string& choice) {
  const std::optional<Choice> read = parse_choice(choice);
  if (!read) return "";
  switch (read->kind) {
    case Choice::Kind::tramite:
    case Choice::Kind::aspect:
    case Choice::Kind::questions:
    case Choice::Kind::question:
      return "tramite:" + read->id;
    case Choice::Kind::faq:
      return choice;
    default:
      return "";
  }
}

std::string choice_of(const std::string& target, Aspect aspect) {
  if (aspect == Aspect::general || !target.starts_with(tramite_prefix)) return target;
  return aspect_choice(target.substr(tramite_prefix.size()), aspect);
}

void remember_candidates(Scene& scene, const std::vector<Candidate>& candidates, Aspect aspect) {
  Conversation& next = scene.conversation();
  next.alternatives.clear();
  next.tried.clear();
  for (const Candidate& candidate : candidates) {
    const bool answers = !candidate.target.starts_with(intent_prefix);
    if (answers && candidate.confidence >= worth_offering) {
      next.alternatives.push_back(choice_of(candidate.target, aspect));
    }
  }
  if (!next.alternatives.empty()) next.tried.push_back(next.alternatives.front());
}

std::vector<std::string> untried(const Conversation& conversation) {
  std::vector<std::string> left = conversation.alternatives;
  std::erase_if(left, [&](const std::string& choice) {
    return std::find(conversation.tried.begin(), conversation.tried.end(), choice) !=
           conversation.tried.end();
  });
  return left;
}

void settle_memory(const Conversation& before, Conversation& next,
                   const catalog::Catalog& catalog) {
  forget_over(before, next, catalog);
  const std::string left = thread_of(before);
  const std::string now = thread_of(next);
  const auto same_as_now = [&](const std::string& thread) {
    return thread == now || (!now.empty() && holds(thread, subject_of(catalog, now), catalog));
  };
  std::erase_if(next.earlier,
                [&](const std::string& thread) { return thread == left || same_as_now(thread); });
  // Two questions at once have put it there already, behind the first of them.
  const bool kept = std::find(next.earlier.begin(), next.earlier.end(), left) != next.earlier.end();
  if (!kept && !left.empty() && !same_as_now(left) && !is_sealed(left)) {
    next.earlier.insert(next.earlier.begin(), left);
  }
  if (next.earlier.size() > most_earlier) next.earlier.resize(most_earlier);
}

std::vector<std::string> split_at_spaces(const std::string& ids) {
  std::vector<std::string> out;
  std::size_t begin = 0;
  while (begin < ids.size()) {
    const std::size_t space = std::min(ids.find(' ', begin), ids.size());
    out.push_back(ids.substr(begin, space - begin));
    begin = space + 1;
  }
  return out;
}

}  // namespace catalina::dialog
