// Codes of Meta's that more than the sender's rules know by name ("Error codes", Cloud API).
#pragma once

namespace catalina::whatsapp {

// A free-form message to a citizen whose 24-hour window is closed.
inline constexpr int window_closed = 131047;

}  // namespace catalina::whatsapp
