#include "whatsapp/webhook.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <memory>

#include "core/crypto.hpp"
#include "core/log.hpp"

namespace catalina::whatsapp {
namespace {

namespace asio = boost::asio;

constexpr std::string_view path = "/webhook";
constexpr std::string_view signature_prefix = "sha256=";
constexpr std::size_t signature_digits = 64;
constexpr std::size_t max_challenge = 1024;  // bytes

struct Endpoint {
  std::string secret;
  std::string old_secret;
  std::string verify_token;
  std::string phone_number_id;
  Receive receive;
  std::uint64_t unsigned_bodies = 0;
  std::uint64_t refused_handshakes = 0;
};

http::Response answer(unsigned status) {
  http::Response response;
  response.status = status;
  return response;
}

bool is_nothing(const Envelope& envelope) {
  return envelope.messages.empty() && envelope.receipts.empty() && envelope.account_events.empty();
}

// Strangers can be refused as often as they like: the log gets the 1st, 2nd, 4th, 8th …
http::Response refuse(unsigned status, std::string_view why, std::uint64_t& times) {
  if (std::has_single_bit(++times)) log::warn(why, {{"times", times}});
  return answer(status);
}

asio::awaitable<http::Response> verify(std::shared_ptr<Endpoint> endpoint, http::Request request) {
  auto challenge = handshake_challenge(request.query, endpoint->verify_token);
  if (!challenge)
    co_return refuse(403, "a webhook handshake was refused", endpoint->refused_handshakes);
  http::Response response;
  response.content_type = "text/plain";
  response.body = std::move(*challenge);
  co_return response;
}

asio::awaitable<http::Response> take(std::shared_ptr<Endpoint> endpoint, http::Request request) {
  const std::string_view signature = http::find_header(request.headers, "X-Hub-Signature-256");
  if (!is_signed(request.body, signature, endpoint->secret, endpoint->old_secret))
    co_return refuse(401, "a webhook's signature is missing or wrong", endpoint->unsigned_bodies);
  auto parsed = parse_envelope(request.body, endpoint->phone_number_id);
  if (const auto* bad = std::get_if<BadBody>(&parsed)) {
    log::warn("a signed webhook cannot be read", {{"reason", bad->reason}});
    co_return answer(400);
  }
  auto& envelope = std::get<Envelope>(parsed);
  if (envelope.skipped > 0)
    log::warn("parts of a webhook were too strange to read", {{"parts", envelope.skipped}});
  if (envelope.foreign > 0)
    log::warn("a webhook was for another number", {{"changes", envelope.foreign}});
  if (is_nothing(envelope)) co_return answer(200);
  try {
    co_await endpoint->receive(std::move(envelope));
  } catch (const StoreUnavailable& reason) {
    log::warn("a webhook cannot be taken now", {{"reason", reason.what()}});
    co_return answer(503);
  } catch (const std::exception& reason) {
    log::error("a webhook could not be stored", {{"reason", reason.what()}});
    co_return answer(503);
  }
  co_return answer(200);
}

}  // namespace

std::optional<std::string> handshake_challenge(std::string_view query,
                                               const std::string& verify_token) {
  std::string mode;
  std::string token;
  std::string challenge;
  for (auto& [name, value] : http::parse_query(query)) {
    if (name == "hub.mode")
      mode = std::move(value);
    else if (name == "hub.verify_token")
      token = std::move(value);
    else if (name == "hub.challenge")
      challenge = std::move(value);
  }
  if (mode != "subscribe" || challenge.size() > max_challenge || verify_token.empty() ||
      !crypto::equal_constant_time(token, verify_token))
    return std::nullopt;
  return challenge;
}

bool is_signed(std::string_view body, std::string_view header, const std::string& secret,
               const std::string& old_secret) {
  if (!header.starts_with(signature_prefix)) return false;
  std::string digits(header.substr(signature_prefix.size()));
  if (digits.size() != signature_digits) return false;
  std::transform(digits.begin(), digits.end(), digits.begin(), [](char c) {
    return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const auto matches = [&](const std::string& key) {
    return !key.empty() && crypto::equal_constant_time(digits, crypto::hmac_sha256_hex(key, body));
  };
  return matches(secret) || matches(old_secret);
}

void mount_webhook(http::Router& router, const WhatsappSettings& settings, Receive receive) {
  const auto endpoint = std::make_shared<Endpoint>();
  endpoint->secret = settings.app_secret;
  endpoint->old_secret = settings.app_secret_old;
  endpoint->verify_token = settings.verify_token;
  endpoint->phone_number_id = settings.phone_number_id;
  endpoint->receive = std::move(receive);
  router.add("GET", std::string(path),
             [endpoint](http::Request request) { return verify(endpoint, std::move(request)); });
  router.add("POST", std::string(path),
             [endpoint](http::Request request) { return take(endpoint, std::move(request)); },
             {max_webhook_body});
}

}  // namespace catalina::whatsapp
