// The problems found in one document, and the questions that several rules ask of it.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "json_document.hpp"

namespace catalina::catalog {

// Ids that others may refer to; none when their file did not pass its schema, and then no reference
// is wrong.
using Ids = std::optional<std::vector<std::string>>;

// Expects a document that passed its schema, which must outlive the report. Places are built with
// "/", as in at / "pasos" / 2.
class Report {
 public:
  explicit Report(const JsonDocument& document) : document_(document) {}

  const nlohmann::json& root() const { return document_.root(); }
  const std::string& path() const { return document_.path(); }
  std::vector<Problem> take() { return std::move(problems_); }

  void add(const Pointer& at, std::string expected);

  // The value at `at` is null or one of `ids`. `what` says what they are: "un trámite".
  void refers_to(const Pointer& at, const Ids& ids, const std::string& what);

  // No two entries of the list have the same text at `key`. `seen` is handed from list to list when
  // they share their ids.
  void unique(const Pointer& list, const char* key, std::set<std::string>& seen);
  void unique(const Pointer& list, const char* key);

  // The entry says from where it has what it is sure of.
  void has_source_if_sure(const Pointer& entry);

  // No list of texts, wherever in the document, holds the same text twice.
  void no_repeated_texts(const Pointer& at = Pointer());

 private:
  const JsonDocument& document_;
  std::vector<Problem> problems_;
};

}  // namespace catalina::catalog
