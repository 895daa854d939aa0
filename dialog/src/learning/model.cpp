#include "dialog/model.hpp"

#include <algorithm>
#include <stdexcept>
#include <unordered_map>

#include "learning/bytes.hpp"
#include "learning/noise.hpp"
#include "learning/phrases.hpp"
#include "learning/trainer.hpp"
#include "target.hpp"

namespace catalina::dialog {
namespace {

// Goes up when features or training change: what an earlier binary learnt is learnt anew.
constexpr std::uint64_t version = 5;

// Of each phrase, learnt beside it. Names and single words are what most people write, and in a
// word or two a slip of the finger leaves little else to go by.
constexpr int variants = 2;
constexpr int variants_of_short = 8;
constexpr std::ptrdiff_t most_words_of_short = 2;

// What is said with courtesies around it. Those of the other intents are themselves courtesies.
bool is_a_need(std::string_view target) {
  return !target.starts_with(intent_prefix) || target == emergency || target == out_of_scope;
}

bool is_short(const LabelledPhrase& phrase) {
  const auto words = std::count(phrase.text.begin(), phrase.text.end(), ' ') + 1;
  return phrase.is_name || words <= most_words_of_short;
}

// As the same person might have written it on another day.
std::string variant_of(const LabelledPhrase& phrase, std::mt19937& random) {
  std::string text = with_slips(phrase.text, random);
  const bool courteous = is_a_need(phrase.targets.front()) && random() % 2 == 0;
  return courteous ? with_courtesies(text, random) : text;
}

std::uint64_t fingerprint(const std::vector<LabelledPhrase>& phrases) {
  std::uint64_t hash = 14695981039346656037ULL ^ version;  // FNV-1a
  const auto add = [&](std::string_view bytes) {
    for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    hash *= 1099511628211ULL;
  };
  for (const LabelledPhrase& phrase : phrases) {
    add(phrase.text);
    for (const std::string& target : phrase.targets) add(target);
  }
  return hash;
}

// Names in the order of their first use.
class Labels {
 public:
  std::size_t index(const std::string& name) {
    const auto [found, is_new] = index_.emplace(name, names_.size());
    if (is_new) names_.push_back(name);
    return found->second;
  }
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::unordered_map<std::string, std::size_t> index_;
  std::vector<std::string> names_;
};

}  // namespace

std::shared_ptr<const Model> Model::train(const catalog::Files& files) {
  const std::vector<LabelledPhrase> phrases = read_phrases(files);
  if (phrases.empty()) throw std::runtime_error("frases/: se esperaba al menos una frase");
  Labels targets;
  Examples examples;
  std::mt19937 random(1);  // always the same variants
  for (const LabelledPhrase& phrase : phrases) {
    std::vector<std::size_t> meant;
    for (const std::string& target : phrase.targets) meant.push_back(targets.index(target));
    examples.add(features_of(phrase.text), meant);
    for (int i = is_short(phrase) ? variants_of_short : variants; i > 0; --i)
      examples.add(features_of(variant_of(phrase, random)), meant);
  }
  std::shared_ptr<Model> model(new Model());
  model->fingerprint_ = dialog::fingerprint(phrases);
  model->targets_ =
      std::make_shared<const Classifier>(dialog::train(targets.names(), std::move(examples)));
  return model;
}

std::uint64_t Model::fingerprint_of(const catalog::Files& files) {
  return dialog::fingerprint(read_phrases(files));
}

std::string Model::to_bytes() const {
  std::string bytes;
  put(bytes, fingerprint_);
  targets_->append_to(bytes);
  return bytes;
}

std::shared_ptr<const Model> Model::from_bytes(std::string_view bytes,
                                               std::shared_ptr<const void> owner) {
  ByteReader reader(bytes);
  std::shared_ptr<Model> model(new Model());
  model->fingerprint_ = reader.take<std::uint64_t>();
  model->targets_ = std::make_shared<const Classifier>(reader, std::move(owner));
  if (!reader.at_end()) refuse_bytes();
  return model;
}

}  // namespace catalina::dialog
