// The parts of a multipart/form-data body (RFC 7578), as uploads use it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalina::emulator {

struct Part {
  std::string name;
  std::string filename;
  std::string content_type;
  std::string_view body;  // into the body that was read
};

// Nothing when the content type is another or the body does not follow it. At most 20 parts.
std::optional<std::vector<Part>> read_multipart(std::string_view content_type,
                                                std::string_view body);

}  // namespace catalina::emulator
