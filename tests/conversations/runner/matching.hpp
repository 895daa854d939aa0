// Compares what Catalina sent with what a transcript says she sends.
#pragma once

#include <string>
#include <vector>

#include "app/visible.hpp"

namespace catalina::test {

// `lines` of a "bot" step: text or patterns, then buttons, list and rows. Returns what does not
// hold, empty when all does. Throws std::runtime_error when a pattern is no regular expression.
std::string mismatch(const std::vector<std::string>& lines, const VisibleReply& reply);

// The reply written as a "bot" step would write it, for failure messages and for starting a new
// transcript.
std::string as_step(const VisibleReply& reply);

}  // namespace catalina::test
