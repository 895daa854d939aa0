// What is kept of a turn so that the next message can refer to it: what else the question may have
// been about, and what was discussed before.
#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.hpp"
#include "dialog/conversation.hpp"
#include "flows/scene.hpp"

namespace catalina::dialog {

// "tramite:predial-pagar:costo" → "tramite:predial-pagar"; empty when the choice answers nothing.
std::string target_of(const std::string& choice);
// What tells `aspect` of a target when it is tapped.
std::string choice_of(const std::string& target, Aspect aspect);

// The answer to the question and what else it may have been about.
void remember_candidates(Scene& scene, const std::vector<Candidate>& candidates, Aspect aspect);
// The choices that were not answered or turned down yet.
std::vector<std::string> untried(const Conversation& conversation);

// At the end of a turn: what was under discussion before it moves into `next.earlier`, and
// alternatives to a question that is over are forgotten.
void settle_memory(const Conversation& before, Conversation& next, const catalog::Catalog& catalog);

// "tramite:a tramite:b" → both.
std::vector<std::string> split_at_spaces(const std::string& ids);

}  // namespace catalina::dialog
