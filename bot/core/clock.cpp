#include "core/clock.hpp"

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <string>

namespace catalina {
namespace {

Time system_now() {
  return std::chrono::floor<Millis>(std::chrono::system_clock::now());
}

Time epoch() {
  return Time();
}

constexpr auto local_offset = std::chrono::hours(-5);
constexpr std::size_t date_length = std::string_view("2026-11-21").size();
constexpr std::string_view local_form = "0000-00-00T00:00";

bool has_local_form(std::string_view text) {
  const auto fits = [](char form, char c) {
    return form == '0' ? c >= '0' && c <= '9' : c == form;
  };
  return std::equal(local_form.begin(), local_form.end(), text.begin(), text.end(), fits);
}

}  // namespace

Clock::Clock(Source source, Millis offset) : source_(source), offset_(offset.count()) {}

Clock::Clock(const Clock& other) : source_(other.source_), offset_(other.offset_.load()) {}

Clock Clock::system() {
  return Clock(system_now);
}

Clock Clock::starting_at(Time start) {
  return Clock(system_now, start - system_now());
}

Clock Clock::frozen_at(Time start) {
  return Clock(epoch, start.time_since_epoch());
}

Time Clock::now() const {
  return source_() + Millis(offset_.load(std::memory_order_relaxed));
}

void Clock::advance(Millis by) {
  offset_.fetch_add(by.count());
  std::vector<std::function<void()>> listeners;
  {
    const std::lock_guard lock(mutex_);
    listeners = listeners_;
  }
  for (const auto& listener : listeners) listener();
}

void Clock::on_jump(std::function<void()> listener) {
  const std::lock_guard lock(mutex_);
  listeners_.push_back(std::move(listener));
}

Time parse_utc(std::string_view text) {
  const auto bad = [&] {
    return std::invalid_argument("\"" + std::string(text) +
                                 "\" is not a time like 2026-11-21T14:30:00Z");
  };
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  int hour = 0;
  int minute = 0;
  double seconds = 0;
  char zulu = 0;
  int read = 0;
  const std::string copy(text);
  if (std::sscanf(copy.c_str(), "%4d-%2u-%2uT%2d:%2d:%lf%c%n", &year, &month, &day, &hour, &minute,
                  &seconds, &zulu, &read) != 7 ||
      zulu != 'Z' || static_cast<std::size_t>(read) != text.size())
    throw bad();
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(day)};
  if (!date.ok() || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
      !(seconds >= 0 && seconds < 60))
    throw bad();
  return Time(std::chrono::sys_days(date)) + std::chrono::hours(hour) +
         std::chrono::minutes(minute) + Millis(static_cast<Millis::rep>(seconds * 1000));
}

std::string format_utc(Time time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(days);
  const std::chrono::hh_mm_ss clock(time - days);
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text;
}

Time parse_local(std::string_view text) {
  try {
    std::string iso(text);
    if (iso.size() == local_form.size() && iso[date_length] == ' ') iso[date_length] = 'T';
    // More than parse_utc asks: no sign, no space, no digit left out.
    if (!has_local_form(iso)) throw std::invalid_argument("");
    return parse_utc(iso + ":00Z") - local_offset;
  } catch (const std::invalid_argument&) {
    throw std::invalid_argument("«" + std::string(text) + "» no es una hora como 2026-11-21 14:30");
  }
}

std::string format_local(Time time) {
  std::string text = format_utc(time + local_offset).substr(0, local_form.size());
  text[date_length] = ' ';
  return text;
}

}  // namespace catalina
