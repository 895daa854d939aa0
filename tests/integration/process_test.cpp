// The binary as a process among others: files, descriptors, its log, signals.
#include <sys/stat.h>

#include <csignal>
#include <deque>
#include <sstream>

#include "support/catalina.hpp"
#include "support/catch.hpp"
#include "support/log_pipe.hpp"
#include "support/process.hpp"
#include "unit/http/raw_socket.hpp"

using namespace catalina;
using test::RawSocket;

namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t times = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++times;
  return times;
}

// `serve`, started by a shell that has run `limits` first. Listens when constructed.
class Serving {
 public:
  explicit Serving(const std::string& limits = ":")
      : process_("/bin/sh", {"-c", limits + " && exec \"$0\" serve", CATALINA_BINARY},
                 variables(dir_), {log_.path()}) {
    const std::string lines = log_.read_until("Catalina is listening");
    port_ = static_cast<std::uint16_t>(std::stoi(lines.substr(lines.rfind("port=") + 5)));
  }

  std::uint16_t port() const { return port_; }
  std::string proc(const std::string& file) const {
    return test::read_file("/proc/" + std::to_string(process_.pid()) + "/" + file);
  }
  // The status of the answer.
  std::string ask(const std::string& start) const {
    RawSocket socket(port_);
    socket.send(start + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    const std::string answer = socket.read_all();
    return answer.size() < 12 ? "" : answer.substr(9, 3);
  }
  test::LogPipe& log() { return log_; }
  // Asks it to stop; the exit status.
  int stop() {
    process_.signal(SIGTERM);
    return process_.wait(std::chrono::seconds(60));
  }

 private:
  static test::Variables variables(const test::TempDir& dir) {
    test::Variables variables = test::complete(dir);
    variables["CATALINA_LOG_LEVEL"] = "info";
    return variables;
  }

  test::TempDir dir_;
  test::LogPipe log_{dir_};
  test::Process process_;
  std::uint16_t port_ = 0;
};

}  // namespace

TEST_CASE("what is stored is for its owner alone, in a folder that was open before as well") {
  const test::TempDir dir;
  std::filesystem::create_directory(dir / "data");
  std::filesystem::permissions(dir / "data", std::filesystem::perms(0755));
  const mode_t usual = umask(022);
  const auto config = std::string(CATALINA_SOURCE_DIR) + "/config";
  CHECK(test::run({"catalog", "import", config}, test::complete(dir), dir).status == 0);
  umask(usual);
  CHECK(std::filesystem::status(dir / "data").permissions() == std::filesystem::perms(0700));
  CHECK(std::filesystem::status(dir / "data/catalina.db").permissions() ==
        std::filesystem::perms(0600));
}

TEST_CASE("as many files may be open as the system allows") {
  const Serving catalina("ulimit -Sn 64");
  const std::string limits = catalina.proc("limits");
  const std::string name = "Max open files";
  std::istringstream line(limits.substr(limits.find(name) + name.size()));
  std::string soft;
  std::string hard;
  line >> soft >> hard;
  CHECK(soft == hard);
  CHECK(soft != "64");
}

TEST_CASE("without a descriptor left the log is told seldom, and later calls are answered") {
  Serving catalina("ulimit -n 48");
  std::deque<RawSocket> idle;
  for (int i = 0; i < 60; ++i) idle.emplace_back(catalina.port());
  const std::string lines = catalina.log().read_until("times=8");
  CHECK(count(lines, "cannot accept a connection") == 4);  // the 1st, 2nd, 4th and 8th time
  idle.clear();
  CHECK(catalina.ask("GET /health") == "200");
}

TEST_CASE("strangers do not fill the log") {
  Serving catalina;
  for (int i = 0; i < 9; ++i) {
    CHECK(catalina.ask("GET /webhook") == "403");
    CHECK(catalina.ask("POST /webhook") == "401");
  }
  CHECK(catalina.stop() == 0);
  const std::string lines = catalina.log().read_until("stopping");
  CHECK(count(lines, "a webhook handshake was refused") == 4);
  CHECK(count(lines, "a webhook's signature is missing or wrong") == 4);
}

TEST_CASE("whoever reads the log may go away") {
  Serving catalina;
  catalina.log().close();
  CHECK(catalina.ask("POST /webhook") == "401");  // which is a line in the log
  CHECK(catalina.ask("GET /health") == "200");
  CHECK(catalina.stop() == 0);
}
