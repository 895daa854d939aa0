// One thought typed in three bubbles, from the webhook to the Graph API.
#include "support/catch.hpp"
#include "support/rig.hpp"

using namespace catalina;
using nlohmann::json;

namespace {

constexpr const char* phone = "573005550177";

unsigned say(test::Rig& rig, const std::string& wamid, const std::string& text) {
  return rig.post_webhook(test::text_webhook(wamid, phone, text));
}

void restart_with_patience(test::Rig& rig, double seconds) {
  rig.settings().engine_hold_seconds = seconds;
  rig.restart();
}

}  // namespace

TEST_CASE("three bubbles are acknowledged each and answered once") {
  test::Rig rig;
  restart_with_patience(rig, 30);
  CHECK(say(rig, "wamid.b1", "hola") == 200);
  CHECK(say(rig, "wamid.b2", "una pregunta") == 200);
  CHECK(rig.graph().sent().empty());
  CHECK(say(rig, "wamid.b3", "cuánto vale el certificado de residencia") == 200);
  CHECK(rig.graph().wait_for(1).size() == 1);
  rig.settle();
  const auto sent = rig.graph().sent();
  REQUIRE(sent.size() == 1);
  CHECK_THAT(sent[0].dump(), Catch::Contains("gratis") && Catch::Contains("1581"));
}

TEST_CASE("a greeting after which nothing comes is answered when the wait is over") {
  test::Rig rig;
  restart_with_patience(rig, 0.05);
  CHECK(say(rig, "wamid.g1", "hola") == 200);
  CHECK_THAT(rig.graph().wait_for(1)[0].dump(), Catch::Contains("Catalina"));
}

TEST_CASE("words held by a process that ends are answered by the next") {
  test::Rig rig;
  restart_with_patience(rig, 30);
  CHECK(say(rig, "wamid.r1", "hola") == 200);
  restart_with_patience(rig, 0);
  CHECK_THAT(rig.graph().wait_for(1)[0].dump(), Catch::Contains("Catalina"));
  rig.settle();
  CHECK(rig.graph().sent().size() == 1);
}
