// Where Meta delivers: GET /webhook proves that the address is ours, POST /webhook takes signed
// notifications. See "Webhooks" of the Cloud API.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/settings.hpp"
#include "http/server.hpp"
#include "whatsapp/envelope.hpp"

namespace catalina::whatsapp {

inline constexpr std::size_t max_webhook_body = 3 * 1024 * 1024;  // bytes, what Meta sends at most

// Takes over a notification: returns once all of it is stored and would survive a crash. Throws
// StoreUnavailable when it cannot be stored now; Meta then delivers it again.
struct StoreUnavailable : std::runtime_error {
  using std::runtime_error::runtime_error;
};
using Receive = std::function<boost::asio::awaitable<void>(Envelope)>;

// The challenge to answer with when the handshake knows our token; nothing otherwise, also when we
// have none.
std::optional<std::string> handshake_challenge(std::string_view query,
                                               const std::string& verify_token);

// Whether `header` (X-Hub-Signature-256) is the HMAC of these very bytes with one of the secrets.
// An empty secret matches nothing. Takes the same time wherever a signature is wrong.
bool is_signed(std::string_view body, std::string_view header, const std::string& secret,
               const std::string& old_secret);

// Answers: 413 beyond the limit, 401 without a good signature, 400 when the body is not something
// Meta sends, 200 once `receive` has returned or there was nothing for us in it, 503 when `receive`
// threw, 403 for a bad handshake.
void mount_webhook(http::Router& router, const WhatsappSettings& settings, Receive receive);

}  // namespace catalina::whatsapp
