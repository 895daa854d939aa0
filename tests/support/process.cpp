#include "support/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

namespace catalina::test {
namespace {

int result_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

}  // namespace

Process::Process(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                 const std::map<std::string, std::string>& environment, const Streams& streams) {
  std::vector<std::string> argument_texts{program.string()};
  argument_texts.insert(argument_texts.end(), arguments.begin(), arguments.end());
  std::vector<std::string> environment_texts;
  for (const auto& [name, value] : environment) environment_texts.push_back(name + '=' + value);
  // A sanitizer of the test is one of the child too, and what the preset tells it holds for both.
  for (const char* name : {"ASAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS"})
    if (const char* value = std::getenv(name))
      environment_texts.push_back(std::string(name) + '=' + value);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  constexpr int append = O_WRONLY | O_CREAT | O_APPEND;
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, streams.input.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, streams.output.c_str(), append, 0600);
  if (streams.errors.empty())
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  else
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, streams.errors.c_str(), append, 0600);
  const int error =
      posix_spawn(&pid_, program.c_str(), &actions, nullptr, pointers(argument_texts).data(),
                  pointers(environment_texts).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0)
    throw std::runtime_error("cannot start " + program.string() + ": " + std::strerror(error));
}

Process::~Process() {
  if (pid_ == -1) return;
  signal(SIGKILL);
  wait();
}

bool Process::running() const {
  siginfo_t ended{};
  return pid_ != -1 &&
         waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         ended.si_pid == 0;
}

void Process::signal(int number) const {
  if (pid_ != -1) ::kill(pid_, number);
}

int Process::wait() {
  if (pid_ != -1) {
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
    pid_ = -1;
    result_ = result_of(status);
  }
  return result_;
}

int Process::wait(std::chrono::seconds limit) {
  if (pid_ == -1) return result_;
  const int handle = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
  pollfd waiting{handle, POLLIN, 0};
  const auto millis = std::chrono::milliseconds(limit).count();
  if (handle < 0 || poll(&waiting, 1, static_cast<int>(millis)) <= 0) signal(SIGKILL);
  if (handle >= 0) close(handle);
  return wait();
}

}  // namespace catalina::test
