#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>

#include "commands/commands.hpp"

namespace {

// Every connection takes a file descriptor; the soft limit is low for the sake of programs that use
// select().
void allow_all_descriptors() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int main(int argc, char** argv) {
  umask(S_IRWXG | S_IRWXO);       // what citizens write is for nobody else on this machine to read
  std::signal(SIGPIPE, SIG_IGN);  // whoever reads the log may go away; we stay
  allow_all_descriptors();
  return catalina::commands::run(argc, argv);
}
