// What training made of the phrases with which people ask for things (config/frases): it knows
// which target a message is most likely about.
//
// Training takes seconds, so it is done when the phrases change and the result is kept; a model
// knows what it was trained on.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "catalog/documents.hpp"

namespace catalina::dialog {

class Classifier;

class Model {
 public:
  // From the phrases, names and questions of a catalog version. Deterministic. Throws
  // std::runtime_error that names the file and what is wrong with it.
  static std::shared_ptr<const Model> train(const catalog::Files& files);

  // What `train` of these files would be made from, as a number: a model with another fingerprint
  // has learnt something else. Changes of facts (a price, a step) do not change it.
  static std::uint64_t fingerprint_of(const catalog::Files& files);
  std::uint64_t fingerprint() const { return fingerprint_; }

  // To keep a model. `from_bytes` throws std::runtime_error when the bytes are damaged or were
  // written by another version. It reads them where they are: they begin at a multiple of 8, and
  // `owner` keeps them there (none: they stay as long as the program does).
  std::string to_bytes() const;
  static std::shared_ptr<const Model> from_bytes(std::string_view bytes,
                                                 std::shared_ptr<const void> owner = nullptr);

  const Classifier& targets() const { return *targets_; }

 private:
  Model() = default;
  std::uint64_t fingerprint_ = 0;
  std::shared_ptr<const Classifier> targets_;
};

}  // namespace catalina::dialog
