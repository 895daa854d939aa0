// The clock the law starts when a request is received: by when it has to be answered, and whose
// turn it is. It is computed by replaying what happened, so that an act loaded later (a suspension,
// a holiday) moves the dates of the requests that are under way by itself. It has no time of its
// own: whoever asks says what day it is.
//
//   LegalClock clock(law, *law.find("PET"), received);
//   for (const Event& event : events)
//     if (const auto refusal = clock.apply(event)) …   // refused, and nothing has changed
//   clock.due();
//
// Handing a request from one dependencia of the city to another is no event: the term goes on.
// Another entity's term is a clock of its own (`from_day`).
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "catalog/legal_terms.hpp"
#include "notify/calendar.hpp"

namespace catalina::notify {

// The citizen was asked for what is missing. The term stands still from this day to the day they
// hand it in, both included, and goes on the day after (Ley 1755 of 2015, article 17).
struct CompletionAsked {};
// The citizen asked for more time before theirs was over.
struct MoreTimeGiven {};
// The citizen handed in what was missing. Welcome after their time is over, too: only the act that
// closes the request, an `Ended`, takes the right away.
struct Completed {};
// An act suspended the term of this request alone; for those of the whole city see
// catalog::LegalTerms.
struct Suspended {
  Date from;
  Date to;  // included
};
// The citizen was told why it takes longer, and until when.
struct Extended {
  int by = 0;  // in the unit of the term
};
// Answered, handed to another entity, withdrawn, closed: the term runs no more.
struct Ended {};

struct Event {
  Time at;
  std::variant<CompletionAsked, MoreTimeGiven, Completed, Suspended, Extended, Ended> what;
};

// Why the law does not let something happen.
enum class Refusal {
  out_of_order,        // earlier than what happened last
  has_ended,           // nothing happens to a term that runs no more
  not_completable,     // nobody may ask for more in requests of this kind
  too_late_to_ask,     // for what is missing: the days for that are over, or the term is
  is_waiting,          // for the citizen already
  not_waiting,         // nothing was asked of the citizen
  no_more_time,        // the citizen's time cannot be made longer, or has been already
  citizen_too_late,    // they asked for more time when theirs was over
  not_extensible,      // the law extends no term of this kind
  extended_before,     // it does so only once
  extension_too_late,  // and only before the term is over
  extension_too_long,  // for longer than the law allows, or for nothing
  no_range             // the days of a suspension are in the wrong order, or no real days
};

enum class State {
  running,
  overdue,    // the due day is over and nobody answered
  waiting,    // the citizen has to hand something in, and has time
  abandoned,  // the citizen's time is over: desistimiento may be decreed (Ley 1755, article 17)
  ended
};

struct Standing {
  State state = State::running;
  // Until the last day of whoever's turn it is: 0 on that day, negative afterwards. Of a term that
  // has ended: what was left when it did.
  int business_days_left = 0;
};

class LegalClock {
 public:
  // `law` must outlive the clock; `term` may be one of its own or that of a tramite.
  LegalClock(const catalog::LegalTerms& law, catalog::Term term, Time received);
  // Of a term that begins the day after `day0`, whatever the hour: that of another entity which got
  // the request on that day (article 21), or of a citizen who was notified (to appeal).
  static LegalClock from_day(const catalog::LegalTerms& law, catalog::Term term, Date day0);

  [[nodiscard]] std::optional<Refusal> apply(const Event& event);

  const Reception& reception() const { return reception_; }
  // The last day to answer. Nothing while it waits for the citizen: it depends on them.
  std::optional<Date> due() const;
  // The last day of the citizen, while it waits for them.
  std::optional<Date> citizen_due() const;
  // The last day to ask for what is missing, and to hand the request to another entity, where the
  // law lets one. A transfer after that day is late, and still has to be made.
  std::optional<Date> ask_by() const;
  std::optional<Date> transfer_by() const;
  // Where silence means acceptance (Ley 1755 of 2015, article 14): the last day to hand over what
  // was asked for when the due day goes by without an answer.
  std::optional<Date> hand_over_by() const;

  Standing standing(Date today) const;

 private:
  using Refused = std::optional<Refusal>;
  LegalClock(const catalog::LegalTerms& law, catalog::Term term, Reception reception, Time start);

  Refused happen(Time at, const CompletionAsked&);
  Refused happen(Time at, const MoreTimeGiven&);
  Refused happen(Time at, const Completed&);
  Refused happen(Time at, const Suspended& suspension);
  Refused happen(Time at, const Extended& extension);
  Refused happen(Time at, const Ended&);
  Date end_of_first(const catalog::Term& other) const;
  Date office_due() const;

  const catalog::LegalTerms* law_;
  Calendar calendar_;
  catalog::Term term_;
  Reception reception_;
  Time last_;                     // when the last thing happened
  std::vector<Pause> pauses_;     // that are over, or have known ends
  std::optional<Date> asked_on_;  // since then it waits for the citizen
  bool more_time_ = false;        // the citizen has been given some, for what they were asked last
  int extended_by_ = 0;
  std::optional<Date> ended_on_;
};

}  // namespace catalina::notify
