#include "support/catalina.hpp"

#include <fstream>
#include <iterator>

#include "support/process.hpp"

namespace catalina::test {

Variables complete(const TempDir& dir) {
  return {{"CATALINA_HTTP_PORT", "0"},
          {"CATALINA_DATA_DIR", (dir / "data").string()},
          {"CATALINA_LOG_LEVEL", "warn"},
          {"CATALINA_WHATSAPP_APP_SECRET", "s"},
          {"CATALINA_WHATSAPP_VERIFY_TOKEN", "v"},
          {"CATALINA_WHATSAPP_ACCESS_TOKEN", "a"},
          {"CATALINA_WHATSAPP_PHONE_NUMBER_ID", "109876543210001"},
          {"CATALINA_WHATSAPP_BUSINESS_ACCOUNT_ID", "108765432109001"},
          {"CATALINA_WHATSAPP_GRAPH_URL", "http://127.0.0.1:9"}};
}

Ended run(const std::vector<std::string>& arguments, const Variables& variables, const TempDir& dir,
          const std::string& input) {
  const Streams streams{dir / "output", dir / "errors", dir / "input"};
  std::filesystem::remove(streams.output);
  std::filesystem::remove(streams.errors);
  std::ofstream(streams.input, std::ios::binary) << input;
  Process process(CATALINA_BINARY, arguments, variables, streams);
  const int status = process.wait(std::chrono::seconds(60));
  return {status, read_file(streams.output), read_file(streams.errors)};
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace catalina::test
