// Writes what was learnt as bytes of this machine's order, and reads them where they are. Whoever
// keeps them guards their kind and version; a list that is longer than the bytes that are left is
// refused here.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace catalina::dialog {

// Lists begin at multiples of this, counted from the first byte.
inline constexpr std::size_t list_alignment = 8;

[[noreturn]] inline void refuse_bytes() {
  throw std::runtime_error("the trained model is damaged or of another version");
}

template <typename T>
void put(std::string& bytes, const T& value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <typename T>
void put_list(std::string& bytes, std::span<const T> values) {
  static_assert(alignof(T) <= list_alignment);
  put(bytes, static_cast<std::uint64_t>(values.size()));
  bytes.append((list_alignment - bytes.size() % list_alignment) % list_alignment, '\0');
  bytes.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
}

// Throws std::runtime_error where the bytes end too soon.
class ByteReader {
 public:
  // `bytes` begin where memory does, or at a multiple of `list_alignment`, and outlive the lists
  // that are taken of them.
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {
    if (reinterpret_cast<std::uintptr_t>(bytes.data()) % list_alignment != 0) refuse_bytes();
  }

  template <typename T>
  T take() {
    T value;
    std::memcpy(&value, next(sizeof value), sizeof value);
    return value;
  }

  template <typename T>
  std::span<const T> take_list() {
    const auto count = take<std::uint64_t>();
    next((list_alignment - at_ % list_alignment) % list_alignment);
    if (count > (bytes_.size() - at_) / sizeof(T)) refuse_bytes();
    return {reinterpret_cast<const T*>(next(count * sizeof(T))), count};
  }

  bool at_end() const { return at_ == bytes_.size(); }

 private:
  const char* next(std::size_t count) {
    if (count > bytes_.size() - at_) refuse_bytes();
    const char* from = bytes_.data() + at_;
    at_ += count;
    return from;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
};

}  // namespace catalina::dialog
