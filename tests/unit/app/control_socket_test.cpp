#include "app/control_socket.hpp"

#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <ctime>
#include <fstream>
#include <future>
#include <set>
#include <thread>

#include "support/catch.hpp"
#include "support/temp_dir.hpp"

using namespace catalina;

namespace {

std::string echo(const std::string& request) {
  return "eco: " + request;
}

void connect_to(int connection, const std::filesystem::path& file) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  file.string().copy(address.sun_path, sizeof address.sun_path - 1);
  REQUIRE(::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
}

// A connection on which the test says what it likes.
int connect_to(const std::filesystem::path& file) {
  const int connection = ::socket(AF_UNIX, SOCK_STREAM, 0);
  connect_to(connection, file);
  return connection;
}

}  // namespace

TEST_CASE("a command gets the answer of whoever runs, and nothing when nobody does") {
  const test::TempDir dir;
  CHECK(ask_running(dir.path(), "hola") == std::nullopt);
  {
    const ControlSocket door(dir.path(), echo);
    CHECK(ask_running(dir.path(), "hola") == "eco: hola");
    CHECK(ask_running(dir.path(), "") == "eco: ");
    const std::string catalog(5 << 20, 'x');
    CHECK(ask_running(dir.path(), catalog) == "eco: " + catalog);
  }
  CHECK(ask_running(dir.path(), "hola") == std::nullopt);
  CHECK(ask_running(dir / "missing", "hola") == std::nullopt);
}

TEST_CASE("only the owner can open the door") {
  const test::TempDir dir;
  const ControlSocket door(dir.path(), echo);
  CHECK(std::filesystem::status(dir / "control.sock").permissions() ==
        std::filesystem::perms(0600));
}

TEST_CASE("what a dead process left in the folder keeps nobody out") {
  const test::TempDir dir;
  std::ofstream(dir / "control.sock") << "";
  CHECK(ask_running(dir.path(), "hola") == std::nullopt);
  const ControlSocket door(dir.path(), echo);
  CHECK(ask_running(dir.path(), "hola") == "eco: hola");
}

TEST_CASE("a folder may have a longer name than a socket") {
  const test::TempDir dir;
  const auto deep = dir / std::string(200, 'd');
  std::filesystem::create_directory(deep);
  const ControlSocket door(deep, echo);
  CHECK(ask_running(deep, "hola") == "eco: hola");
}

TEST_CASE("commands that come together are answered one after the other") {
  const test::TempDir dir;
  std::set<std::thread::id> threads;
  const ControlSocket door(dir.path(), [&](const std::string& request) {
    threads.insert(std::this_thread::get_id());
    return request;
  });
  std::vector<std::future<std::optional<std::string>>> answers;
  for (int i = 0; i < 20; ++i)
    answers.push_back(std::async(std::launch::async,
                                 [&, i] { return ask_running(dir.path(), std::to_string(i)); }));
  for (int i = 0; i < 20; ++i)
    CHECK(answers[static_cast<std::size_t>(i)].get() == std::to_string(i));
  CHECK(threads.size() == 1);
}

TEST_CASE("a door that cannot be opened for want of descriptors waits without turning round") {
  const test::TempDir dir;
  const ControlSocket door(dir.path(), echo);
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  const int command = ::socket(AF_UNIX, SOCK_STREAM, 0);
  const int next = ::dup(command);
  ::close(next);
  const rlimit none_left{static_cast<rlim_t>(next), before.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &none_left) == 0);
  connect_to(command, dir / "control.sock");

  const std::clock_t start = std::clock();
  pollfd answer{command, POLLIN, 0};
  CHECK(::poll(&answer, 1, 300) == 0);
  CHECK(double(std::clock() - start) / CLOCKS_PER_SEC < 0.05);

  REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
  REQUIRE(::send(command, "hola", 4, 0) == 4);
  REQUIRE(::shutdown(command, SHUT_WR) == 0);
  std::array<char, 16> said{};
  CHECK(::recv(command, said.data(), said.size(), MSG_WAITALL) == 9);
  CHECK(std::string_view(said.data()) == "eco: hola");
  ::close(command);
}

TEST_CASE("a command that goes away halfway, or does not read its answer, is not waited for") {
  const test::TempDir dir;
  const ControlSocket door(dir.path(),
                           [](const std::string&) { return std::string(8 << 20, 'x'); });
  ::close(connect_to(dir / "control.sock"));
  const int rude = connect_to(dir / "control.sock");
  REQUIRE(::send(rude, "hola", 4, 0) == 4);
  REQUIRE(::shutdown(rude, SHUT_WR) == 0);
  ::close(rude);
  CHECK(ask_running(dir.path(), "hola").value().size() == 8 << 20);
}

TEST_CASE("a folder where no socket can be made is refused") {
  const test::TempDir dir;
  CHECK_THROWS_AS(ControlSocket(dir / "missing", echo), std::system_error);
}
