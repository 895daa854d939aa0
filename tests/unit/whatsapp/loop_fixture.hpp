// The store and one event loop that the test turns by hand, for what lives on the io thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>

#include "support/catch.hpp"
#include "unit/store/store_fixture.hpp"

namespace catalina::test {

struct LoopFixture : StoreFixture {
  boost::asio::io_context io{1};

  // Turns the loop until `condition` holds.
  void until(const std::function<bool()>& condition) {
    using namespace std::chrono_literals;
    const auto end = std::chrono::steady_clock::now() + 10s;
    while (!condition()) {
      if (std::chrono::steady_clock::now() > end) FAIL("waited in vain");
      io.restart();
      io.run_one_for(50ms);
    }
  }
  // Until `quiet` holds, all is recorded, and only the clock or news can move anything.
  void settle_when(const std::function<bool()>& quiet) {
    do {
      until(quiet);
      writer.run([](store::WriteTx&) {});
      io.restart();
    } while (io.poll() > 0);
  }
};

}  // namespace catalina::test
