// What somebody probably meant to write.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace catalina::catalog {

// " ¿Quisiste decir «tipo»?" with the candidate that is at most a third of its letters away from
// `word`; empty when none is.
std::string suggestion(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace catalina::catalog
