#include "core/crypto.hpp"

#include "support/catch.hpp"

using namespace catalina;

// Vectors of the Cloud API reference, secret "catalina-demo-app-secret".
TEST_CASE("HMAC-SHA256 signs the bytes as they are") {
  const std::string secret = "catalina-demo-app-secret";
  CHECK(crypto::hmac_sha256_hex(secret, R"({"object":"whatsapp_business_account","entry":[]})") ==
        "49efb61cf528fdda05f05a5e9501f8933d6ed262d23e1e5ac6d0e4e421f8057b");
  CHECK(
      crypto::hmac_sha256_hex(secret, R"({"object": "whatsapp_business_account", "entry": []})") ==
      "b35eeb8da4fc75725225baebac567d7e2086deaa8aee3e4eb3f14837e1a5e06d");
}

TEST_CASE("constant-time comparison compares") {
  CHECK(crypto::equal_constant_time("", ""));
  CHECK(crypto::equal_constant_time("abc", "abc"));
  CHECK_FALSE(crypto::equal_constant_time("abc", "abd"));
  CHECK_FALSE(crypto::equal_constant_time("abc", "abcd"));
}

TEST_CASE("random hex has the length asked for and does not repeat") {
  CHECK(crypto::random_hex(16).size() == 32);
  CHECK(crypto::random_hex(16) != crypto::random_hex(16));
}
