#include "emulator/multipart.hpp"

#include <algorithm>
#include <cctype>

namespace catalina::emulator {
namespace {

constexpr std::size_t max_parts = 20;

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

// The value of name=value or name="value" in a header.
std::string parameter(std::string_view header, const std::string& name) {
  const std::string lowered = lower(header);
  std::size_t at = lowered.find("; " + name + "=");
  std::size_t skip = 2;
  if (at == std::string::npos) {
    at = lowered.find(";" + name + "=");
    skip = 1;
  }
  if (at == std::string::npos) return {};
  std::string_view value = header.substr(at + skip + name.size() + 1);
  if (value.starts_with("\"")) {
    value.remove_prefix(1);
    return std::string(value.substr(0, value.find('"')));
  }
  return std::string(value.substr(0, value.find_first_of("; \r\n")));
}

Part read_head(std::string_view head) {
  Part part;
  while (!head.empty()) {
    const std::size_t end = std::min(head.find("\r\n"), head.size());
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 2, head.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string name = lower(line.substr(0, colon));
    std::string_view value = line.substr(colon + 1);
    while (value.starts_with(' ')) value.remove_prefix(1);
    if (name == "content-disposition") {
      part.name = parameter(value, "name");
      part.filename = parameter(value, "filename");
    } else if (name == "content-type") {
      part.content_type = std::string(value);
    }
  }
  return part;
}

}  // namespace

std::optional<std::vector<Part>> read_multipart(std::string_view content_type,
                                                std::string_view body) {
  const std::string boundary = parameter(content_type, "boundary");
  if (!lower(content_type).starts_with("multipart/form-data") || boundary.empty())
    return std::nullopt;
  const std::string delimiter = "\r\n--" + boundary;
  if (!body.starts_with(delimiter.substr(2))) return std::nullopt;
  body.remove_prefix(delimiter.size() - 2);
  std::vector<Part> parts;
  while (!body.starts_with("--")) {
    if (!body.starts_with("\r\n") || parts.size() == max_parts) return std::nullopt;
    body.remove_prefix(2);
    const std::size_t head_end = body.find("\r\n\r\n");
    const std::size_t end = body.find(delimiter);
    if (end == std::string_view::npos || head_end == std::string_view::npos || head_end + 4 > end)
      return std::nullopt;
    Part part = read_head(body.substr(0, head_end));
    part.body = body.substr(head_end + 4, end - head_end - 4);
    parts.push_back(std::move(part));
    body.remove_prefix(end + delimiter.size());
  }
  return parts;
}

}  // namespace catalina::emulator
