#include "whatsapp/send_policy.hpp"

#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::whatsapp;
using namespace std::chrono_literals;
using Kind = Decision::Kind;

namespace {

const Time now = parse_utc("2026-11-21T14:30:00Z");
constexpr Millis receipt_wait = 30s;

Decision after(int code, int attempts = 1, int http_status = 400, double jitter = 0) {
  Outcome outcome;
  outcome.kind = Outcome::Kind::refused;
  outcome.code = code;
  outcome.http_status = http_status;
  return decide(outcome, attempts, now, receipt_wait, jitter);
}

Decision after(Outcome::Kind kind, int attempts) {
  Outcome outcome;
  outcome.kind = kind;
  return decide(outcome, attempts, now, receipt_wait, 0);
}

Millis wait_of(const Decision& decision) {
  return decision.at - now;
}

std::string error(const std::string& members) {
  return R"({"error":{)" + members + "}}";
}

}  // namespace

TEST_CASE("what was accepted is done") {
  CHECK(after(Outcome::Kind::accepted, 1).kind == Kind::done);
}

TEST_CASE("the pair limit is retried after 4^X seconds") {
  CHECK(wait_of(after(131056, 1)) == 1s);
  CHECK(wait_of(after(131056, 2)) == 4s);
  CHECK(wait_of(after(131056, 3)) == 16s);
  CHECK(wait_of(after(131056, 6)) == 1024s);
  CHECK(wait_of(after(131056, 50)) == 1024s);
  CHECK(after(131056, 50).kind == Kind::retry);
}

TEST_CASE("throughput and outages are retried with growing waits up to five minutes") {
  CHECK(after(130429).kind == Kind::retry);
  CHECK(wait_of(after(130429, 1)) == 1s);
  CHECK(wait_of(after(130429, 2)) == 2s);
  CHECK(wait_of(after(130429, 4)) == 8s);
  CHECK(wait_of(after(130429, 99)) == 5min);
  CHECK(after(130429, 100).kind == Kind::give_up);
  for (const int code : {1, 2, 131016, 131057, 133000, 133004}) {
    CAPTURE(code);
    CHECK(after(code).kind == Kind::retry);
  }
  CHECK(after(1, 5).kind == Kind::give_up);
}

TEST_CASE("jitter lengthens a wait by up to half and never shortens it") {
  CHECK(wait_of(after(130429, 4, 400, 0.5)) == 10s);
  CHECK(wait_of(after(130429, 4, 400, 0.999)) < 12s);
}

