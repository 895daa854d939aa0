// The shipped catalog with one thing changed, and what an editor would be told of it.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "catalog/documents.hpp"
#include "support/config_files.hpp"

namespace catalina::test {

using catalog::File;
using catalog::Files;
using catalog::Problem;
using nlohmann::ordered_json;

inline const std::string predial = "tramites/predial-pagar.json";

// The files and schemas of the kinds that this room knows; words and intents are tested where they
// are used.
Files shipped();
Files schemas();

// A catalog of a few tramites, what they need, and one UCG with its barrios: for tests that
// validate many times.
const Files& small_catalog();

std::string& text_of(Files& files, const std::string& path);

// The problems of the small catalog after `edit` has changed the JSON of one file, or `text` has
// taken its place.
std::vector<Problem> problems_after(const std::string& path,
                                    const std::function<void(ordered_json&)>& edit);
std::vector<Problem> problems_with_text(const std::string& path, const std::string& text);

// One line a problem.
std::string told(const std::vector<Problem>& problems);

// `what` must stand in `text`.
std::string replaced(std::string text, const std::string& what, const std::string& with);

}  // namespace catalina::test
