#include "emulator/webhook_body.hpp"

#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::emulator;
using nlohmann::json;

namespace {

const Identity identity;
const Time at = parse_utc("2026-11-21T14:00:00Z");

Phone citizen(bool hidden) {
  Phone phone;
  phone.name = "Yarlenis";
  phone.number = "573005550101";
  phone.bsuid = "CO.123";
  phone.hides_number = hidden;
  if (hidden) phone.username = "yarle";
  return phone;
}

}  // namespace

TEST_CASE("a citizen who hides the number is known by the BSUID alone") {
  const Phone phone = citizen(true);
  const Notification told = message_notification(identity, phone, "wamid.1", at,
                                                 {{"type", "text"}, {"text", {{"body", "Hola"}}}});
  const json& message = told.value["messages"][0];
  CHECK_FALSE(message.contains("from"));
  CHECK(message["from_user_id"] == "CO.123");
  CHECK(message["timestamp"] == "1795269600");
  const json& contact = told.value["contacts"][0];
  CHECK_FALSE(contact.contains("wa_id"));
  CHECK(contact["profile"] == json{{"name", "Yarlenis"}, {"username", "yarle"}});
}

TEST_CASE("statuses name the recipient as the message was addressed") {
  const Phone hidden = citizen(true);
  StatusNews news;
  news.wamid = "wamid.1";
  news.status = "sent";
  news.at = at;
  news.phone = &hidden;
  json status = status_notification(identity, news).value["statuses"][0];
  CHECK_FALSE(status.contains("recipient_id"));
  CHECK(status["recipient_user_id"] == "CO.123");
  const Phone open = citizen(false);
  news.phone = &open;
  news.number = open.number;
  const Charge charge{"service", "regular", 800};
  news.charge = &charge;
  status = status_notification(identity, news).value["statuses"][0];
  CHECK(status["recipient_id"] == "573005550101");
  CHECK(status["pricing"] == json{{"billable", true},
                                  {"pricing_model", "PMP"},
                                  {"type", "regular"},
                                  {"category", "service"}});
}

TEST_CASE("a failure to a phone has no contacts and no BSUID") {
  const Phone phone = citizen(false);
  StatusNews news;
  news.status = "failed";
  news.phone = &phone;
  news.number = phone.number;
  news.error_code = 131047;
  news.error_details = "too late";
  const json value = status_notification(identity, news).value;
  CHECK_FALSE(value.contains("contacts"));
  const json& status = value["statuses"][0];
  CHECK_FALSE(status.contains("recipient_user_id"));
  CHECK(status["errors"][0]["title"] == "Re-engagement message");
  CHECK(status["errors"][0]["error_data"]["details"] == "too late");
}

TEST_CASE("a change of number comes from the old one and without contacts") {
  const Phone phone = citizen(false);
  const json value =
      number_change_notification(identity, phone, "573005550199", "CO.old", "wamid.1", at).value;
  CHECK_FALSE(value.contains("contacts"));
  const json& message = value["messages"][0];
  CHECK(message["from"] == "573005550199");
  CHECK(message["system"]["type"] == "user_changed_number");
  CHECK(message["system"]["wa_id"] == "573005550101");
  CHECK(message["system"]["previous_user_id"] == "CO.old");
  const json hidden =
      number_change_notification(identity, citizen(true), "1", "CO.old", "wamid.1", at).value;
  CHECK_FALSE(hidden["messages"][0].contains("from"));
  CHECK(hidden["messages"][0]["system"]["type"] == "user_changed_user_id");
}

TEST_CASE("one contact told twice in a batch stands in it once; account news have the time") {
  const Phone phone = citizen(false);
  const json text{{"type", "text"}, {"text", {{"body", "Hola"}}}};
  const json body = envelope(identity,
                             {message_notification(identity, phone, "wamid.1", at, text),
                              message_notification(identity, phone, "wamid.2", at, text),
                              {"account_alerts", {{"alert_type", "TEST"}}, {}}},
                             at);
  CHECK(body["object"] == "whatsapp_business_account");
  const json& entry = body["entry"][0];
  CHECK(entry["time"] == 1795269600);
  CHECK(entry["changes"][0]["field"] == "account_alerts");
  CHECK(entry["changes"][1]["value"]["messages"].size() == 2);
  CHECK(entry["changes"][1]["value"]["contacts"].size() == 1);
}

TEST_CASE("a body can be escaped, and filled up to an exact size") {
  const json body{{"text", "¿Cómo?"}};
  CHECK(serialize(body, true, 0) == R"({"text":"\u00bfC\u00f3mo?"})");
  CHECK(serialize(body, false, 0) == R"({"text":"¿Cómo?"})");
  const std::string large = serialize(body, false, 3 * 1024 * 1024);
  CHECK(large.size() == 3 * 1024 * 1024);
  CHECK(json::parse(large)["text"] == "¿Cómo?");
  CHECK(json::parse(serialize({{"text", "\xFF"}}, false, 0))["text"] == "\uFFFD");
}
