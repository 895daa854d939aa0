#include "emulator/send_check.hpp"

#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::emulator;
using nlohmann::json;

namespace {

const Time now = parse_utc("2026-11-21T14:30:00Z");

struct City {
  City() {
    Phone& phone = account.phones.add({.name = "Yarlenis", .bsuid = "CO.123"});
    account.inbound["wamid.in"] = {&phone, now - std::chrono::hours(1), false};
    account.inbound["wamid.old"] = {&phone, now - std::chrono::days(31), false};
    account.inbound["wamid.heart"] = {&phone, now, true};
    account.media.add("image/png", "", "bytes", now + std::chrono::days(1));
  }
  Account account;
};

json send(const std::string& type, json member) {
  return {{"messaging_product", "whatsapp"},
          {"to", "+573005550101"},
          {"type", type},
          {type, std::move(member)}};
}

json text(const std::string& body) {
  return send("text", {{"body", body}});
}

json buttons(json list) {
  json action{{"buttons", json::array()}};
  for (const json& reply : list) action["buttons"].push_back({{"type", "reply"}, {"reply", reply}});
  return send("interactive",
              {{"type", "button"}, {"body", {{"text", "¿Sí?"}}}, {"action", action}});
}

json list(json sections) {
  return send("interactive", {{"type", "list"},
                              {"body", {{"text", "Elige"}}},
                              {"action", {{"button", "Ver"}, {"sections", std::move(sections)}}}});
}

json rows(int count, const std::string& prefix = "r") {
  json all = json::array();
  for (int i = 0; i < count; ++i)
    all.push_back({{"id", prefix + std::to_string(i)}, {"title", "Fila"}});
  return all;
}

// 0 when the platform takes it.
int code_of(const json& body) {
  const City city;
  const Verdict verdict = check_send(body, city.account, now);
  const auto* error = std::get_if<GraphError>(&verdict);
  return error != nullptr ? error->code : 0;
}

std::string details_of(const json& body) {
  const City city;
  const Verdict verdict = check_send(body, city.account, now);
  const auto* error = std::get_if<GraphError>(&verdict);
  return error != nullptr ? error->details : "";
}

json with(json body, const std::string& pointer, json value) {
  body[json::json_pointer(pointer)] = std::move(value);
  return body;
}

}  // namespace

TEST_CASE("a text is taken with all that may stand beside it") {
  json body = text("Hola");
  CHECK(code_of(body) == 0);
  body["recipient_type"] = "individual";
  body["context"] = {{"message_id", "wamid.in"}};
  body["biz_opaque_callback_data"] = std::string(512, 'x');
  body["text"]["preview_url"] = true;
  CHECK(code_of(body) == 0);
}

TEST_CASE("who a message goes to") {
  CHECK(code_of(with(text("Hola"), "/to", "+57 (300) 555-0101")) == 0);
  CHECK(code_of(with(text("Hola"), "/to", "300 555 0101")) == 0);  // gets +57 in front
  CHECK(code_of(with(text("Hola"), "/to", "+12")) == 131009);
  CHECK(code_of(with(text("Hola"), "/to", "vecina")) == 131009);
  CHECK(code_of(with(text("Hola"), "/to", 573005550101)) == 131009);
  CHECK(code_of(with(text("Hola"), "/to", "+573005559000")) == 131021);
  json body = text("Hola");
  body.erase("to");
  CHECK(code_of(body) == 131008);
  CHECK(code_of(with(body, "/recipient", "CO.123")) == 0);
  CHECK(code_of(with(body, "/recipient", "CO.of-nobody")) == 131009);
  CHECK(code_of(with(body, "/recipient", "CO.456")) == 131009);  // of another portfolio
}

TEST_CASE("a number without + gets the business number's country code in front") {
  const City city;
  const Verdict verdict = check_send(with(text("Hola"), "/to", "573005550101"), city.account, now);
  CHECK(std::get<CheckedSend>(verdict).number == "57573005550101");
}

TEST_CASE("what is no message at all") {
  CHECK(code_of(json("hola")) == 100);
  CHECK(code_of(json::value_t::discarded) == 100);
  CHECK(code_of(json::object()) == 100);
  CHECK(code_of(with(text("Hola"), "/messaging_product", "sms")) == 100);
  CHECK(code_of(with(text("Hola"), "/type", "poll")) == 131051);
  CHECK(code_of(with(text("Hola"), "/type", "image")) == 131008);
  CHECK(code_of(with(text("Hola"), "/priority", "high")) == 100);
  CHECK(code_of(with(text("Hola"), "/text/size", 12)) == 100);
  CHECK(code_of(with(text("Hola"), "/recipient_type", "group")) == 131009);
  CHECK(code_of(with(text("Hola"), "/biz_opaque_callback_data", std::string(513, 'x'))) == 131009);
}

