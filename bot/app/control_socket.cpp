#include "app/control_socket.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "core/log.hpp"

namespace catalina {
namespace {

constexpr const char* name = "control.sock";
constexpr std::size_t longest_request = 64 << 20;  // bytes: a catalog is a few million
constexpr int waiting_connections = 8;
constexpr std::size_t chunk = 1 << 16;
// What one side waits for the other to send or take something.
constexpr timeval request_patience{5, 0};
constexpr timeval answer_patience{120, 0};  // while the other end works
constexpr int accept_pause = 100;           // milliseconds, when the system is out of descriptors

// A descriptor that is closed at the end.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }
  int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

[[noreturn]] void fail(const std::filesystem::path& what) {
  throw std::system_error(errno, std::generic_category(), what.string());
}

// A name for the socket that fits the 108 bytes the system has for one, however long the folder's
// is: through the folder's descriptor.
sockaddr_un address_in(const Descriptor& folder) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = "/proc/self/fd/" + std::to_string(folder.get()) + '/' + name;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  return address;
}

Descriptor open_folder(const std::filesystem::path& folder) {
  return Descriptor(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
}

Descriptor make_socket() {
  return Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

void be_patient(int connection, timeval patience) {
  ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

// All that the other side sends; nothing when it stops halfway or sends too much.
std::optional<std::string> receive(int connection) {
  std::string text;
  std::array<char, chunk> buffer{};
  while (text.size() <= longest_request) {
    const ssize_t size = ::recv(connection, buffer.data(), buffer.size(), 0);
    if (size == 0) return text;
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return std::nullopt;
    text.append(buffer.data(), static_cast<std::size_t>(size));
  }
  return std::nullopt;
}

bool send(int connection, std::string_view text) {
  while (!text.empty()) {
    const ssize_t size = ::send(connection, text.data(), text.size(), MSG_NOSIGNAL);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(size));
  }
  return ::shutdown(connection, SHUT_WR) == 0;
}

}  // namespace

ControlSocket::ControlSocket(const std::filesystem::path& data_dir, Handler handler)
    : file_(data_dir / name), handler_(std::move(handler)) {
  const Descriptor folder = open_folder(data_dir);
  Descriptor listener = make_socket();
  if (folder.get() < 0 || listener.get() < 0) fail(file_);
  const sockaddr_un address = address_in(folder);
  ::unlink(file_.c_str());
  if (::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::chmod(file_.c_str(), S_IRUSR | S_IWUSR) != 0 ||
      ::listen(listener.get(), waiting_connections) != 0)
    fail(file_);
  Descriptor stop(::eventfd(0, EFD_CLOEXEC));
  if (stop.get() < 0) fail(file_);
  listener_ = listener.release();
  stop_ = stop.release();
  thread_ = std::thread([this] { run(); });
}

ControlSocket::~ControlSocket() {
  const std::uint64_t now = 1;
  (void)!::write(stop_, &now, sizeof now);
  thread_.join();
  ::unlink(file_.c_str());
  ::close(listener_);
  ::close(stop_);
}

void ControlSocket::run() {
  std::array<pollfd, 2> events{{{listener_, POLLIN, 0}, {stop_, POLLIN, 0}}};
  for (;;) {
    if (::poll(events.data(), events.size(), -1) < 0) continue;  // a signal
    if (events[1].revents != 0) return;
    const Descriptor connection(::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC));
    if (connection.get() >= 0)
      answer(connection.get());
    else  // whoever waits is still there, so that waiting for somebody would end at once
      ::poll(&events[1], 1, accept_pause);
  }
}

void ControlSocket::answer(int connection) {
  be_patient(connection, request_patience);
  const std::optional<std::string> request = receive(connection);
  if (!request) return log::warn("a command did not finish its request");
  if (!send(connection, handler_(*request))) log::warn("a command did not wait for its answer");
}

std::optional<std::string> ask_running(const std::filesystem::path& data_dir,
                                       const std::string& request) {
  const Descriptor folder = open_folder(data_dir);
  if (folder.get() < 0) return std::nullopt;
  const Descriptor connection = make_socket();
  const sockaddr_un address = address_in(folder);
  // Not there, or left by a process that died.
  if (::connect(connection.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return std::nullopt;
  be_patient(connection.get(), answer_patience);
  std::optional<std::string> answer;
  if (send(connection.get(), request)) answer = receive(connection.get());
  if (!answer || answer->empty())
    throw std::runtime_error(
        "Catalina está en marcha y no contestó; mira su registro antes de intentarlo otra vez");
  return answer;
}

}  // namespace catalina
