#include "app/data_dir.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace catalina {

void prepare_data_dir(const std::filesystem::path& folder) {
  const auto refuse = [&](const char* why) {
    return std::runtime_error("the data folder " + folder.string() + ' ' + why + ": " +
                              std::strerror(errno));
  };
  std::error_code ignored;  // what is wrong with the parent shows when the folder itself is made
  if (folder.has_parent_path()) std::filesystem::create_directories(folder.parent_path(), ignored);
  if (mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) throw refuse("cannot be made");
  if (access(folder.c_str(), R_OK | W_OK | X_OK) != 0) throw refuse("cannot be written to");
}

}  // namespace catalina
