#include "app/trained_model.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

#include "core/crypto.hpp"
#include "core/log.hpp"

extern "C" {
extern const char catalina_model[], catalina_model_end[];  // bot/app/built_in_model.S.in
}

namespace catalina {
namespace {

constexpr const char* kept_name = "model.bin";

constexpr std::size_t seal_size = 64;

// Behind the model in its file. A model with one wrong weight reads as well as the right one.
std::string seal_of(std::string_view model) {
  return crypto::sha256_hex(model);
}

std::string_view unsealed(std::string_view bytes) {
  const std::size_t size = bytes.size() - std::min(bytes.size(), seal_size);
  const std::string_view model = bytes.substr(0, size);
  if (bytes.substr(size) != seal_of(model))
    throw std::runtime_error("the trained model is damaged");
  return model;
}

// Onto the disk itself: a file, or the names in a folder.
bool sync(const std::filesystem::path& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool done = fsync(fd) == 0;
  close(fd);
  return done;
}

std::shared_ptr<const dialog::Model> read_kept(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return nullptr;
  const auto bytes = std::make_shared<const std::string>(std::istreambuf_iterator<char>(in),
                                                         std::istreambuf_iterator<char>());
  try {
    return dialog::Model::from_bytes(unsealed(*bytes), bytes);
  } catch (const std::runtime_error& error) {
    log::warn("a kept model cannot be used and is trained again", {{"reason", error.what()}});
    return nullptr;
  }
}

}  // namespace

std::shared_ptr<const dialog::Model> built_in_model() {
  static const auto model = dialog::Model::from_bytes(
      {catalina_model, static_cast<std::size_t>(catalina_model_end - catalina_model)});
  return model;
}

std::shared_ptr<const dialog::Model> ready_model(const catalog::Files& files,
                                                 const std::filesystem::path& data_dir) {
  const std::uint64_t wanted = dialog::Model::fingerprint_of(files);
  if (built_in_model()->fingerprint() == wanted) return built_in_model();
  if (data_dir.empty()) return nullptr;
  auto kept = read_kept(data_dir / kept_name);
  return kept && kept->fingerprint() == wanted ? kept : nullptr;
}

// Whole or not at all: a half-written file would cost every later start its time.
void keep_model(const dialog::Model& model, const std::filesystem::path& data_dir) {
  const std::filesystem::path file = data_dir / kept_name;
  const std::filesystem::path draft = file.string() + ".new";
  const std::string bytes = model.to_bytes();
  std::ofstream out(draft, std::ios::binary);
  out << bytes << seal_of(bytes);
  out.close();
  std::error_code error;
  const bool written = out && sync(draft);
  if (written) std::filesystem::rename(draft, file, error);
  if (!written || error || !sync(data_dir))
    log::warn("the trained model cannot be kept", {{"file", file.string()}});
}

std::shared_ptr<const dialog::Model> model_for(const catalog::Files& files,
                                               const std::filesystem::path& data_dir) {
  if (auto ready = ready_model(files, data_dir)) return ready;
  log::info("learning from the phrases of the catalog");
  auto model = dialog::Model::train(files);
  if (!data_dir.empty()) keep_model(*model, data_dir);
  return model;
}

}  // namespace catalina
