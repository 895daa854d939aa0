#include "whatsapp/media.hpp"

#include <sys/stat.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <deque>
#include <fstream>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/crypto.hpp"
#include "http/server.hpp"
#include "loop_fixture.hpp"
#include "store/media_jobs.hpp"
#include "support/catch.hpp"
#include "whatsapp/media_file.hpp"

using namespace catalina;
using namespace catalina::whatsapp;
using namespace std::chrono_literals;
using store::MediaJobs;
using store::WriteTx;

namespace {

// The Graph API and the host of the files, on one loopback server that answers as a test says.
class FileHost {
 public:
  explicit FileHost(boost::asio::io_context& io)
      : gate(io, std::chrono::steady_clock::time_point::max()), server_(io, routes(), {}) {
    server_.start();
    address = url() + "/file?key=1";
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(server_.port()); }

  std::string address;  // what the Graph API says
  std::string size = "3";
  std::deque<http::Response> graph_script;
  std::deque<http::Response> file_script;  // then: "abc"
  std::vector<std::string> asked;          // paths, in order
  std::string authorization;               // of the last request for a file
  bool holding = false;
  boost::asio::steady_timer gate;

 private:
  http::Router routes() {
    http::Router router;
    router.add("GET", "/v26.0/*", [this](http::Request r) { return graph(std::move(r)); });
    router.add("GET", "/file", [this](http::Request r) { return file(std::move(r)); });
    return router;
  }
  boost::asio::awaitable<http::Response> graph(http::Request request) {
    asked.push_back(request.path + "?" + request.query);
    http::Response response;
    response.body = nlohmann::json{{"url", address}, {"file_size", size}}.dump();
    co_return next(graph_script, response);
  }
  boost::asio::awaitable<http::Response> file(http::Request request) {
    asked.push_back(request.path);
    authorization = http::find_header(request.headers, "Authorization");
    while (holding) {
      boost::system::error_code ignored;
      co_await gate.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    }
    http::Response response;
    response.body = "abc";
    co_return next(file_script, response);
  }
  static http::Response next(std::deque<http::Response>& script, http::Response otherwise) {
    if (script.empty()) return otherwise;
    http::Response response = script.front();
    script.pop_front();
    return response;
  }

  http::Server server_;
};

http::Response answer(unsigned status, const std::string& body = "x") {
  http::Response response;
  response.status = status;
  response.body = body;
  return response;
}

struct Library : test::LoopFixture {
  Library() : host(io) {
    settings.graph_url = host.url();
    settings.graph_version = "v26.0";
    settings.phone_number_id = "1098";
    settings.access_token = "token";
    settings.media_max_bytes = 1000;
  }
  ~Library() {
    fetcher.reset();
    writer.close();  // its thread posts to `io`
  }

  // Queues the file and runs until it is fetched, given up or put off.
  void fetch(const std::string& media_id = "1900000000000005") {
    writer.run([&](WriteTx& tx) {
      const auto row = store::Inbound::add(tx, test::inbound("wamid." + media_id));
      MediaJobs::add(tx, row, {media_id, "image/jpeg", "", ""}, now());
    });
    start();
    fetcher->look();
    settle();
  }
  void start() {
    if (!fetcher) fetcher.emplace(io.get_executor(), settings, dir.path(), writer, clock);
  }
  void settle() {
    settle_when([&] { return fetcher->stats().active == 0; });
  }
  void advance(Millis by) {
    clock.advance(by);
    io.restart();
    io.poll();
    settle();
  }

  std::string state() { return text("SELECT state FROM media_jobs ORDER BY id"); }
  std::string error() { return text("SELECT error FROM media_jobs ORDER BY id"); }
  std::string text(const std::string& sql) {
    return store::Reader(options.file).read([&](store::ReadTx& tx) {
      store::Statement row = tx.query(sql);
      row.step();
      return row.get<std::string>(0);
    });
  }
  std::vector<std::filesystem::path> files() {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(dir / "media"))
      paths.push_back(entry.path());
    return paths;
  }

