// How the process is doing, for a load balancer (/health) and for Prometheus (/metrics). Holds
// nothing about citizens.
#pragma once

#include <cstdint>
#include <string>

#include "core/clock.hpp"
#include "http/message.hpp"
#include "store/writer.hpp"
#include "whatsapp/media.hpp"
#include "whatsapp/sender.hpp"

namespace catalina {

struct Vitals {
  store::WriterStats writer;
  whatsapp::SenderStats sender;
  whatsapp::MediaStats media;
  std::string catalog_version;
  std::uint64_t stale = 0;  // messages that came too late to be answered
  bool draining = false;
  Time now{};
  Time started_at{};
};

// 200 {"status":"ok",…}; 503 with "draining" while stopping and "broken" when the store refuses
// writes. A halted sender (token refused, payment …) is told in the body and keeps 200: messages
// are taken and kept, restarting would not help.
http::Response health_response(const Vitals& vitals);

// Prometheus text format 0.0.4.
http::Response metrics_response(const Vitals& vitals);

}  // namespace catalina
