#include "emulator/media.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include "core/crypto.hpp"

namespace catalina::emulator {
namespace {

constexpr std::size_t megabyte = 1024 * 1024;
constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

unsigned hex_value(char digit) {
  return static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

std::string base64_of_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(hex_value(hex[i]) * 16 + hex_value(hex[i + 1]));
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group * 256 + (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0);
    for (std::size_t k = 0; k < 4; ++k)
      out += i + k > bytes.size() ? '=' : alphabet[(group >> (18 - 6 * k)) & 63];
  }
  return out;
}

// 16 decimal digits that nobody has seen before.
std::string fresh_id() {
  const std::uint64_t random = std::stoull(crypto::random_hex(7), nullptr, 16);
  char digits[24];
  std::snprintf(digits, sizeof digits, "19%014llu",
                static_cast<unsigned long long>(random % 100'000'000'000'000ULL));
  return digits;
}

struct Kind {
  std::string_view type;
  std::string_view mime;
};

constexpr Kind sendable[] = {
    {"image", "image/jpeg"},
    {"image", "image/png"},
    {"sticker", "image/webp"},
    {"audio", "audio/aac"},
    {"audio", "audio/amr"},
    {"audio", "audio/mpeg"},
    {"audio", "audio/mp4"},
    {"audio", "audio/ogg"},
    {"video", "video/mp4"},
    {"video", "video/3gpp"},
    {"document", "text/plain"},
    {"document", "application/pdf"},
    {"document", "application/msword"},
    {"document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"document", "application/vnd.ms-excel"},
    {"document", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"document", "application/vnd.ms-powerpoint"},
    {"document", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
};

}  // namespace

const Medium& MediaLibrary::add(std::string mime, std::string filename, std::string bytes,
                                Time expires_at) {
  Medium medium{fresh_id(), std::move(mime), std::move(filename), std::move(bytes), {}, expires_at};
  medium.sha256 = base64_of_hex(crypto::sha256_hex(medium.bytes));
  size_ += medium.bytes.size();
  while (size_ > capacity && !order_.empty()) remove(std::string(order_.front()));
  order_.push_back(medium.id);
  return media_[medium.id] = std::move(medium);
}

const Medium* MediaLibrary::find(const std::string& id, Time now) const {
  const auto found = media_.find(id);
  return found != media_.end() && now < found->second.expires_at ? &found->second : nullptr;
}

bool MediaLibrary::remove(const std::string& id) {
  const auto found = media_.find(id);
  if (found == media_.end()) return false;
  size_ -= found->second.bytes.size();
  media_.erase(found);
  order_.erase(std::find(order_.begin(), order_.end(), id));
  return true;
}

std::string MediaLibrary::make_url_token(const std::string& id, Time expires_at) {
  std::string token = crypto::random_hex(16);
  tokens_[token] = {id, expires_at};
  token_order_.push_back(token);
  if (token_order_.size() > max_tokens) {
    tokens_.erase(token_order_.front());
    token_order_.pop_front();
  }
  return token;
}

const Medium* MediaLibrary::find_by_token(const std::string& token, Time now) const {
  const auto found = tokens_.find(token);
  if (found == tokens_.end() || now >= found->second.expires_at) return nullptr;
  return find(found->second.media_id, now);
}

std::optional<std::string_view> sniff_mime(std::string_view bytes) {
  const auto at = [&](std::size_t offset, std::string_view text) {
    return bytes.substr(std::min(offset, bytes.size())).starts_with(text);
  };
  if (at(0, "\xFF\xD8\xFF")) return "image/jpeg";
  if (at(0, "\x89PNG\r\n\x1A\n")) return "image/png";
  if (at(0, "RIFF") && at(8, "WEBP")) return "image/webp";
  if (at(0, "%PDF-")) return "application/pdf";
  if (at(0, "OggS")) return "audio/ogg";
  if (at(4, "ftyp3gp")) return "video/3gpp";
  if (at(4, "ftypM4A")) return "audio/mp4";
  if (at(4, "ftyp")) return "video/mp4";
  if (at(0, "ID3")) return "audio/mpeg";
  if (at(0, "#!AMR")) return "audio/amr";
  return std::nullopt;
}

bool may_send(std::string_view message_type, std::string_view mime) {
  return std::any_of(std::begin(sendable), std::end(sendable), [&](const Kind& kind) {
    return kind.type == message_type && kind.mime == mime;
  });
}

std::size_t max_media_size(std::string_view message_type) {
  if (message_type == "image") return 5 * megabyte;
  if (message_type == "sticker") return 500 * 1024;
  if (message_type == "document") return 100 * megabyte;
  return 16 * megabyte;
}

}  // namespace catalina::emulator
