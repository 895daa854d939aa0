#include "whatsapp/media.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <optional>
#include <set>
#include <stdexcept>
#include <variant>

#include "core/log.hpp"
#include "http/client.hpp"
#include "store/media_jobs.hpp"
#include "store/reader.hpp"
#include "whatsapp/json_body.hpp"
#include "whatsapp/media_file.hpp"
#include "whatsapp/outcome_writer.hpp"
#include "whatsapp/send_policy.hpp"

namespace catalina::whatsapp {
namespace {

namespace asio = boost::asio;
using steady = std::chrono::steady_clock;

constexpr int max_active = 4;  // files at once
constexpr std::chrono::hours longest_sleep{1};
constexpr std::chrono::seconds first_retry{10};  // doubles each time …
constexpr std::chrono::hours longest_retry{1};   // … up to this
constexpr std::chrono::hours kept_by_meta{7 * 24};

// Meta's hosts for media, each with all of its subdomains.
constexpr std::array<std::string_view, 3> media_domains{"fbsbx.com", "fbcdn.net", "whatsapp.net"};

http::Url read_graph_url(const std::string& text) {
  const auto url = http::parse_url(text);
  if (!url) throw std::invalid_argument("\"" + text + "\" is not the address of a Graph API");
  return *url;
}

std::string origin(const http::Url& url) {
  return (url.tls ? "https://" : "http://") + url.authority();
}

http::ClientOptions client_options() {
  http::ClientOptions options;
  options.max_connections = max_active;
  return options;
}

// How an attempt ended.
struct Fetched {
  enum class Kind { done, retry, failed } kind = Kind::retry;
  std::string path;  // with done, relative to the data folder
  std::int64_t bytes = 0;
  std::string error;  // else; holds no address, which would carry Meta's key to the file
};

Fetched retry(std::string why) {
  return {Fetched::Kind::retry, {}, 0, std::move(why)};
}
Fetched give_up(std::string why) {
  return {Fetched::Kind::failed, {}, 0, std::move(why)};
}

// Meta writes the size as a string in its reference and as a number in the wild.
std::int64_t read_size(const Json& media) {
  if (const auto number = integer_at(media, "file_size")) return *number;
  const std::string_view text = string_at(media, "file_size");
  std::int64_t size = 0;
  std::from_chars(text.data(), text.data() + text.size(), size);
  return size;
}

// Waits for the disk, so it runs on the disk's thread.
asio::awaitable<std::string> keep(MediaFile& file) {
  co_return file.keep();
}

}  // namespace

bool is_media_host(const http::Url& url, const http::Url& graph) {
  if (!url.tls) return graph.is_loopback() && url.is_loopback();
  if (url.host == graph.host && url.port == graph.port) return true;
  if (url.port != 443) return false;
  return std::any_of(media_domains.begin(), media_domains.end(), [&](std::string_view domain) {
    return url.host.ends_with(domain) && url.host.size() > domain.size() &&
           url.host[url.host.size() - domain.size() - 1] == '.';
  });
}

struct MediaFetcher::State : std::enable_shared_from_this<MediaFetcher::State> {
  State(asio::any_io_executor executor, const WhatsappSettings& s,
        const std::filesystem::path& data_dir, store::Writer& w, Clock& c)
      : io(std::move(executor)),
        graph_url(read_graph_url(s.graph_url)),
        media_path("/" + s.graph_version + "/"),
        media_query("?phone_number_id=" + s.phone_number_id),
        headers{{"Authorization", "Bearer " + s.access_token}},
        max_bytes(s.media_max_bytes),
        min_free(s.media_min_free_bytes),
        folder(data_dir / "media"),
        writer(w),
        clock(c),
        reader(store::database_file(data_dir)),
        graph(io, s.graph_url, client_options()),
        alarm(io),
        changed(io) {
    MediaFile::prepare(folder);
  }

  // Separate from the constructor: what it registers refers to this object weakly.
  void begin() {
    const auto look_again = [self = weak_from_this()] {
      if (const auto state = self.lock()) state->look();
    };
    outcomes = std::make_shared<OutcomeWriter>(io, writer, look_again);
    clock.on_jump([self = weak_from_this(), look_again] {
      if (const auto state = self.lock()) asio::post(state->io, look_again);
    });
  }

  void look();
  bool has_room();
  static asio::awaitable<void> run(std::shared_ptr<State> self, store::MediaJob job);
  asio::awaitable<Fetched> fetch(const store::MediaJob& job);
  asio::awaitable<std::variant<http::Url, Fetched>> ask_address(const store::MediaJob& job);
  asio::awaitable<Fetched> download(const store::MediaJob& job, const http::Url& url, bool& gone);
  std::shared_ptr<http::Client> client_for(const http::Url& url);
  void record(const store::MediaJob& job, const Fetched& fetched);
  void close();

