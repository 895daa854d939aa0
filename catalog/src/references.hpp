// What no schema can check: that files agree with each other, and values with their neighbours.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "json_document.hpp"

namespace catalina::catalog {

// Documents that passed their schema, by kind. A kind whose file did not pass is left out, and then
// nothing is said of references to it: one mistake should not look like fifty.
using Documents = std::multimap<std::string, JsonDocument, std::less<>>;

// `files`: all that were handed in, whether or not they passed; they say which tramites exist.
std::vector<Problem> check_references(const Documents& documents, const Files& files);

}  // namespace catalina::catalog
