// Writes what was learnt as bytes of this machine's order, and takes it off their front again.
// Whoever keeps them guards their kind and version; a list that is longer than the bytes that are
// left is refused here, before anything is set aside for it.
#pragma once

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace catalina::dialog {

[[noreturn]] inline void refuse_bytes() {
  throw std::runtime_error("the trained model is damaged or of another version");
}

template <typename T>
void put(std::string& bytes, const T& value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <typename T>
void put_list(std::string& bytes, const std::vector<T>& values) {
  put(bytes, static_cast<std::uint64_t>(values.size()));
  bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
}

template <typename T>
T take(std::string_view& bytes) {
  T value;
  if (bytes.size() < sizeof value) refuse_bytes();
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes.remove_prefix(sizeof value);
  return value;
}

template <typename T>
std::vector<T> take_list(std::string_view& bytes) {
  const auto count = take<std::uint64_t>(bytes);
  if (count > bytes.size() / sizeof(T)) refuse_bytes();
  std::vector<T> values(count);
  std::memcpy(values.data(), bytes.data(), count * sizeof(T));
  bytes.remove_prefix(count * sizeof(T));
  return values;
}

}  // namespace catalina::dialog
