// Fetches the files citizens sent, as the jobs in the store say, into <data>/media/<sha256>. Lives
// on the io thread; waiting for the disk happens on a thread of its own.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>

#include "core/clock.hpp"
#include "core/settings.hpp"
#include "http/url.hpp"
#include "store/writer.hpp"

namespace catalina::whatsapp {

// Whether the access token may be sent to `url`: https at the Graph host itself or one of Meta's
// hosts for media; plain http only on loopback and only when the Graph API is there too.
bool is_media_host(const http::Url& url, const http::Url& graph);

struct MediaStats {
  int active = 0;  // being fetched
  std::int64_t fetched = 0;
  std::int64_t failed = 0;
};

class MediaFetcher {
 public:
  // `data_dir` holds the writer's database. Throws std::system_error when its media folder cannot
  // be made, std::invalid_argument for a bad Graph address.
  MediaFetcher(boost::asio::any_io_executor io, const WhatsappSettings& settings,
               const std::filesystem::path& data_dir, store::Writer& writer, Clock& clock);
  ~MediaFetcher();
  MediaFetcher(const MediaFetcher&) = delete;
  MediaFetcher& operator=(const MediaFetcher&) = delete;

  // Looks for jobs that are due. Call it once at the start and after each commit that added some;
  // it wakes by itself for those that become due later.
  void look();
  // Breaks off what is being fetched; the next start takes it up again.
  boost::asio::awaitable<void> stop(std::chrono::milliseconds grace);

  MediaStats stats() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace catalina::whatsapp
