#include "emulator/knobs.hpp"

#include "emulator/media.hpp"
#include "emulator/multipart.hpp"
#include "emulator/script.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::emulator;
using nlohmann::json;

TEST_CASE("knobs survive writing and reading") {
  Knobs knobs = Knobs::lifelike();
  knobs.reading = Reading::never;
  knobs.window = Window::ignored;
  knobs.pricing_on = PricingOn::both;
  knobs.token_expires = parse_utc("2026-11-21T14:30:00Z");
  knobs.batch_size = 1000;
  Knobs read;
  update(read, to_json(knobs));
  CHECK(to_json(read) == to_json(knobs));
}

TEST_CASE("a wrong change names the knob and changes nothing") {
  const std::pair<json, const char*> wrong[] = {
      {{{"batch_size", 2}, {"no_such_knob", 1}}, "no_such_knob"},
      {{{"batch_size", 1001}}, "batch_size"},
      {{{"batch_size", "many"}}, "batch_size"},
      {{{"reading", "sometimes"}}, "reading"},
      {{{"sent_delay_ms", -1}}, "sent_delay_ms"},
      {{{"token_expires", "tomorrow"}}, "token_expires"},
      {json("x"), "object"}};
  for (const auto& [change, name] : wrong) {
    Knobs knobs;
    INFO(change.dump());
    CHECK_THROWS_WITH(update(knobs, change), Catch::Contains(name));
    CHECK(to_json(knobs) == to_json(Knobs{}));
  }
}

TEST_CASE("outcomes are read by name") {
  CHECK(read_outcome({{"outcome", "refuse"}, {"code", 130429}}).code == 130429);
  CHECK(read_outcome({{"outcome", "drop_after"}}).kind == SendOutcome::Kind::drop_after);
  for (const json& wrong : {json("refuse"), json{{"outcome", "refuse"}}, json{{"outcome", "maybe"}},
                            json{{"outcome", "refuse"}, {"code", "x"}}})
    CHECK_THROWS_AS(read_outcome(wrong), std::invalid_argument);
}

TEST_CASE("multipart bodies are read whole or not at all") {
  const std::string type = "multipart/form-data; boundary=\"x y\"";
  const std::string body =
      "--x y\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
      "Content-Type: image/png\r\n\r\nline\r\n--x\r\nend\r\n--x y--\r\n";
  const auto parts = read_multipart(type, body);
  REQUIRE(parts);
  REQUIRE(parts->size() == 1);
  CHECK(parts->at(0).name == "file");
  CHECK(parts->at(0).filename == "a.png");
  CHECK(parts->at(0).content_type == "image/png");
  CHECK(parts->at(0).body == "line\r\n--x\r\nend");
  for (std::size_t cut = 0; cut + 6 < body.size(); ++cut)
    CHECK_FALSE(read_multipart(type, body.substr(0, cut)));
  CHECK_FALSE(read_multipart("application/json", body));
  CHECK_FALSE(read_multipart("multipart/form-data", body));
}

TEST_CASE("files are kept until they expire or their room is needed") {
  const Time now = parse_utc("2026-11-21T14:30:00Z");
  MediaLibrary library;
  const std::string first =
      library.add("image/png", "", std::string(1024, 'x'), now + Millis(10)).id;
  CHECK(library.find(first, now) != nullptr);
  CHECK(library.find(first, now + Millis(10)) == nullptr);
  const std::string token = library.make_url_token(first, now + Millis(5));
  CHECK(library.find_by_token(token, now) == library.find(first, now));
  CHECK(library.find_by_token(token, now + Millis(5)) == nullptr);
  library.add("image/png", "", std::string(MediaLibrary::capacity, 'x'), now + Millis(10));
  CHECK(library.find(first, now) == nullptr);
  CHECK(library.find_by_token(token, now) == nullptr);
}

TEST_CASE("the checksum of a file is base64, as webhooks have it") {
  MediaLibrary library;
  CHECK(library.add("text/plain", "", "hola", Time{}).sha256 ==
        "siHZ27CDp/M0KNfCo8MZiuklYU1wIQ4ocWzKp81N23k=");
}
