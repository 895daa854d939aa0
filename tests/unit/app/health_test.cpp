#include "app/health.hpp"

#include <nlohmann/json.hpp>

#include "support/catch.hpp"

using namespace catalina;

TEST_CASE("health says what a load balancer and an operator need") {
  Vitals vitals;
  vitals.catalog_version = "3";
  vitals.writer.queue_depth = 2;
  vitals.writer.last_commit = parse_utc("2026-11-21T14:30:00Z");
  const http::Response response = health_response(vitals);
  CHECK(response.status == 200);
  const auto body = nlohmann::json::parse(response.body);
  CHECK(body["status"] == "ok");
  CHECK(body["queue_depth"] == 2);
  CHECK(body["last_commit"] == "2026-11-21T14:30:00Z");
  CHECK(body["catalog_version"] == "3");
}

TEST_CASE("health is 503 while draining and while the store refuses writes") {
  Vitals vitals;
  vitals.draining = true;
  CHECK(health_response(vitals).status == 503);
  vitals.writer.broken = true;
  CHECK(nlohmann::json::parse(health_response(vitals).body)["status"] == "broken");
}

TEST_CASE("messages that came too late are counted") {
  Vitals vitals;
  vitals.stale = 3;
  CHECK(metrics_response(vitals).body.find("catalina_inbound_stale_total 3") != std::string::npos);
}

TEST_CASE("a halted sender is told, and webhooks are still taken") {
  Vitals vitals;
  vitals.sender.halted = "access token refused (190)";
  const http::Response response = health_response(vitals);
  CHECK(response.status == 200);
  CHECK(nlohmann::json::parse(response.body)["sending_halted"] == "access token refused (190)");
  CHECK(metrics_response(vitals).body.find("catalina_sending_halted 1") != std::string::npos);
}
