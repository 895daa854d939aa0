// The folder that holds the database and the media.
#pragma once

#include <filesystem>

namespace catalina {

// Creates the folder, for its owner alone (0700), when it is missing. Throws std::runtime_error
// with one plain sentence when it cannot be made or written to.
void prepare_data_dir(const std::filesystem::path& folder);

}  // namespace catalina
