// The io thread of a test: runs coroutines while the test's own thread plays the other side.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <thread>

namespace catalina::test {

class IoThread {
 public:
  IoThread() : guard_(io_.get_executor()), thread_([this] { io_.run(); }) {}
  ~IoThread() { stop(); }
  IoThread(const IoThread&) = delete;
  IoThread& operator=(const IoThread&) = delete;

  boost::asio::io_context& context() { return io_; }

  // Joins the thread. Call it before destroying what lives on it.
  void stop() {
    io_.stop();
    if (thread_.joinable()) thread_.join();
  }

  template <typename T>
  std::future<T> start(boost::asio::awaitable<T> work) {
    return boost::asio::co_spawn(io_, std::move(work), boost::asio::use_future);
  }
  template <typename T>
  T run(boost::asio::awaitable<T> work) {
    return start(std::move(work)).get();
  }

 private:
  boost::asio::io_context io_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_;
  std::thread thread_;
};

}  // namespace catalina::test
