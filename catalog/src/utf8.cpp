#include "utf8.hpp"

namespace catalina::text {
namespace {

struct Lead {
  std::size_t length = 0;  // 0: cannot begin a sequence
  char32_t bits = 0;
  // What the second byte may be: rules out overlong forms, surrogates and what lies beyond
  // U+10FFFF.
  unsigned char second_min = 0x80;
  unsigned char second_max = 0xBF;
};

Lead lead_of(unsigned char byte) {
  if (byte < 0xC2) return {};
  if (byte < 0xE0) return {2, byte & 0x1Fu};
  if (byte < 0xF0)
    return {3, byte & 0x0Fu, static_cast<unsigned char>(byte == 0xE0 ? 0xA0 : 0x80),
            static_cast<unsigned char>(byte == 0xED ? 0x9F : 0xBF)};
  if (byte < 0xF5)
    return {4, byte & 0x07u, static_cast<unsigned char>(byte == 0xF0 ? 0x90 : 0x80),
            static_cast<unsigned char>(byte == 0xF4 ? 0x8F : 0xBF)};
  return {};
}

}  // namespace

CodePoint decode(std::string_view bytes, std::size_t position) {
  const auto byte_at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char first = byte_at(position);
  if (first < 0x80) return {first, 1, true};

  const Lead lead = lead_of(first);
  char32_t value = lead.bits;
  for (std::size_t i = 1; i < lead.length; ++i) {
    const bool ends = position + i >= bytes.size();
    const unsigned char next = ends ? 0 : byte_at(position + i);
    const unsigned char min = i == 1 ? lead.second_min : 0x80;
    const unsigned char max = i == 1 ? lead.second_max : 0xBF;
    if (next < min || next > max) return {replacement_character, i, false};
    value = (value << 6) | (next & 0x3Fu);
  }
  if (lead.length == 0) return {replacement_character, 1, false};
  return {value, lead.length, true};
}

void append(std::string& out, char32_t code_point) {
  const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  const auto put_tail = [&](int shift) { put(0x80 | ((code_point >> shift) & 0x3F)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | (code_point >> 6));
    put_tail(0);
  } else if (code_point < 0x10000) {
    put(0xE0 | (code_point >> 12));
    put_tail(6);
    put_tail(0);
  } else {
    put(0xF0 | (code_point >> 18));
    put_tail(12);
    put_tail(6);
    put_tail(0);
  }
}

}  // namespace catalina::text
