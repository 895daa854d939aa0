// What has been found in a message so far. Who is found first keeps its text: a radicado is not
// read again as a phone. The families of entities are therefore asked from the most specific on.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "understanding/entities/entity.hpp"
#include "understanding/entities/plain_text.hpp"

namespace catalina::dialog {

class Mentions {
 public:
  // More than this is not looked at; bounds the time.
  static constexpr std::size_t most = 32;

  // Must outlive this object.
  explicit Mentions(const PlainText& plain) : plain_(plain) {}

  // Characters [begin, end) of the plain text. Not added when they overlap what is there already.
  void add(EntityKind kind, std::string value, std::size_t begin, std::size_t end);

  // In the order of the message, with places in bytes of it.
  std::vector<Entity> take() &&;

 private:
  const PlainText& plain_;
  std::vector<Entity> found_;
};

// The families, in the order in which they are asked. `written` is the message itself.
void find_mails(const PlainText& plain, Mentions& out);
void find_radicados(const PlainText& plain, Mentions& out);
void find_cadastral_references(const PlainText& plain, Mentions& out);
void find_named_papers(const PlainText& plain, Mentions& out);
void find_plates(const PlainText& plain, std::string_view message, Mentions& out);
void find_addresses(const PlainText& plain, const Tokens& tokens, std::string_view message,
                    Mentions& out);
void find_phones(const PlainText& plain, Mentions& out);
void find_money(const Tokens& tokens, Mentions& out);
void find_papers_by_form(const PlainText& plain, Mentions& out);

}  // namespace catalina::dialog