  FileHost host;
  WhatsappSettings settings;
  std::optional<MediaFetcher> fetcher;
};

}  // namespace

TEST_CASE("a file is fetched with our token and kept under its digest, for us alone") {
  Library library;
  library.fetch();
  CHECK(library.state() == "done");
  CHECK(library.host.asked ==
        std::vector<std::string>{"/v26.0/1900000000000005?phone_number_id=1098", "/file"});
  CHECK(library.host.authorization == "Bearer token");
  const auto files = library.files();
  REQUIRE(files.size() == 1);
  CHECK(files[0].filename() == crypto::sha256_hex("abc"));
  std::ifstream stream(files[0]);
  CHECK(std::string(std::istreambuf_iterator<char>(stream), {}) == "abc");
  struct stat status {};
  REQUIRE(stat(files[0].c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  CHECK(library.text("SELECT path FROM media_jobs") == "media/" + crypto::sha256_hex("abc"));
  CHECK(library.number("SELECT bytes FROM media_jobs") == 3);
}

TEST_CASE("the same file sent twice is kept once") {
  Library library;
  library.fetch("11111");
  library.fetch("22222");
  CHECK(library.files().size() == 1);
  CHECK(library.number("SELECT COUNT(*) FROM media_jobs WHERE state = 'done'") == 2);
}

TEST_CASE("an address that is gone is asked for once more, then given up") {
  Library library;
  library.host.file_script = {answer(404)};
  library.fetch();
  CHECK(library.state() == "done");
  CHECK(library.host.asked.size() == 4);

  Library gone;
  gone.host.file_script = {answer(404), answer(404)};
  gone.fetch();
  CHECK(gone.state() == "failed");
  CHECK(gone.error() == "the file is gone");
  CHECK(gone.files().empty());
}

TEST_CASE("a file beyond our limit is not kept, whatever size was announced") {
  Library announced;
  announced.host.size = "1001";
  announced.fetch();
  CHECK(announced.state() == "failed");
  CHECK(announced.host.asked.size() == 1);

  Library hidden;
  hidden.host.file_script = {answer(200, std::string(1001, 'x'))};
  hidden.fetch();
  CHECK(hidden.state() == "failed");
  CHECK(hidden.error() == "the file is too large");
  CHECK(hidden.files().empty());
}

TEST_CASE("the token goes to no host but the trusted ones") {
  Library library;
  library.host.address = "https://evil.example/file";
  library.fetch();
  CHECK(library.state() == "failed");
  CHECK(library.error() == "the file is at a host we do not trust");
}

TEST_CASE("a redirect is not followed") {
  Library library;
  http::Response redirect = answer(302);
  redirect.headers = {{"Location", library.host.url() + "/file"}};
  library.host.file_script = {redirect};
  library.fetch();
  CHECK(library.state() == "failed");
  CHECK(library.host.asked.size() == 2);
}

TEST_CASE("a passing failure is tried again, later each time") {
  Library library;
  library.host.graph_script = {answer(500), answer(401, R"({"error":{"code":190}})")};
  library.host.file_script = {answer(503)};
  library.fetch();
  CHECK(library.state() == "queued");
  CHECK(library.error() == "the Graph API answered 500");
  library.advance(10s - 1ms);
  CHECK(library.host.asked.size() == 1);
  library.advance(1ms);
  CHECK(library.host.asked.size() == 2);
  CHECK(library.error() == "the Graph API answered 401/190");
  library.advance(20s);
  CHECK(library.error() == "the file's host answered 503");
  library.advance(40s);
  CHECK(library.state() == "done");
}

TEST_CASE("what Meta no longer has is given up at once, what never comes after seven days") {
  Library unknown;
  unknown.host.graph_script = {answer(400, R"({"error":{"code":100}})")};
  unknown.fetch();
  CHECK(unknown.state() == "failed");

  Library never;
  never.host.graph_script = {answer(500), answer(500)};
  never.fetch();
  CHECK(never.state() == "queued");
  never.advance(7 * 24h);
  CHECK(never.state() == "failed");
}

TEST_CASE("a stop breaks off, and the next start fetches the file again") {
  Library library;
  library.host.holding = true;
  library.writer.run([&](WriteTx& tx) {
    const auto row = store::Inbound::add(tx, test::inbound("wamid.a"));
    MediaJobs::add(tx, row, {"11111", "image/jpeg", "", ""}, library.now());
  });
  library.start();
  library.fetcher->look();
  library.until([&] { return library.host.asked.size() == 2; });
  auto stopped =
      boost::asio::co_spawn(library.io, library.fetcher->stop(10s), boost::asio::use_future);
  library.until([&] { return stopped.wait_for(0s) == std::future_status::ready; });
  CHECK(library.state() == "queued");
  CHECK(library.files().empty());

  library.host.holding = false;
  library.host.gate.cancel();
  library.fetcher.reset();
  library.start();
  library.fetcher->look();
  library.settle();
  CHECK(library.state() == "done");
}

TEST_CASE("what a crash left half received is removed at the start") {
  Library library;
  std::filesystem::create_directory(library.dir / "media");
  std::ofstream(library.dir / "media/incoming-1234") << "half";
  std::ofstream(library.dir / "media/0123abcd") << "whole";
  library.start();
  REQUIRE(library.files().size() == 1);
  CHECK(library.files()[0].filename() == "0123abcd");
}

TEST_CASE("a folder that cannot be written puts the file off") {
  Library library;
  library.start();
  std::filesystem::remove(library.dir / "media");
  library.fetch();
  CHECK(library.state() == "queued");
  std::filesystem::create_directory(library.dir / "media");
  library.advance(10s);
  CHECK(library.state() == "done");
}

TEST_CASE("a disk with too little room left puts the file off until there is more") {
  Library library;
  library.settings.media_min_free_bytes = std::numeric_limits<std::int64_t>::max();
  library.fetch();
  CHECK(library.state() == "queued");
  CHECK(library.error() == "the disk is too full");
  CHECK(library.host.asked.empty());
  library.fetcher.reset();
  library.settings.media_min_free_bytes = 1;
  library.start();
  library.advance(10s);
  CHECK(library.state() == "done");
}

TEST_CASE("hosts are trusted by their whole name") {
  const auto graph = *http::parse_url("https://graph.facebook.com");
  const auto trusted = [&](const char* text) {
    return is_media_host(http::parse_url(text).value(), graph);
  };
  CHECK(trusted("https://lookaside.fbsbx.com/x"));
  CHECK(trusted("https://scontent.xx.fbcdn.net/x"));
  CHECK(trusted("https://mmg.whatsapp.net/x"));
  CHECK(trusted("https://graph.facebook.com/x"));
  for (const char* text :
       {"http://lookaside.fbsbx.com/x", "https://fbsbx.com.evil.example/", "https://evilfbsbx.com/",
        "https://fbsbx.com/", "https://lookaside.fbsbx.com:8443/", "https://169.254.169.254/",
        "http://127.0.0.1/", "https://localhost/", "https://facebook.com/"}) {
    CAPTURE(text);
    CHECK_FALSE(trusted(text));
  }
  const auto emulator = *http::parse_url("http://127.0.0.1:9000");
  CHECK(is_media_host(*http::parse_url("http://127.0.0.1:9001/x"), emulator));
  CHECK_FALSE(is_media_host(*http::parse_url("http://10.0.0.1/x"), emulator));
}

TEST_CASE("the digest of a file is told as Meta writes it") {
  const test::TempDir dir;
  MediaFile file(dir.path());
  file.append("ab");
  file.append("c");
  CHECK(file.keep() == crypto::sha256_hex("abc"));
  CHECK(file.size() == 3);
  CHECK(file.sha256_base64() == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}
