// Files that travel by id: uploaded by the bot, or sent by a citizen and offered to the bot.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.hpp"

namespace catalina::emulator {

struct Medium {
  std::string id;  // decimal digits, as Meta's
  std::string mime;
  std::string filename;
  std::string bytes;
  std::string sha256;  // base64, as webhooks carry it
  Time expires_at{};   // of the id
};

class MediaLibrary {
 public:
  // Keeps at most this many bytes: beyond it the oldest file goes, as if it had expired.
  static constexpr std::size_t capacity = 128 * 1024 * 1024;

  const Medium& add(std::string mime, std::string filename, std::string bytes, Time expires_at);
  // Null when unknown or expired.
  const Medium* find(const std::string& id, Time now) const;
  bool remove(const std::string& id);

  // A fresh download token for the file; earlier ones stay valid until their own expiry.
  std::string make_url_token(const std::string& id, Time expires_at);
  // The file a token stands for. Null when either has expired.
  const Medium* find_by_token(const std::string& token, Time now) const;

 private:
  struct Token {
    std::string media_id;
    Time expires_at;
  };
  static constexpr std::size_t max_tokens = 10'000;

  std::map<std::string, Medium> media_;
  std::deque<std::string> order_;  // ids, oldest first
  std::map<std::string, Token> tokens_;
  std::deque<std::string> token_order_;
  std::size_t size_ = 0;  // bytes of all files
};

// What the bytes are by their signature: "image/jpeg", "image/png", "image/webp",
// "application/pdf" …; nothing when it is none of the kinds the platform takes.
std::optional<std::string_view> sniff_mime(std::string_view bytes);

// Whether the platform lets a business send this kind of file as a message of that type.
bool may_send(std::string_view message_type, std::string_view mime);
// Largest file in bytes of a message type ("image": 5 MB).
std::size_t max_media_size(std::string_view message_type);

}  // namespace catalina::emulator
