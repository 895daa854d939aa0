// What is done about a message: the first rule that matches decides, else what was learnt and how
// sure that is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.hpp"
#include "dialog/understand.hpp"
#include "learning/classifier.hpp"
#include "understanding/patterns.hpp"

namespace catalina::dialog {

// How sure is sure enough to answer: lower answers more and errs more. The README says what this
// and the next lead to.
inline constexpr double answer_from = 0.7;
// A less sure one is answered when no other is near: it has to be so many times as likely.
inline constexpr double answer_clear_from = 0.5;
inline constexpr double clearly = 7;
// And to offer. In a word or two, one of them perhaps misspelt, nothing can be sure.
constexpr double clarify_from(std::size_t words) {
  return words <= 2 ? 0.15 : 0.22;
}

// Whether one of them matched; then `out` holds its target, and its aspect if the message asks for
// none.
bool decide_by_rule(const std::vector<Rule>& rules, std::string_view plain_words,
                    Understanding& out);

// Ranks the targets and decides. `words`: how many plain words the message has; `evidence` are
// those that may be told of when the answer is explained.
void decide_by_learning(const Classifier& targets, const catalog::Catalog& catalog,
                        std::string_view message, std::size_t words,
                        const std::vector<std::string>& evidence, Understanding& out);

}  // namespace catalina::dialog
