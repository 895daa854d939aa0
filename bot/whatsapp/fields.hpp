// The small values inside webhooks, each checked before anybody relies on it. Internal to the room.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "whatsapp/json_body.hpp"

namespace catalina::whatsapp {

// ^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$
bool is_bsuid(std::string_view text);
// 5 to 20 digits, without "+".
bool is_phone(std::string_view text);
// ^[0-9]{5,32}$, so that it can go into a path.
bool is_media_id(std::string_view text);
// Opaque to us: printable ASCII of a sane length.
bool is_wamid(std::string_view text);

// Unix seconds as a string of digits or a number, in the years 2001 to 2286.
std::optional<Time> read_time(const Json& object, std::string_view name);

// Text that others chose, sanitised and on one line.
std::string one_line(std::string_view text, std::size_t max_utf16);

}  // namespace catalina::whatsapp
