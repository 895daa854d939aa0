#include "notify/legal_clock.hpp"

#include <algorithm>
#include <utility>

namespace catalina::notify {

using catalog::Term;
using catalog::TermUnit;

LegalClock::LegalClock(const catalog::LegalTerms& law, Term term, Reception reception, Time start)
    : law_(&law), calendar_(law), term_(std::move(term)), reception_(reception), last_(start) {}

LegalClock::LegalClock(const catalog::LegalTerms& law, Term term, Time received)
    : LegalClock(law, std::move(term), Calendar(law).reception(received), received) {}

LegalClock LegalClock::from_day(const catalog::LegalTerms& law, Term term, Date day0) {
  return {law, std::move(term), Reception{day0, Reception::Reason::same_day},
          Time(std::chrono::sys_days(day0)) - bogota_offset};
}

std::optional<Refusal> LegalClock::apply(const Event& event) {
  if (ended_on_) return Refusal::has_ended;
  if (event.at < last_) return Refusal::out_of_order;
  const auto refused =
      std::visit([&](const auto& what) { return happen(event.at, what); }, event.what);
  if (!refused) last_ = event.at;
  return refused;
}

LegalClock::Refused LegalClock::happen(Time at, const CompletionAsked&) {
  if (asked_on_) return Refusal::is_waiting;
  const auto last_day = ask_by();
  if (!last_day) return Refusal::not_completable;
  const Date today = bogota_date(at);
  if (today > *last_day) return Refusal::too_late_to_ask;
  asked_on_ = today;
  more_time_ = false;
  return std::nullopt;
}

LegalClock::Refused LegalClock::happen(Time at, const MoreTimeGiven&) {
  if (!asked_on_) return Refusal::not_waiting;
  if (more_time_ || law_->find(term_.completion)->citizen_more_months == 0)
    return Refusal::no_more_time;
  if (bogota_date(at) > *citizen_due()) return Refusal::citizen_too_late;
  more_time_ = true;
  return std::nullopt;
}

LegalClock::Refused LegalClock::happen(Time at, const Completed&) {
  if (!asked_on_) return Refusal::not_waiting;
  pauses_.push_back({*asked_on_, calendar_.reception(at).day});
  asked_on_.reset();
  return std::nullopt;
}

LegalClock::Refused LegalClock::happen(Time, const Suspended& suspension) {
  const bool range = suspension.from.ok() && suspension.to.ok() &&
                     suspension.from <= suspension.to && suspension.to.year() <= last_year;
  if (!range) return Refusal::no_range;
  pauses_.push_back({suspension.from, suspension.to});
  return std::nullopt;
}

LegalClock::Refused LegalClock::happen(Time at, const Extended& extension) {
  if (asked_on_) return Refusal::is_waiting;
  if (term_.longest_extension == 0) return Refusal::not_extensible;
  if (extended_by_ > 0) return Refusal::extended_before;
  if (bogota_date(at) > office_due()) return Refusal::extension_too_late;
  if (extension.by < 1 || extension.by > term_.longest_extension)
    return Refusal::extension_too_long;
  extended_by_ = extension.by;
  return std::nullopt;
}

LegalClock::Refused LegalClock::happen(Time at, const Ended&) {
  ended_on_ = bogota_date(at);
  return std::nullopt;
}

Date LegalClock::office_due() const {
  return calendar_.end_of(reception_.day, term_.count + extended_by_, term_.unit, pauses_);
}

// The last day of a term that began together with this one. It goes on while this one stands still:
// who has asked for what is missing wins no days to ask again.
Date LegalClock::end_of_first(const Term& other) const {
  return std::min(office_due(), calendar_.end_of(reception_.day, other.count, other.unit));
}

std::optional<Date> LegalClock::due() const {
  return asked_on_ ? std::nullopt : std::optional(office_due());
}

std::optional<Date> LegalClock::citizen_due() const {
  if (!asked_on_) return std::nullopt;
  const Term& asking = *law_->find(term_.completion);
  const int months = asking.citizen_months + (more_time_ ? asking.citizen_more_months : 0);
  return calendar_.end_of(*asked_on_, months, TermUnit::meses, pauses_);
}

std::optional<Date> LegalClock::ask_by() const {
  const Term* asking = law_->find(term_.completion);
  return asking ? std::optional(end_of_first(*asking)) : std::nullopt;
}

std::optional<Date> LegalClock::transfer_by() const {
  const Term* transfer = law_->find(term_.transfer);
  return transfer ? std::optional(end_of_first(*transfer)) : std::nullopt;
}

std::optional<Date> LegalClock::hand_over_by() const {
  const auto end = due();
  if (!end || !term_.handover_days) return std::nullopt;
  return calendar_.end_of(*end, *term_.handover_days, TermUnit::dias_habiles, pauses_);
}

Standing LegalClock::standing(Date today) const {
  const Date day = ended_on_.value_or(today);
  const Date limit = asked_on_ ? *citizen_due() : office_due();
  Standing standing;
  standing.business_days_left = calendar_.days_between(day, limit, pauses_);
  if (ended_on_)
    standing.state = State::ended;
  else if (asked_on_)
    standing.state = day > limit ? State::abandoned : State::waiting;
  else
    standing.state = day > limit ? State::overdue : State::running;
  return standing;
}

}  // namespace catalina::notify
