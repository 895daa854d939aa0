// Mail addresses, phones, and the radicado of a request.
#include "dialog/radicado.hpp"
#include "understanding/entities/mentions.hpp"
#include "understanding/entities/scan.hpp"

namespace catalina::dialog {
namespace {

constexpr std::string_view colombia = "+57";
constexpr std::string_view cartagena = "+57605";

// What a phone has around it when it is one: two of them may be joined by "-" or "/".
bool is_phone_alone(std::string_view text, std::size_t begin, std::size_t end) {
  const auto is_part = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '$';
  };
  if (begin > 0 && is_part(text[begin - 1])) return false;
  return end == text.size() || !is_part(text[end]);
}

}  // namespace

void find_mails(const PlainText& plain, Mentions& out) {
  // Lengths as in RFC 5321, 4.5.3.1.
  static const RE2 pattern(
      R"(([a-z0-9][a-z0-9._%+-]{0,63}) ?@ ?([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,5}\.[a-z]{2,24})\b)");
  for_each_match(pattern, plain.text, [&](const Match& match) {
    out.add(EntityKind::correo, std::string(match.group(1)) + '@' + std::string(match.group(2)),
            match.begin(), match.end());
  });
}

void find_radicados(const PlainText& plain, Mentions& out) {
  if (const std::optional<RadicadoReading> reading = find_radicado(plain.text)) {
    out.add(reading->valid ? EntityKind::radicado : EntityKind::radicado_dudoso, reading->radicado,
            reading->begin, reading->end);
  }
}

void find_phones(const PlainText& plain, Mentions& out) {
  const std::string_view text = plain.text;
  // Ten digits: mobiles begin with 3, landlines with 60 and the region's digit (CRC Resolución 5826
  // of 2019).
  static const RE2 national(
      R"((?:(?:\+ ?|00)?57[ .-]{0,3})?\(?((?:3\d|60)\d)\)?[ .-]{0,3}(\d{3})[ .-]{0,2}(\d{2})[ .-]{0,2}(\d{2}))");
  for_each_match(national, text, [&](const Match& match) {
    if (!is_phone_alone(text, match.begin(), match.end())) return;
    std::string digits(colombia);
    for (int i = 1; i <= 4; ++i) digits += match.group(i);
    out.add(EntityKind::telefono, std::move(digits), match.begin(), match.end());
  });
  // Seven digits, as landlines of the city were dialled until 2021: only if called a phone.
  static const RE2 local(
      R"(\b(?:telefonos?|tel|fijo|llam\w{0,6})\b[\s:.#]{0,4}(?:(?:es|el|al|numero)[\s:]{1,2}){0,3}([2-9]\d{2})[ .-]{0,2}(\d{2})[ .-]{0,2}(\d{2}))");
  for_each_match(local, text, [&](const Match& match) {
    if (!is_phone_alone(text, match.begin(1), match.end())) return;
    std::string digits(cartagena);
    for (int i = 1; i <= 3; ++i) digits += match.group(i);
    out.add(EntityKind::telefono, std::move(digits), match.begin(1), match.end());
  });
}

}  // namespace catalina::dialog
