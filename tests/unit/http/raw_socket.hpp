// Blocking sockets that do exactly what a test says: half a request, garbage, an answer cut off.
// Each wait ends after ten seconds, so that a defect fails a test instead of hanging it.
#pragma once

#include <sys/socket.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <memory>
#include <string>
#include <string_view>

namespace catalina::test {

class RawSocket {
  using tcp = boost::asio::ip::tcp;

 public:
  explicit RawSocket(std::uint16_t port)
      : io_(std::make_unique<boost::asio::io_context>()), socket_(*io_) {
    socket_.connect({boost::asio::ip::address_v4::loopback(), port});
    set_deadline();
  }
  explicit RawSocket(tcp::socket socket) : socket_(std::move(socket)) { set_deadline(); }

  // False when the peer no longer takes it.
  bool send(std::string_view bytes) {
    boost::system::error_code error;
    boost::asio::write(socket_, boost::asio::buffer(bytes), error);
    return !error;
  }
  void finish_sending() { socket_.shutdown(tcp::socket::shutdown_send); }

  // Reads until `text` has come; returns everything up to and including it, or what came before the
  // end.
  std::string read_until(std::string_view text) {
    std::size_t end = std::string::npos;
    while ((end = unread_.find(text)) == std::string::npos && read_more()) {
    }
    const std::size_t size = end == std::string::npos ? unread_.size() : end + text.size();
    std::string read = unread_.substr(0, size);
    unread_.erase(0, size);
    return read;
  }
  // Everything until the peer closes; `closed_by_reset` tells how it did.
  std::string read_all() {
    while (read_more()) {
    }
    return std::exchange(unread_, {});
  }
  bool closed_by_reset() const { return last_error_ == boost::asio::error::connection_reset; }
  bool timed_out() const { return last_error_ == boost::asio::error::try_again; }
  void close() { socket_.close(); }

 private:
  // The deadline is the kernel's: Asio's own blocking reads would wait through it.
  void set_deadline() {
    const timeval ten_seconds{10, 0};
    setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &ten_seconds, sizeof ten_seconds);
  }
  bool read_more() {
    char buffer[4096];
    const ssize_t size = recv(socket_.native_handle(), buffer, sizeof buffer, 0);
    if (size > 0) unread_.append(buffer, static_cast<std::size_t>(size));
    last_error_ = size < 0 ? boost::system::error_code(errno, boost::system::system_category())
                           : boost::system::error_code();
    return size > 0;
  }

  std::unique_ptr<boost::asio::io_context> io_;
  tcp::socket socket_;
  std::string unread_;
  boost::system::error_code last_error_;
};

// A peer for clients under test.
class RawListener {
  using tcp = boost::asio::ip::tcp;

 public:
  RawListener() : acceptor_(io_, {boost::asio::ip::address_v4::loopback(), 0}) {}
  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port()); }
  RawSocket accept() { return RawSocket(acceptor_.accept()); }

 private:
  boost::asio::io_context io_;
  tcp::acceptor acceptor_;
};

}  // namespace catalina::test