  const asio::any_io_executor io;
  const http::Url graph_url;
  const std::string media_path;
  const std::string media_query;
  const http::Headers headers;
  const std::int64_t max_bytes;
  const std::int64_t min_free;
  const std::filesystem::path folder;
  store::Writer& writer;
  Clock& clock;
  store::Reader reader;
  http::Client graph;
  std::shared_ptr<http::Client> host;  // of the last file; Meta uses one host nearly always
  std::string host_origin;
  std::shared_ptr<OutcomeWriter> outcomes;
  asio::thread_pool disk{1};
  asio::steady_timer alarm;
  asio::steady_timer changed;  // cancelled when a file is done with: a condition for `stop`
  std::set<std::int64_t> active;
  MediaStats counts;
  bool crowded = false;  // the last file found the disk too full
  bool stopping = false;
};

void MediaFetcher::State::look() {
  changed.cancel();
  if (stopping) return;
  std::optional<Time> next;
  try {
    reader.read([&](store::ReadTx& tx) {
      // Those under way and those whose outcome is not stored yet are still among them.
      const int held = static_cast<int>(active.size() + outcomes->pending());
      for (store::MediaJob& job : store::MediaJobs::due(tx, clock.now(), max_active + held)) {
        if (active.size() >= max_active) break;
        if (outcomes->holds(job.id) || !active.insert(job.id).second) continue;
        asio::co_spawn(io, run(shared_from_this(), std::move(job)), asio::detached);
      }
      next = store::MediaJobs::next_due(tx);
    });
  } catch (const store::StoreError& error) {
    log::error("media jobs cannot be read", {{"reason", error.what()}});
    next = clock.now() + first_retry;
  }
  if (!next || *next <= clock.now()) return;  // the end of what is under way looks again
  alarm.expires_after(std::min<Millis>(*next - clock.now(), longest_sleep));
  alarm.async_wait([self = weak_from_this()](boost::system::error_code error) {
    const auto state = self.lock();
    if (!error && state) state->look();
  });
}

asio::awaitable<void> MediaFetcher::State::run(std::shared_ptr<State> self, store::MediaJob job) {
  // Not from within look(), which may hold a read of the database open.
  co_await asio::post(self->io, asio::use_awaitable);
  Fetched fetched;
  try {
    fetched = co_await self->fetch(job);
  } catch (const std::exception& error) {  // the disk
    fetched = retry(error.what());
  }
  self->active.erase(job.id);
  if (!self->stopping) self->record(job, fetched);
  self->look();
}

// Files take no more of the disk than leaves room for the database, without which no webhook is
// taken. A disk that cannot be asked is not full: the file itself will tell what is wrong with it.
bool MediaFetcher::State::has_room() {
  std::error_code unknown;
  const std::uintmax_t free = std::filesystem::space(folder, unknown).available;
  const bool full = !unknown && free < static_cast<std::uintmax_t>(min_free);
  if (full && !crowded) log::warn("the disk is too full to fetch files", {{"free_bytes", free}});
  crowded = full;
  return !full;
}

asio::awaitable<Fetched> MediaFetcher::State::fetch(const store::MediaJob& job) {
  if (!has_room()) co_return retry("the disk is too full");
  // An address lives for five minutes; one that is gone is asked for once more.
  for (int asked = 1;; ++asked) {
    auto address = co_await ask_address(job);
    if (auto* failure = std::get_if<Fetched>(&address)) co_return std::move(*failure);
    bool gone = false;
    Fetched fetched = co_await download(job, std::get<http::Url>(address), gone);
    if (!gone || asked == 2) co_return fetched;
  }
}

asio::awaitable<std::variant<http::Url, Fetched>> MediaFetcher::State::ask_address(
    const store::MediaJob& job) {
  const http::CallResult call =
      co_await graph.call("GET", media_path + job.media.id + media_query, headers, "");
  if (call.kind != http::CallResult::Kind::answered) co_return retry(call.error);
  if (call.response.status != 200) {
    const Outcome outcome = read_answer(static_cast<int>(call.response.status), call.response.body);
    const Decision decision = decide(outcome, 1, clock.now(), first_retry, 0);
    const std::string why = "the Graph API answered " + std::to_string(call.response.status) +
                            (outcome.code == no_code ? "" : "/" + std::to_string(outcome.code));
    co_return decision.kind == Decision::Kind::give_up ? give_up(why) : retry(why);
  }
  const std::optional<Json> media = parse_json(call.response.body);
  const auto url = media ? http::parse_url(string_at(*media, "url")) : std::nullopt;
  if (!url) co_return retry("the Graph API named no address");
  if (!is_media_host(*url, graph_url)) co_return give_up("the file is at a host we do not trust");
  if (read_size(*media) > max_bytes) co_return give_up("the file is too large");
  co_return *url;
}

asio::awaitable<Fetched> MediaFetcher::State::download(const store::MediaJob& job,
                                                       const http::Url& url, bool& gone) {
  const std::shared_ptr<http::Client> client = client_for(url);
  MediaFile file(folder);
  const http::CallResult call =
      co_await client->download(url.target, headers, static_cast<std::size_t>(max_bytes),
                                [&file](std::string_view data) { file.append(data); });
  if (call.too_large) co_return give_up("the file is too large");
  if (call.kind != http::CallResult::Kind::answered) co_return retry(call.error);
  const unsigned status = call.response.status;
  gone = status == 404;
  if (gone) co_return give_up("the file is gone");
  if (status >= 300 && status < 400) co_return give_up("the file's address leads elsewhere");
  if (status != 200) co_return retry("the file's host answered " + std::to_string(status));

  Fetched fetched;
  fetched.kind = Fetched::Kind::done;
  fetched.path =
      "media/" + co_await asio::co_spawn(disk.get_executor(), keep(file), asio::use_awaitable);
  fetched.bytes = file.size();
  if (!job.media.sha256.empty() && job.media.sha256 != file.sha256_base64())
    log::warn("a file is not what its webhook announced", {{"job", job.id}});
  co_return fetched;
}

std::shared_ptr<http::Client> MediaFetcher::State::client_for(const http::Url& url) {
  if (!host || host_origin != origin(url)) {
    host_origin = origin(url);
    host = std::make_shared<http::Client>(io, host_origin, client_options());
  }
  return host;
}

void MediaFetcher::State::record(const store::MediaJob& job, const Fetched& fetched) {
  using store::MediaJobs;
  using store::WriteTx;
  const std::int64_t id = job.id;
  const int attempts = job.attempts + 1;
  const Time now = clock.now();
  if (fetched.kind == Fetched::Kind::done) {
    ++counts.fetched;
    outcomes->write(id, [id, path = fetched.path, bytes = fetched.bytes](WriteTx& tx) {
      MediaJobs::done(tx, id, path, bytes);
    });
    return;
  }
  const Millis wait = std::min<Millis>(
      Millis(first_retry) * (std::int64_t{1} << std::min(attempts - 1, 16)), longest_retry);
  if (fetched.kind == Fetched::Kind::retry && now + wait < job.created_at + kept_by_meta) {
    log::info("a file has to be fetched again", {{"job", id}, {"attempts", attempts}});
    outcomes->write(id, [id, attempts, at = now + wait, error = fetched.error](WriteTx& tx) {
      MediaJobs::retry_at(tx, id, attempts, at, error);
    });
    return;
  }
  ++counts.failed;
  log::warn("a file cannot be fetched", {{"job", id}, {"reason", fetched.error}});
  outcomes->write(id, [id, attempts, error = fetched.error](WriteTx& tx) {
    MediaJobs::failed(tx, id, attempts, error);
  });
}

void MediaFetcher::State::close() {
  stopping = true;
  alarm.cancel();
  graph.close();
  if (host) host->close();
}

MediaFetcher::MediaFetcher(asio::any_io_executor io, const WhatsappSettings& settings,
                           const std::filesystem::path& data_dir, store::Writer& writer,
                           Clock& clock)
    : state_(std::make_shared<State>(std::move(io), settings, data_dir, writer, clock)) {
  state_->begin();
}

MediaFetcher::~MediaFetcher() {
  state_->close();
  state_->outcomes->close();
}

void MediaFetcher::look() {
  state_->look();
}

asio::awaitable<void> MediaFetcher::stop(std::chrono::milliseconds grace) {
  const std::shared_ptr<State> state = state_;
  state->close();
  const steady::time_point end = steady::now() + grace;
  while ((!state->active.empty() || state->outcomes->pending() > 0) && steady::now() < end) {
    boost::system::error_code ignored;
    state->changed.expires_at(end);
    co_await state->changed.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
}

MediaStats MediaFetcher::stats() const {
  MediaStats stats = state_->counts;
  stats.active = static_cast<int>(state_->active.size());
  return stats;
}

}  // namespace catalina::whatsapp
