#include "store/process_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "store/error.hpp"

namespace catalina::store {

ProcessLock::ProcessLock(const std::filesystem::path& file) {
  const std::string path = file.string() + ".lock";
  descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor_ < 0)
    throw StoreError(StoreError::Cause::environment,
                     path + ": " + std::generic_category().message(errno));
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    ::close(descriptor_);
    throw InUse(file.string() + ": another Catalina is using this database");
  }
}

ProcessLock::~ProcessLock() {
  ::close(descriptor_);
}

}  // namespace catalina::store
