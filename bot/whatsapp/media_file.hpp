// A file being received: written beside its destination, named by what it holds once it is whole
// and on disk. So a crash leaves no half file under a real name, and a file sent by a hundred
// citizens is kept once.
#pragma once

#include <openssl/types.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace catalina::whatsapp {

class MediaFile {
 public:
  // A new file in `folder`, readable by us alone. Throws std::system_error, as all of these do.
  explicit MediaFile(const std::filesystem::path& folder);
  ~MediaFile();  // removes it unless it was kept
  MediaFile(const MediaFile&) = delete;
  MediaFile& operator=(const MediaFile&) = delete;

  void append(std::string_view data);
  // Makes it durable under its SHA-256 in hex, and returns that name. Slow: waits for the disk.
  std::string keep();

  std::int64_t size() const { return size_; }
  // After `keep`: the digest as Meta writes it.
  std::string sha256_base64() const;

  // Makes the folder (0700) and removes what a crash left half received.
  static void prepare(const std::filesystem::path& folder);

 private:
  std::filesystem::path folder_;
  std::filesystem::path path_;
  int fd_ = -1;
  std::int64_t size_ = 0;
  std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> hash_;
  std::string digest_;  // 32 bytes
};

}  // namespace catalina::whatsapp
