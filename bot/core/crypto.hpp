// The few cryptographic helpers that everything uses, over OpenSSL.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace catalina::crypto {

// Lower-case hex of HMAC-SHA256(key, message).
std::string hmac_sha256_hex(std::string_view key, std::string_view message);
std::string sha256_hex(std::string_view bytes);

// True when equal; takes the same time wherever they differ. Unequal lengths return at once: a
// length is no secret.
bool equal_constant_time(std::string_view a, std::string_view b);

// Lower-case hex of `bytes` random bytes of the operating system.
std::string random_hex(std::size_t bytes);

// A stable 64-bit hash for database indexes (FNV-1a). Not against an attacker: the full text is
// compared on a hit.
std::int64_t index_hash(std::string_view text);

}  // namespace catalina::crypto
