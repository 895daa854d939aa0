#include "slow_names.hpp"

#include <dlfcn.h>
#include <netdb.h>

#include <condition_variable>
#include <cstring>
#include <mutex>

namespace catalina::test {
namespace {

std::mutex mutex;
std::condition_variable changed;
const SlowNames* slow = nullptr;
bool asked = false;

// True when `host` is the slow one, after as long as that lasts.
bool hang(const char* host) {
  std::unique_lock lock(mutex);
  if (slow == nullptr || host == nullptr || slow->name != host) return false;
  asked = true;
  changed.notify_all();
  changed.wait(lock, [] { return slow == nullptr; });
  return true;
}

}  // namespace

SlowNames::SlowNames() {
  const std::lock_guard lock(mutex);
  slow = this;
  asked = false;
}

SlowNames::~SlowNames() {
  const std::lock_guard lock(mutex);
  slow = nullptr;
  changed.notify_all();
}

void SlowNames::wait_until_asked() const {
  std::unique_lock lock(mutex);
  changed.wait(lock, [] { return asked; });
}

}  // namespace catalina::test

// Stands in front of the C library's own in this program.
extern "C" int getaddrinfo(const char* host, const char* service, const addrinfo* hints,
                           addrinfo** result) {
  if (catalina::test::hang(host)) return EAI_AGAIN;
  static const auto real =
      reinterpret_cast<decltype(&getaddrinfo)>(dlsym(RTLD_NEXT, "getaddrinfo"));
  return real(host, service, hints, result);
}
