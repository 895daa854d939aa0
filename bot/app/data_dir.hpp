// The folder that holds the database and the media.
#pragma once

#include <filesystem>

namespace catalina {

// Creates the folder when it is missing, and closes it to everybody but its owner (0700) when that
// is us. Throws std::runtime_error with one plain sentence when it cannot be made or written to.
void prepare_data_dir(const std::filesystem::path& folder);

}  // namespace catalina