TEST_CASE("lengths count as UTF-16 does, from the shortest to the longest allowed") {
  CHECK(code_of(text("")) == 100);
  CHECK(code_of(text(std::string(4096, 'x'))) == 0);
  CHECK(code_of(text(std::string(4097, 'x'))) == 100);
  std::string palms;
  for (int i = 0; i < 2048; ++i) palms += "🌴";
  CHECK(code_of(text(palms)) == 0);
  CHECK(code_of(text(palms + "x")) == 100);
  CHECK(code_of(text(std::string("ñ"))) == 0);
}

TEST_CASE("buttons: one to three, each with its own id and title") {
  const json one{{"id", "si"}, {"title", "Sí"}};
  CHECK(code_of(buttons(json::array({one}))) == 0);
  CHECK(code_of(buttons(json::array())) == 131009);
  CHECK(code_of(buttons(
            {one, {{"id", "no"}, {"title", "No"}}, {{"id", "x"}, {"title", "Otro"}}})) == 0);
  CHECK(code_of(buttons({one, one})) == 131009);
  CHECK(code_of(buttons({one, {{"id", "b"}, {"title", "Sí"}}})) == 131009);
  CHECK(code_of(buttons({{{"id", "a"}, {"title", std::string(20, 'x')}}})) == 0);
  CHECK(details_of(buttons({{{"id", "a"}, {"title", std::string(21, 'x')}}})) ==
        "Button title length invalid. Min length: 1, Max length: 20");
  CHECK(code_of(buttons({{{"id", std::string(257, 'x')}, {"title", "Sí"}}})) == 131009);
  CHECK(code_of(buttons({{{"title", "Sí"}}})) == 131008);
  CHECK(code_of(with(buttons(json::array({one})), "/interactive/body/text",
                     std::string(1025, 'x'))) == 131009);
  CHECK(code_of(with(buttons(json::array({one})), "/interactive/footer",
                     {{"text", std::string(61, 'x')}})) == 131009);
}

TEST_CASE("headers: text in all, pictures not over a list") {
  const json picture{{"type", "image"}, {"image", {{"link", "https://example.com/a.png"}}}};
  const json title{{"type", "text"}, {"text", "Alcaldía"}};
  const json with_buttons = buttons({{{"id", "si"}, {"title", "Sí"}}});
  const json with_list = list({{{"rows", rows(1)}}});
  CHECK(code_of(with(with_buttons, "/interactive/header", picture)) == 0);
  CHECK(code_of(with(with_buttons, "/interactive/header", title)) == 0);
  CHECK(code_of(with(with_list, "/interactive/header", title)) == 0);
  CHECK(code_of(with(with_list, "/interactive/header", picture)) == 131009);
  CHECK(code_of(with(with_buttons, "/interactive/header/type", "text")) == 131008);
  CHECK(code_of(with(with_buttons, "/interactive/header",
                     {{"type", "text"}, {"text", std::string(61, 'x')}})) == 131009);
}

TEST_CASE("lists: ten rows in all, titled sections when there are several") {
  CHECK(code_of(list({{{"rows", rows(10)}}})) == 0);
  CHECK(code_of(list({{{"rows", rows(11)}}})) == 131009);
  const json two{{{"title", "A"}, {"rows", rows(6, "a")}},
                 {{"title", "B"}, {"rows", rows(4, "b")}}};
  CHECK(code_of(list(two)) == 0);
  CHECK(code_of(list(with(two, "/1/rows/4", {{"id", "x"}, {"title", "Fila"}}))) == 131009);
  CHECK(code_of(list(with(two, "/1", {{"rows", rows(1, "b")}}))) == 131008);
  CHECK(code_of(list(with(two, "/1/rows", rows(4, "a")))) == 131009);  // ids again
  CHECK(code_of(list(json::array())) == 131009);
  CHECK(code_of(with(list(two), "/interactive/action/button", std::string(21, 'x'))) == 131009);
  const auto row = [&](const char* member, std::size_t length) {
    return list(
        {{{"rows", json::array({with({{"id", "a"}, {"title", "Fila"}}, std::string("/") + member,
                                     std::string(length, 'x'))})}}});
  };
  CHECK(code_of(row("title", 24)) == 0);
  CHECK(code_of(row("title", 25)) == 131009);
  CHECK(code_of(row("description", 72)) == 0);
  CHECK(code_of(row("description", 73)) == 131009);
  CHECK(code_of(row("id", 200)) == 0);
  CHECK(code_of(row("id", 201)) == 131009);
}

