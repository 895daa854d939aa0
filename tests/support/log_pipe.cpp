#include "support/log_pipe.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <stdexcept>

namespace catalina::test {

LogPipe::LogPipe(const TempDir& dir) : path_(dir / "log") {
  if (mkfifo(path_.c_str(), S_IRUSR | S_IWUSR) == 0)
    fd_ = open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd_ < 0) throw std::runtime_error("cannot make " + path_.string());
}

std::string LogPipe::read_until(std::string_view text) {
  using clock = std::chrono::steady_clock;
  const auto deadline = clock::now() + std::chrono::seconds(30);
  for (;;) {
    const std::size_t at = unread_.find(text);
    const std::size_t end = at == std::string::npos ? at : unread_.find('\n', at);
    if (end != std::string::npos) {
      std::string lines = unread_.substr(0, end + 1);
      unread_.erase(0, end + 1);
      return lines;
    }
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - clock::now());
    pollfd waiting{fd_, POLLIN, 0};
    std::array<char, 4096> piece{};
    ssize_t size = 0;
    if (left.count() > 0 && poll(&waiting, 1, static_cast<int>(left.count())) > 0)
      size = ::read(fd_, piece.data(), piece.size());
    if (size <= 0)
      throw std::runtime_error("waited in vain for " + std::string(text) + " after:\n" + unread_);
    unread_.append(piece.data(), static_cast<std::size_t>(size));
  }
}

void LogPipe::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

}  // namespace catalina::test
