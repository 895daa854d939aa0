#include "app/trained_model.hpp"

#include <fstream>
#include <iterator>
#include <system_error>

#include "core/log.hpp"

extern "C" {
extern const char catalina_model[], catalina_model_end[];  // bot/app/built_in_model.S.in
}

namespace catalina {
namespace {

constexpr const char* kept_name = "model.bin";

std::shared_ptr<const dialog::Model> read_kept(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return nullptr;
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  try {
    return dialog::Model::from_bytes(bytes);
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
  std::ofstream out(draft, std::ios::binary);
  out << model.to_bytes() << std::flush;
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(draft, file, error);
  if (!out || error) log::warn("the trained model cannot be kept", {{"file", file.string()}});
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
