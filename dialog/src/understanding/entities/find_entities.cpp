#include "understanding/entities/find_entities.hpp"

#include "understanding/entities/dates.hpp"
#include "understanding/entities/mentions.hpp"

namespace catalina::dialog {

std::vector<Entity> find_entities(std::string_view message, std::chrono::local_days today) {
  const PlainText plain = plain_text(message);
  const Tokens tokens(plain);
  Mentions found(plain);
  find_mails(plain, found);
  // Most messages have no digit; then only dates and amounts can be in words.
  const bool has_digit = plain.text.find_first_of("0123456789") != std::string::npos;
  if (has_digit) {
    find_radicados(plain, found);
    find_cadastral_references(plain, found);
    find_named_papers(plain, found);
    find_plates(plain, message, found);
    find_addresses(plain, tokens, message, found);
  }
  find_dates(tokens, today, found);
  if (has_digit) find_phones(plain, found);
  find_money(tokens, found);
  if (has_digit) find_papers_by_form(plain, found);
  return std::move(found).take();
}

}  // namespace catalina::dialog
