#include "json_document.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <vector>

#include "catalog/text.hpp"
#include "utf8.hpp"

namespace catalina::catalog {

using nlohmann::json;

namespace {

// Where the parser is. It reads one character at a time through a `CountingIterator`.
struct Cursor {
  int line = 1;
  char last = '\0';
};

class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* position, Cursor* cursor) : position_(position), cursor_(cursor) {}

  reference operator*() const { return *position_; }
  CountingIterator& operator++() {
    if (cursor_->last == '\n') ++cursor_->line;
    cursor_->last = *position_++;
    return *this;
  }
  bool operator==(const CountingIterator& other) const { return position_ == other.position_; }

 private:
  const char* position_;
  Cursor* cursor_;
};

int line_at(std::string_view text, std::size_t position) {
  return 1 + static_cast<int>(std::count(
                 text.begin(), text.begin() + static_cast<std::ptrdiff_t>(position), '\n'));
}

// The first byte that is not UTF-8, or the size of the text.
std::size_t first_invalid(std::string_view bytes) {
  std::size_t i = 0;
  while (i < bytes.size()) {
    const text::CodePoint c = text::decode(bytes, i);
    if (!c.valid) break;
    i += c.bytes;
  }
  return i;
}

}  // namespace

// Builds the document from the parser's events. An event that returns false ends the parsing, with
// `problem_` set.
class DocumentBuilder : public nlohmann::json_sax<json> {
 public:
  DocumentBuilder(const File& file, const Cursor& cursor) : file_(file), cursor_(cursor) {
    document_.path_ = file.path;
  }

  std::variant<JsonDocument, Problem> result() && {
    if (problem_) return std::move(*problem_);
    return std::move(document_);
  }

  bool null() override { return add(nullptr) != nullptr; }
  bool boolean(bool value) override { return add(value) != nullptr; }
  bool number_integer(number_integer_t value) override { return add(value) != nullptr; }
  bool number_unsigned(number_unsigned_t value) override { return add(value) != nullptr; }
  bool number_float(number_float_t value, const string_t&) override {
    return add(value) != nullptr;
  }
  bool string(string_t& value) override { return add(std::move(value)) != nullptr; }
  bool binary(binary_t&) override { return false; }  // only in formats other than text

  bool start_object(std::size_t) override { return open(json::object()); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    if (const char* expected = wrong_with(name)) return fail(expected);
    if (name.find_first_of("\n\t") != name.npos)
      return fail("se esperaba un nombre de campo en una sola línea");
    line_ = cursor_.line;
    key_ = std::move(name);
    if (!open_.back()->contains(key_)) return true;
    here_.push_back(key_);
    return fail("se esperaba una sola vez, y este campo está repetido");
  }

  bool parse_error(std::size_t position, const std::string& token,
                   const nlohmann::detail::exception&) override {
    if (position > file_.text.size())
      return fail("se esperaba el resto del archivo: está cortado o le falta cerrar algo");
    return fail(
        "se esperaba JSON bien escrito: revisa la coma, las comillas o la llave cerca de «" +
        text::truncate(text::sanitize(token, 200), 40) + "»");
  }

 private:
  static const char* wrong_with(const std::string& value) {
    if (value.size() > file_limits::text_bytes) return "se esperaba un texto más corto";
    if (text::sanitize(value, value.size()) != value)
      return "se esperaba un texto sin caracteres de control ni invisibles";
    return nullptr;
  }

  // Puts the value where the parser is and returns it there; nullptr after a problem. The address
  // holds while the value is open: only then closed siblings can move.
  json* add(json value) {
    json* parent = open_.empty() ? nullptr : open_.back();
    if (!parent || parent->is_array()) line_ = cursor_.line;
    if (parent && parent->is_array()) here_.push_back(std::to_string(parent->size()));
    if (parent && parent->is_object()) here_.push_back(key_);
    document_.lines_.emplace(here_.to_string(), line_);

    const char* expected = nullptr;
    if (value.is_string()) expected = wrong_with(value.get_ref<const std::string&>());
    const bool too_many = document_.lines_.size() > file_limits::values ||
                          (parent && parent->size() == file_limits::list_items);
    if (too_many) expected = "se esperaban menos datos en un archivo";
    if (expected) {
      fail(expected);
      return nullptr;
    }

    const bool stays_open = value.is_structured();
    json* added = nullptr;
    if (!parent)
      added = &(document_.root_ = std::move(value));
    else if (parent->is_array())
      added = &parent->emplace_back(std::move(value));
    else
      added = &((*parent)[key_] = std::move(value));
    if (parent && !stays_open) here_.pop_back();
    return added;
  }

  bool open(json container) {
    if (open_.size() == file_limits::depth)
      return fail("se esperaban menos niveles de corchetes y llaves, uno dentro de otro");
    json* added = add(std::move(container));
    if (added) open_.push_back(added);
    return added != nullptr;
  }

  bool close() {
    open_.pop_back();
    if (!open_.empty()) here_.pop_back();
    return true;
  }

  bool fail(std::string expected) {
    problem_ =
        Problem{file_.path, cursor_.line, field_name(document_.root_, here_), std::move(expected)};
    return false;
  }

  const File& file_;
  const Cursor& cursor_;
  JsonDocument document_;
  std::optional<Problem> problem_;
  std::vector<json*> open_;  // containers not yet closed, outermost first
  Pointer here_;             // the last container opened, or the value being added
  std::string key_;
  int line_ = 1;  // on which the value being added, or its key, begins
};

std::variant<JsonDocument, Problem> JsonDocument::parse(const File& file) {
  if (file.text.size() > file_limits::bytes)
    return Problem{file.path, 0, "", "se esperaba un archivo de 2 MB como máximo"};
  if (const auto invalid = first_invalid(file.text); invalid < file.text.size())
    return Problem{file.path, line_at(file.text, invalid), "",
                   "se esperaba texto en UTF-8; guarda el archivo con esa codificación"};

  Cursor cursor;
  DocumentBuilder builder(file, cursor);
  const char* begin = file.text.data();
  json::sax_parse(CountingIterator(begin, &cursor),
                  CountingIterator(begin + file.text.size(), &cursor), &builder);
  return std::move(builder).result();
}

Problem JsonDocument::problem(const Pointer& at, std::string expected) const {
  int line = 0;
  for (Pointer nearest = at; line == 0; nearest.pop_back()) {
    const auto found = lines_.find(nearest.to_string());
    if (found != lines_.end()) line = found->second;
    if (nearest.empty()) break;
  }
  return {path_, line, field_name(root_, at), std::move(expected)};
}

std::string field_name(const json& root, const Pointer& at) {
  if (at.empty()) return {};
  const Pointer parent = at.parent_pointer();
  std::string name = field_name(root, parent);
  const std::string last = text::truncate(at.back(), 60);
  if (root.contains(parent) && root.at(parent).is_array())
    return name.append("[").append(last).append("]");
  if (!name.empty()) name += '.';
  return name.append(last);
}

}  // namespace catalina::catalog
