// The webhook bodies of tests/payloads, and the two hostile ones that are too large to keep.
#pragma once

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace catalina::test {
// A body with one text message, cut where the text goes and where the root object ends.
namespace detail {

inline const std::string before_text =
    R"({"object":"whatsapp_business_account","entry":[{"id":"108765432109001","changes":[{"value":{)"
    R"("messaging_product":"whatsapp","metadata":{"display_phone_number":"573005559000",)"
    R"("phone_number_id":"109876543210001"},"contacts":[{"profile":{"name":"Vecina de Prueba"},)"
    R"("wa_id":"573005550101","user_id":"CO.7010131415926535897"}],"messages":[{)"
    R"("from":"573005550101","from_user_id":"CO.7010131415926535897",)"
    R"("id":"wamid.HBgMNTczMDA1NTUwMTAxFQIAEhgUQjJBMjc2QzIxOEVEQUQ0QUI2Q0QA",)"
    R"("timestamp":"1795269850","type":"text","text":{"body":")";
inline const std::string after_text = R"("}}]},"field":"messages"}]}])";

}  // namespace detail

// `name` without ".json", for example "01-text-hola".
inline std::string payload(const std::string& name) {
  const std::string path = CATALINA_SOURCE_DIR "/tests/payloads/" + name + ".json";
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A valid text beside 100,000 nested arrays in an unknown member: 200,559 bytes.
inline std::string deep_nesting_payload() {
  using namespace detail;
  constexpr std::size_t levels = 100'000;
  return before_text + "hola" + after_text + R"(,"x":)" + std::string(levels, '[') +
         std::string(levels, ']') + "}";
}

// A valid text message that makes the whole body 3,100,000 bytes.
inline std::string huge_text_payload() {
  using namespace detail;
  constexpr std::size_t size = 3'100'000;
  const std::string sentence = "Se\xC3\xB1ora Catalina, necesito ayuda. ";
  const std::size_t room = size - before_text.size() - after_text.size() - 1;
  std::string text;
  while (text.size() + sentence.size() <= room) text += sentence;
  text.append(room - text.size(), '.');
  return before_text + text + after_text + "}";
}

}  // namespace catalina::test
