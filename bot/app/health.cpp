#include "app/health.hpp"

#include <nlohmann/json.hpp>
#include <string_view>

namespace catalina {
namespace {

constexpr unsigned ok = 200;
constexpr unsigned unavailable = 503;

std::string_view status_of(const Vitals& vitals) {
  if (vitals.writer.broken) return "broken";
  return vitals.draining ? "draining" : "ok";
}

class Metrics {
 public:
  void gauge(std::string_view name, std::string_view help, double value) {
    add(name, help, "gauge", value);
  }
  void counter(std::string_view name, std::string_view help, double value) {
    add(name, help, "counter", value);
  }
  std::string text() && { return std::move(text_); }

 private:
  void add(std::string_view name, std::string_view help, std::string_view type, double value) {
    const std::string full = "catalina_" + std::string(name);
    text_ += "# HELP " + full + ' ' + std::string(help) + "\n# TYPE " + full + ' ' +
             std::string(type) + '\n';
    text_ += full + ' ' + nlohmann::json(value).dump() + '\n';
  }
  std::string text_;
};

double seconds(Millis duration) {
  return std::chrono::duration<double>(duration).count();
}

}  // namespace

http::Response health_response(const Vitals& vitals) {
  const std::string_view status = status_of(vitals);
  nlohmann::ordered_json body{{"status", status},
                              {"queue_depth", vitals.writer.queue_depth},
                              {"last_commit", nullptr},
                              {"catalog_version", vitals.catalog_version},
                              {"outgoing_waiting", vitals.sender.waiting},
                              {"outgoing_in_flight", vitals.sender.in_flight},
                              {"outgoing_unknown", vitals.sender.unknown}};
  if (vitals.writer.last_commit != Time{})
    body["last_commit"] = format_utc(vitals.writer.last_commit);
  if (!vitals.sender.halted.empty()) body["sending_halted"] = vitals.sender.halted;
  http::Response response;
  response.status = status == "ok" ? ok : unavailable;
  response.content_type = "application/json";
  response.body = body.dump();
  response.headers = {{"Cache-Control", "no-store"}};
  return response;
}

http::Response metrics_response(const Vitals& vitals) {
  Metrics m;
  m.gauge("up", "1 while webhooks are accepted.", status_of(vitals) == "ok" ? 1 : 0);
  m.gauge("uptime_seconds", "Since the start of the process.",
          seconds(vitals.now - vitals.started_at));
  m.gauge("engine_queue_depth", "Jobs waiting for the writer.", vitals.writer.queue_depth);
  m.counter("engine_jobs_total", "Jobs the writer has run.",
            static_cast<double>(vitals.writer.jobs));
  m.counter("engine_commits_total", "Commits; jobs per commit is the size of a group.",
            static_cast<double>(vitals.writer.commits));
  m.gauge("engine_last_commit_timestamp_seconds", "Time of the last commit.",
          seconds(vitals.writer.last_commit.time_since_epoch()));
  m.counter("inbound_stale_total", "Messages that came too late to be answered.",
            static_cast<double>(vitals.stale));
  m.gauge("outgoing_waiting", "Messages waiting to be sent.", vitals.sender.waiting);
  m.gauge("outgoing_in_flight", "Messages on the wire.", vitals.sender.in_flight);
  m.gauge("outgoing_unknown", "Messages that may have been sent and wait for their receipt.",
          vitals.sender.unknown);
  m.counter("outgoing_accepted_total", "Messages the Graph API took.",
            static_cast<double>(vitals.sender.accepted));
  m.counter("outgoing_failed_total", "Messages given up.",
            static_cast<double>(vitals.sender.failed));
  m.counter("outgoing_retried_total", "Attempts that will be repeated.",
            static_cast<double>(vitals.sender.retried));
  m.gauge("sending_halted", "1 while nothing is sent until an operator acts.",
          vitals.sender.halted.empty() ? 0 : 1);
  m.gauge("media_active", "Files being fetched.", vitals.media.active);
  m.counter("media_fetched_total", "Files fetched.", static_cast<double>(vitals.media.fetched));
  m.counter("media_failed_total", "Files given up.", static_cast<double>(vitals.media.failed));
  http::Response response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = std::move(m).text();
  return response;
}

}  // namespace catalina
