// A child process of a test: started with an environment of its own and the test's options of
// sanitizers, killed at the latest when the test ends.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace catalina::test {

// The files of a child; those it writes to are appended to.
struct Streams {
  std::filesystem::path output;
  std::filesystem::path errors = {};  // empty: where the output goes
  std::filesystem::path input = "/dev/null";
};

class Process {
 public:
  // Throws std::runtime_error when the program cannot be started.
  Process(const std::filesystem::path& program, const std::vector<std::string>& arguments,
          const std::map<std::string, std::string>& environment, const Streams& streams);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }
  bool running() const;
  void signal(int number) const;
  // Waits for the end: the exit status, or minus the signal that ended it.
  int wait();
  // The same, killing it when it has not ended by itself within `limit`.
  int wait(std::chrono::seconds limit);

 private:
  pid_t pid_ = -1;  // -1 once it has been waited for
  int result_ = 0;
};

}  // namespace catalina::test
