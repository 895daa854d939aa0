#include "whatsapp/render.hpp"

#include <nlohmann/json.hpp>

#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::whatsapp;
using dialog::Reply;
using nlohmann::json;

TEST_CASE("a reply without an action is a text") {
  Reply reply;
  reply.body = "Hola \"vecina\"\n¿qué necesitas?";
  CHECK(json::parse(render(reply)) ==
        json{{"type", "text"}, {"text", {{"body", reply.body}, {"preview_url", false}}}});
}

TEST_CASE("buttons, with header and footer") {
  Reply reply;
  reply.header = "Predial";
  reply.body = "¿Qué quieres hacer?";
  reply.footer = "Secretaría de Hacienda";
  reply.action = dialog::Buttons{{{"a", "Pagar"}, {"b", "Consultar"}}};
  CHECK(json::parse(render(reply)) == json::parse(R"({"type":"interactive","interactive":{
    "type":"button","header":{"type":"text","text":"Predial"},
    "body":{"text":"¿Qué quieres hacer?"},"footer":{"text":"Secretaría de Hacienda"},
    "action":{"buttons":[{"type":"reply","reply":{"id":"a","title":"Pagar"}},
                         {"type":"reply","reply":{"id":"b","title":"Consultar"}}]}}})"));
}

TEST_CASE("a list leaves out what is empty") {
  Reply reply;
  reply.body = "Elige";
  reply.action =
      dialog::List{"Ver", {{"", {{"r1", "Uno", "el primero"}}}, {"Otros", {{"r2", "Dos", ""}}}}};
  CHECK(json::parse(render(reply)) == json::parse(R"({"type":"interactive","interactive":{
    "type":"list","body":{"text":"Elige"},"action":{"button":"Ver","sections":[
      {"rows":[{"id":"r1","title":"Uno","description":"el primero"}]},
      {"title":"Otros","rows":[{"id":"r2","title":"Dos"}]}]}}})"));
}

TEST_CASE("a message goes to the phone when it is known, else to the BSUID") {
  const std::string content = R"({"type":"text","text":{"body":"x"}})";
  CHECK(json::parse(message_body(content, {"CO.A", "573005550101"}, "s:1")) ==
        json::parse(R"({"messaging_product":"whatsapp","recipient_type":"individual",
    "to":"+573005550101","biz_opaque_callback_data":"s:1","type":"text","text":{"body":"x"}})"));
  CHECK(json::parse(message_body(content, {"CO.A", ""}, "")) ==
        json::parse(R"({"messaging_product":"whatsapp","recipient_type":"individual",
    "recipient":"CO.A","type":"text","text":{"body":"x"}})"));
  CHECK_THROWS_AS(message_body("{}", {"CO.A", ""}, ""), std::invalid_argument);
}

TEST_CASE("the read mark, with and without the sign of typing") {
  CHECK(json::parse(read_mark_body("wamid.A", false)) ==
        json::parse(R"({"messaging_product":"whatsapp","status":"read","message_id":"wamid.A"})"));
  CHECK(json::parse(read_mark_body("wamid.A", true))["typing_indicator"] == json{{"type", "text"}});
}

TEST_CASE("bytes that are not UTF-8 do not make a message unsendable") {
  Reply reply;
  reply.body = "a\xFF";
  CHECK(json::parse(render(reply))["text"]["body"] == "a\uFFFD");
}
