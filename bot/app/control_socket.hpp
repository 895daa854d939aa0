// The door for commands on the same machine: a Unix socket in the data folder, which only its owner
// can open. A connection carries one request and one answer, each ending where its side does.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <thread>

namespace catalina {

// Answers requests one after the other on a thread of its own, so that a long one keeps nobody
// waiting but other commands.
class ControlSocket {
 public:
  using Handler = std::function<std::string(const std::string& request)>;

  // The folder must exist, and the caller must be the only one to serve it: a socket that a dead
  // process left there is removed. Throws std::system_error when it cannot be made.
  ControlSocket(const std::filesystem::path& data_dir, Handler handler);
  ~ControlSocket();  // finishes the request in hand
  ControlSocket(const ControlSocket&) = delete;
  ControlSocket& operator=(const ControlSocket&) = delete;

 private:
  void run();
  void answer(int connection);

  std::filesystem::path file_;
  Handler handler_;
  int listener_ = -1;
  int stop_ = -1;  // readable once it is time to stop
  std::thread thread_;
};

// The answer of the Catalina that runs on this data folder; nothing when none does. Throws
// std::runtime_error when one does and gives no answer.
std::optional<std::string> ask_running(const std::filesystem::path& data_dir,
                                       const std::string& request);

}  // namespace catalina
