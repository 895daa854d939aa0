#include "store/checkpointer.hpp"

#include "core/log.hpp"

namespace catalina::store {

Checkpointer::Checkpointer(const std::filesystem::path& file)
    : connection_(file, Connection::Mode::read_write, Millis(0)), thread_([this] { loop(); }) {}

Checkpointer::~Checkpointer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Checkpointer::request() {
  {
    const std::lock_guard lock(mutex_);
    requested_ = true;
  }
  wake_.notify_one();
}

void Checkpointer::loop() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return requested_ || stopping_; });
    if (stopping_) return;
    requested_ = false;
    lock.unlock();
    try {
      const std::lock_guard running(running_);
      connection_.checkpoint(Connection::Checkpoint::passive);
    } catch (const StoreError& error) {
      log::warn("checkpoint failed", {{"reason", error.what()}});
    }
    lock.lock();
  }
}

}  // namespace catalina::store