TEST_CASE("links and requests") {
  const json link =
      send("interactive",
           {{"type", "cta_url"},
            {"body", {{"text", "Paga en línea"}}},
            {"action",
             {{"name", "cta_url"},
              {"parameters", {{"display_text", "Pagar"}, {"url", "https://cartagena.gov.co"}}}}}});
  CHECK(code_of(link) == 0);
  CHECK(code_of(with(link, "/interactive/action/parameters/url", "cartagena.gov.co")) == 131009);
  CHECK(code_of(with(link, "/interactive/action/parameters/url", "javascript:alert(1)")) == 131009);
  CHECK(code_of(with(link, "/interactive/action/parameters/display_text", std::string(21, 'x'))) ==
        131009);
  const json where = send("interactive", {{"type", "location_request_message"},
                                          {"body", {{"text", "¿Dónde?"}}},
                                          {"action", {{"name", "send_location"}}}});
  CHECK(code_of(where) == 0);
  CHECK(code_of(with(where, "/interactive/footer", {{"text", "x"}})) == 100);
  CHECK(code_of(with(where, "/interactive/action/name", "location")) == 131009);
  CHECK(code_of(with(where, "/interactive/type", "carousel")) == 131009);
}

TEST_CASE("media by id or link, never both, of a kind the platform sends") {
  City city;
  const std::string id =
      city.account.media.add("image/png", "", "bytes", now + std::chrono::days(1)).id;
  const auto code = [&](const json& body, Time at = now) {
    const Verdict verdict = check_send(body, city.account, at);
    const auto* error = std::get_if<GraphError>(&verdict);
    return error != nullptr ? error->code : 0;
  };
  CHECK(code(send("image", {{"id", id}, {"caption", "La calle"}})) == 0);
  CHECK(code(send("image", {{"id", id}}), now + std::chrono::days(2)) == 131053);
  CHECK(code(send("image", {{"id", "190000"}})) == 131053);
  CHECK(code(send("video", {{"id", id}})) == 131053);
  CHECK(code(send("image", json::object())) == 131008);
  CHECK(code(send("image", {{"id", id}, {"link", "https://example.com/a.png"}})) == 131008);
  CHECK(code(send("image", {{"link", "https://example.com/a.png"}})) == 0);
  CHECK(code(send("sticker", {{"link", "https://example.com/a.webp"}, {"caption", "x"}})) == 100);
  CHECK(code(send("image", {{"id", id}, {"caption", std::string(1025, 'x')}})) == 131009);
}

TEST_CASE("places and reactions") {
  const json place{{"latitude", 10.42}, {"longitude", -75.54}, {"name", "Torre del Reloj"}};
  CHECK(code_of(send("location", place)) == 0);
  CHECK(code_of(send("location", with(place, "/latitude", "10.42"))) == 131009);
  CHECK(code_of(send("location", with(place, "/latitude", 91))) == 131009);
  CHECK(code_of(send("reaction", {{"message_id", "wamid.in"}, {"emoji", "👍"}})) == 0);
  CHECK(code_of(send("reaction", {{"message_id", "wamid.in"}, {"emoji", ""}})) == 0);
  CHECK(code_of(send("reaction", {{"message_id", "wamid.old"}, {"emoji", "👍"}})) == 131009);
  CHECK(code_of(send("reaction", {{"message_id", "wamid.heart"}, {"emoji", "👍"}})) == 131009);
  CHECK(code_of(send("reaction", {{"message_id", "wamid.none"}, {"emoji", "👍"}})) == 131009);
}

TEST_CASE("read marks need a message of a citizen of the last 30 days") {
  const json mark{
      {"messaging_product", "whatsapp"}, {"status", "read"}, {"message_id", "wamid.in"}};
  CHECK(code_of(mark) == 0);
  CHECK(code_of(with(mark, "/typing_indicator", {{"type", "text"}})) == 0);
  CHECK(code_of(with(mark, "/typing_indicator", {{"type", "voice"}})) == 131009);
  CHECK(code_of(with(mark, "/message_id", "wamid.old")) == 131009);
  CHECK(code_of(with(mark, "/message_id", "wamid.none")) == 131009);
  CHECK(code_of(with(mark, "/to", "+573005550101")) == 100);
  CHECK(code_of(with(mark, "/status", "delivered")) == 131009);
}
