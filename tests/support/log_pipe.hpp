// What a child process writes, read while it runs.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "support/temp_dir.hpp"

namespace catalina::test {

// A named pipe: give its path to the child as the file to write to.
class LogPipe {
 public:
  explicit LogPipe(const TempDir& dir);
  ~LogPipe() { close(); }
  LogPipe(const LogPipe&) = delete;
  LogPipe& operator=(const LogPipe&) = delete;

  const std::filesystem::path& path() const { return path_; }
  // Everything from where the last call ended until `text` has come and its line is whole. Throws
  // std::runtime_error when it does not come within half a minute.
  std::string read_until(std::string_view text);
  // As a reader that has gone away.
  void close();

 private:
  std::filesystem::path path_;
  int fd_ = -1;
  std::string unread_;
};

}  // namespace catalina::test