TEST_CASE("errors of the number, the account or us halt everything") {
  for (const int code :
       {0,      3,      4,      10,     33,     190,    200,    250,    299,    368,   80007,
        131005, 131031, 131037, 131042, 131045, 131048, 133005, 133010, 133015, 133016}) {
    CAPTURE(code);
    const Decision decision = after(code);
    CHECK(decision.kind == Kind::halt);
    CHECK(decision.at > now);
    CHECK_FALSE(decision.reason.empty());
  }
  CHECK(after(190, 10'000).kind == Kind::halt);
}

TEST_CASE("errors of one message give up that message") {
  for (const int code :
       {100,    130472, 130497, 131008, 131009, 131021, 131026, 131030, 131047, 131050,
        131051, 131052, 131053, 131055, 131061, 131062, 131063, 131064, 132000, 132001,
        132005, 132007, 132012, 132015, 132016, 132068, 134011, 135000, 137000}) {
    CAPTURE(code);
    const Decision decision = after(code);
    CHECK(decision.kind == Kind::give_up);
    CHECK_FALSE(decision.reason.empty());
  }
}

TEST_CASE("what Meta wants later waits that long") {
  CHECK(wait_of(after(131049)) == 24h);
  CHECK(after(131049, 2).kind == Kind::give_up);
  CHECK(wait_of(after(132069)) == 1h);
}

TEST_CASE("when Meta itself does not know, the receipt decides, three times at most") {
  CHECK(after(131000, 1, 500).kind == Kind::wait_for_receipt);
  CHECK(wait_of(after(131000, 1, 500)) == receipt_wait);
  CHECK(after(131000, 2, 500).kind == Kind::wait_for_receipt);
  CHECK(after(131000, 3, 500).kind == Kind::give_up);
  CHECK(after(999'999, 1, 500).kind == Kind::wait_for_receipt);
}

TEST_CASE("a code we do not know costs a few tries and then the message") {
  CHECK(after(999'999, 1).kind == Kind::retry);
  CHECK(after(999'999, 3).kind == Kind::give_up);
}

TEST_CASE("without a code of Meta's the HTTP status decides") {
  CHECK(after(no_code, 1, 401).kind == Kind::halt);
  CHECK(after(no_code, 1, 403).kind == Kind::halt);
  CHECK(after(no_code, 1, 404).kind == Kind::halt);
  CHECK(after(no_code, 1, 302).kind == Kind::halt);
  CHECK(wait_of(after(no_code, 1, 429)) == 1s);
  CHECK(after(no_code, 1, 400).kind == Kind::retry);
  CHECK(after(no_code, 3, 400).kind == Kind::give_up);
}

TEST_CASE("a dead network is tried for as long as it takes") {
  CHECK(wait_of(after(Outcome::Kind::not_sent, 1)) == 1s);
  CHECK(wait_of(after(Outcome::Kind::not_sent, 1'000)) == 5min);
}

TEST_CASE("an unknown outcome waits for its receipt, longer each time, and not for ever") {
  CHECK(after(Outcome::Kind::unknown, 1).kind == Kind::wait_for_receipt);
  CHECK(wait_of(after(Outcome::Kind::unknown, 1)) == receipt_wait);
  CHECK(wait_of(after(Outcome::Kind::unknown, 2)) == 2 * receipt_wait);
  CHECK(wait_of(after(Outcome::Kind::unknown, 7)) == 10min);
  CHECK(after(Outcome::Kind::unknown, 8).kind == Kind::give_up);
}

TEST_CASE("an acceptance names its message") {
  const Outcome outcome = read_answer(
      200, R"({"messaging_product":"whatsapp","contacts":[],"messages":[{"id":"wamid.A"}]})");
  CHECK(outcome.kind == Outcome::Kind::accepted);
  CHECK(outcome.wamid == "wamid.A");
}

TEST_CASE("a 200 that names no message may have sent one") {
  for (const char* body : {"", "OK", "{}", R"({"messages":[]})", R"({"messages":[{"id":7}]})",
                           R"({"success":true})"}) {
    CAPTURE(body);
    CHECK(read_answer(200, body).kind == Outcome::Kind::unknown);
  }
  CHECK(read_answer(202, "").kind == Outcome::Kind::unknown);
}

TEST_CASE("an error is read by its code, whatever its shape") {
  const Outcome full = read_answer(
      400, error(R"("message":"(#131056) x","code":131056,"error_data":{"details":"too fast"})"));
  CHECK(full.kind == Outcome::Kind::refused);
  CHECK(full.code == 131056);
  CHECK(full.details == "too fast");
  CHECK(read_answer(401, error(R"("message":"m","code":190,"error_data":"text")")).details == "m");
  CHECK(read_answer(401, error(R"("code":0)")).code == 0);
  CHECK(read_answer(500, error(R"("code":131000)")).kind == Outcome::Kind::refused);
  CHECK(read_answer(400, "<html>").code == no_code);
  CHECK(read_answer(400, error(R"("code":"190")")).code == no_code);
  CHECK(read_answer(400, error(R"("code":99999999999)")).code == no_code);
}

TEST_CASE("a failure without a code leaves the outcome unknown") {
  CHECK(read_answer(502, "<html>Bad Gateway</html>").kind == Outcome::Kind::unknown);
  CHECK(read_answer(500, "").kind == Outcome::Kind::unknown);
}
