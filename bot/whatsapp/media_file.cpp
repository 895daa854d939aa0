#include "whatsapp/media_file.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "core/crypto.hpp"

namespace catalina::whatsapp {
namespace {

constexpr std::string_view incoming = "incoming-";

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

// A rename is durable only when its folder is.
void sync_folder(const std::filesystem::path& folder) {
  const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) fail("cannot open the media folder");
  const int result = fsync(fd);
  close(fd);
  if (result != 0) fail("cannot sync the media folder");
}

std::string hex(std::string_view bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    text += digits[static_cast<unsigned char>(c) >> 4];
    text += digits[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

}  // namespace

void MediaFile::prepare(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().filename().string().starts_with(incoming))
      std::filesystem::remove(entry.path());
}

MediaFile::MediaFile(const std::filesystem::path& folder)
    : folder_(folder),
      path_(folder / (std::string(incoming) + crypto::random_hex(8))),
      hash_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
  if (!hash_ || EVP_DigestInit_ex(hash_.get(), EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("SHA-256 is not available");
  fd_ =
      open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd_ < 0) fail("cannot create a media file");
}

MediaFile::~MediaFile() {
  if (fd_ >= 0) close(fd_);
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove(path_, ignored);
}

void MediaFile::append(std::string_view data) {
  EVP_DigestUpdate(hash_.get(), data.data(), data.size());
  size_ += static_cast<std::int64_t>(data.size());
  while (!data.empty()) {
    const ssize_t written = write(fd_, data.data(), data.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("cannot write a media file");
    data.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::string MediaFile::keep() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_DigestFinal_ex(hash_.get(), digest.data(), &size);
  digest_.assign(reinterpret_cast<const char*>(digest.data()), size);
  std::string name = hex(digest_);
  if (fsync(fd_) != 0) fail("cannot sync a media file");
  std::filesystem::rename(path_, folder_ / name);
  path_.clear();
  sync_folder(folder_);
  return name;
}

std::string MediaFile::sha256_base64() const {
  std::string text(4 * ((digest_.size() + 2) / 3) + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                   reinterpret_cast<const unsigned char*>(digest_.data()),
                                   static_cast<int>(digest_.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

}  // namespace catalina::whatsapp
