#include "app/data_dir.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "core/log.hpp"

namespace catalina {

void prepare_data_dir(const std::filesystem::path& folder) {
  const auto refuse = [&](const char* why) {
    return std::runtime_error("the data folder " + folder.string() + ' ' + why + ": " +
                              std::strerror(errno));
  };
  std::error_code ignored;  // what is wrong with the parent shows when the folder itself is made
  if (folder.has_parent_path()) std::filesystem::create_directories(folder.parent_path(), ignored);
  if (mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) throw refuse("cannot be made");
  struct stat status {};
  if (stat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == geteuid() &&
      (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    log::info("the data folder was open to others; it is its owner's alone now");
    if (chmod(folder.c_str(), S_IRWXU) != 0) throw refuse("cannot be closed to others");
  }
  if (access(folder.c_str(), R_OK | W_OK | X_OK) != 0) throw refuse("cannot be written to");
}

}  // namespace catalina
