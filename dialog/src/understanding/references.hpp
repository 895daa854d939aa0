// What a message means by "the other one", "that's not it" or "back to the first thing".
#pragma once

#include <string>
#include <vector>

#include "dialog/understand.hpp"
#include "understanding/patterns.hpp"

namespace catalina::dialog {

// `words` are plain (understanding/normalize.hpp).
Reference find_reference(const ReferencePatterns& patterns, const std::vector<std::string>& words);

}  // namespace catalina::dialog
