#include "understanding/gesture.hpp"

#include "support/catch.hpp"

using namespace catalina::dialog;

TEST_CASE("emoji without a word are a gesture, some of them a yes") {
  CHECK(gesture_of("👍") == Gesture::nod);
  CHECK(gesture_of(" 👍🏾👍🏾 ") == Gesture::nod);
  CHECK(gesture_of("✅") == Gesture::nod);
  CHECK(gesture_of("❤️") == Gesture::other);
  CHECK(gesture_of("🤷‍♀️ ...") == Gesture::other);
  CHECK(gesture_of("👎") == Gesture::other);
}

TEST_CASE("words, signs and broken bytes are no gesture") {
  CHECK(gesture_of("") == Gesture::none);
  CHECK(gesture_of("???") == Gesture::none);
  CHECK(gesture_of("«…» —") == Gesture::none);
  CHECK(gesture_of("gracias 👍") == Gesture::none);
  CHECK(gesture_of("2 👍") == Gesture::none);
  CHECK(gesture_of("\xE2") == Gesture::none);
  CHECK(gesture_of("\xF0\x9F\x91") == Gesture::other);  // cut in the middle
}
