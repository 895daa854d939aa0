#include "whatsapp/envelope.hpp"

#include <random>

#include "catalog/text.hpp"
#include "support/catch.hpp"
#include "support/payloads.hpp"

using namespace catalina;
using namespace catalina::whatsapp;
using dialog::MessageKind;
using test::payload;

namespace {

const std::string our_number = "109876543210001";

Envelope parse(const std::string& body) {
  auto parsed = parse_envelope(body, our_number);
  REQUIRE(std::holds_alternative<Envelope>(parsed));
  return std::get<Envelope>(std::move(parsed));
}

InboundMessage only_message(const Envelope& envelope) {
  REQUIRE(envelope.messages.size() == 1);
  return envelope.messages.front();
}

InboundMessage only_message_of(const std::string& payload_name) {
  return only_message(parse(payload(payload_name)));
}

bool is_bad(const std::string& body) {
  return std::holds_alternative<BadBody>(parse_envelope(body, our_number));
}

std::string body_with(const std::string& value_members) {
  return R"({"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages",)"
         R"("value":{"metadata":{"phone_number_id":"109876543210001"},)" +
         value_members + "}}]}]}";
}

// A body with one message that has these members beside what every message needs.
std::string message_with(const std::string& members) {
  return body_with(
      R"("messages":[{"from":"573005550101","id":"wamid.A","timestamp":"1795269600",)" + members +
      "}]");
}

std::string text_of(const std::string& json_string) {
  return only_message(
             parse(message_with(R"("type":"text","text":{"body":")" + json_string + R"("})")))
      .content.text;
}

bool is_silent(const std::string& members) {
  const Envelope envelope = parse(message_with(members));
  return envelope.skipped == 0 && only_message(envelope).kind == InboundKind::silent;
}

bool is_skipped(const std::string& members) {
  const Envelope envelope = parse(message_with(members));
  return envelope.skipped == 1 && envelope.messages.empty();
}

}  // namespace

TEST_CASE("a text with both keys of its sender") {
  const InboundMessage message = only_message_of("01-text-hola");
  CHECK(message.kind == InboundKind::turn);
  CHECK(message.wamid == "wamid.HBgMNTczMDA1NTUwMTAxFQIAEhgUMjQyNDFGMDQ2MkVEQ0ZBNzkxODkA");
  CHECK(message.from.phone == "573005550101");
  CHECK(message.from.bsuid == "CO.7010131415926535897");
  CHECK(message.name == "Vecina de Prueba");
  CHECK(format_utc(message.sent_at) == "2026-11-21T14:00:00Z");
  CHECK(message.content.kind == MessageKind::text);
  CHECK(message.content.text == "Hola Catalina, ¿cómo pago el impuesto predial?");
  CHECK(message.content.sent_at == message.sent_at);
}

TEST_CASE("a reply names the message it quotes, and escapes read as the characters they are") {
  const InboundMessage message = only_message_of("02-text-reply-quoting-our-message");
  CHECK(message.content.text == "Sí, ese mismo 👍🏽");
  CHECK(message.quoted_wamid == "wamid.HBgMNTczMDA1NTUwMTAxFQIAERgUQzExRjM0ODA4RDFCMkZCMDY3NzAA");
}

TEST_CASE("the advertisement a message came from is kept") {
  const InboundMessage message = only_message_of("03-text-ctwa-ad-referral");
  CHECK(message.referral_json.find("\"ctwa_clid\":\"ARDEMOclid0001\"") != std::string::npos);
}

TEST_CASE("a sender without a phone is known by BSUID alone") {
  const InboundMessage message = only_message_of("04-text-bsuid-only-username");
  CHECK(message.from.phone.empty());
  CHECK(message.from.bsuid == "CO.7010931415926535897");
  CHECK(message.username == "catalina.tester");
}

TEST_CASE("files open a turn, with the caption as its text and the id for the download") {
  const InboundMessage image = only_message_of("05-image-caption-with-url");
  CHECK(image.content.kind == MessageKind::image);
  CHECK(image.content.text == "Hueco en la vía frente al mercado");
  REQUIRE(image.media);
  CHECK(image.media->id == "1900000000000005");
  CHECK(image.media->mime == "image/jpeg");
  CHECK(image.media->sha256 == "Pj1vrGGrQFBwr2MzpYl5aaNuD68Qjp3PxA/Wy2TYmQE=");
  CHECK(only_message_of("06-audio-voice-note").content.kind == MessageKind::audio);
  const InboundMessage document = only_message_of("07-document-pdf");
  CHECK(document.content.kind == MessageKind::document);
  REQUIRE(document.media);
  CHECK(document.media->filename == "recibo-predial.pdf");
}

TEST_CASE("people are joined to messages by key, not by position") {
  const Envelope envelope = parse(payload("08-video-forwarded-and-sticker-two-users"));
  REQUIRE(envelope.messages.size() == 2);
  CHECK(envelope.messages[0].content.kind == MessageKind::video);
  CHECK(envelope.messages[0].name == "Usuario Ficticio");
  CHECK(envelope.messages[1].content.kind == MessageKind::sticker);
  CHECK(envelope.messages[1].name == "Persona Ejemplo");

  const InboundMessage completed = only_message(parse(body_with(
      R"("contacts":[{"wa_id":"573009999999","user_id":"CO.X","profile":{"name":"Otra"}},)"
      R"({"wa_id":"573005550101","user_id":"CO.Y","profile":{"name":"Esta"}}],)"
      R"("messages":[{"from":"573005550101","id":"w","timestamp":"1795269600","type":"text",)"
      R"("text":{"body":"x"}}])")));
  CHECK(completed.name == "Esta");
  CHECK(completed.from.bsuid == "CO.Y");
}

TEST_CASE("locations, cards and orders open a turn") {
  const InboundMessage location = only_message_of("09-location-pin-named");
  CHECK(location.content.kind == MessageKind::location);
  REQUIRE(location.content.location);
  CHECK(location.content.location->latitude == 10.4236);
  CHECK(location.content.location->longitude == -75.5478);
  CHECK(location.content.location->name == "Torre del Reloj");
  const InboundMessage card = only_message_of("10-contacts-shared-card");
  CHECK(card.content.kind == MessageKind::contacts);
  CHECK(card.from.phone == "573005550105");
  CHECK(only_message_of("16-order-from-catalog").content.kind == MessageKind::order);
  CHECK(only_message_of("16-order-from-catalog").content.text == "Dos, por favor");
}

TEST_CASE("what is tapped arrives as the id we gave it") {
  const InboundMessage button = only_message_of("12-interactive-button-reply");
  CHECK(button.content.kind == MessageKind::choice);
  CHECK(button.content.choice == "menu:predial:pagar");
  CHECK(button.content.text == "Pagar en línea");
  CHECK(only_message_of("13-interactive-list-reply").content.choice ==
        "tramite:industria-comercio");
  const InboundMessage quick_reply = only_message_of("15-button-template-quick-reply");
  CHECK(quick_reply.content.kind == MessageKind::choice);
  CHECK(quick_reply.content.choice == "cita:CAN:88412");
  const InboundMessage form = only_message_of("14-interactive-flow-nfm-reply");
  CHECK(form.content.kind == MessageKind::form);
  CHECK(form.content.form_json.find("\"flow_token\": \"pqrs-2026-000123\"") != std::string::npos);
}

TEST_CASE("an id longer than any of ours is cut") {
  const InboundMessage message = only_message(
      parse(message_with(R"("type":"interactive","interactive":{"list_reply":{"id":")" +
                         std::string(5000, 'x') + R"(","title":"t"}})")));
  CHECK(message.content.choice.size() <= 200);
}

TEST_CASE("reactions, edits, groups and unknown types are seen and not answered") {
  const Envelope reactions = parse(payload("11-reaction-added-then-removed"));
  REQUIRE(reactions.messages.size() == 2);
  CHECK(reactions.messages[0].kind == InboundKind::silent);
  CHECK(reactions.messages[1].kind == InboundKind::silent);
  CHECK(is_silent(R"("type":"edit","edit":{"original_message_id":"w"})"));
  CHECK(is_silent(R"("type":"revoke","revoke":{"original_message_id":"w"})"));
  CHECK(is_silent(R"("type":"hologram","hologram":{})"));
  CHECK(is_silent(R"("type":"text","group_id":"g","text":{"body":"x"})"));
  CHECK(is_silent(R"("type":"interactive","interactive":{"type":"call_permission_reply"})"));
  CHECK(is_silent(R"("type":"interactive")"));
  CHECK(is_silent(R"("type":"system","system":{"type":"customer_identity_changed","body":"x"})"));
  CHECK(is_silent(R"("type":"unsupported","unsupported":{"type":"pin"})"));
}

TEST_CASE("what Meta cannot carry opens a turn that says so") {
  const Envelope envelope = parse(payload("18-unsupported-poll-and-legacy-request-welcome"));
  REQUIRE(envelope.messages.size() == 2);
  CHECK(envelope.messages[0].kind == InboundKind::turn);
  CHECK(envelope.messages[0].content.kind == MessageKind::unsupported);
  CHECK(envelope.messages[1].kind == InboundKind::silent);
  const InboundMessage old = only_message(parse(message_with(R"("type":"unknown","errors":[])")));
  CHECK(old.content.kind == MessageKind::unsupported);
}

TEST_CASE("a changed number tells who it was and who it is") {
  const InboundMessage message = only_message_of("17-system-user-changed-number");
  CHECK(message.kind == InboundKind::identity_change);
  CHECK(message.from.phone == "573005550177");
  CHECK(message.from.bsuid == "CO.7017731415926535897");
  CHECK(message.previous.phone == "573005550107");
  CHECK(message.previous.bsuid == "CO.7010731415926535897");

  const InboundMessage hidden = only_message(parse(body_with(
      R"("messages":[{"from_user_id":"CO.OLD","id":"w","timestamp":"1795269600","type":"system",)"
      R"("system":{"type":"user_changed_user_id","user_id":"CO.NEW","previous_user_id":"CO.OLD"}}])")));
  CHECK(hidden.kind == InboundKind::identity_change);
  CHECK(hidden.from.bsuid == "CO.NEW");
  CHECK(hidden.previous.bsuid == "CO.OLD");
}

TEST_CASE("statuses carry their price, our own data and the reason of a failure") {
  const Envelope envelope = parse(payload("19-status-sent-delivered-read-in-order"));
  REQUIRE(envelope.receipts.size() == 3);
  CHECK(envelope.receipts[0].status == ReceiptStatus::sent);
  CHECK_FALSE(envelope.receipts[0].pricing);
  CHECK(envelope.receipts[0].opaque == "cat1:turno=7f3a;tipo=respuesta");
  CHECK(envelope.receipts[1].status == ReceiptStatus::delivered);
  REQUIRE(envelope.receipts[1].pricing);
  CHECK(envelope.receipts[1].pricing->type == "free_customer_service");
  CHECK(envelope.receipts[1].pricing->category == "service");
  CHECK(envelope.receipts[2].status == ReceiptStatus::read);
  CHECK(format_utc(envelope.receipts[2].at) == "2026-11-21T14:03:29Z");

  const Envelope failed = parse(payload("20-status-failed-outside-window-131047"));
  REQUIRE(failed.receipts.size() == 1);
  CHECK(failed.receipts[0].status == ReceiptStatus::failed);
  CHECK(failed.receipts[0].error_code == 131047);
  CHECK(failed.receipts[0].error_details.find("More than 24 hours") == 0);
}

TEST_CASE("a status nobody told us of is ignored, a strange one counted") {
  const Envelope envelope = parse(body_with(
      R"("statuses":[{"id":"w","status":"warmed","timestamp":"1795269600"},)"
      R"({"id":"w","status":"sent"},7,{"id":"w","status":"failed","timestamp":"1795269600",)"
      R"("errors":["x"]}])"));
  CHECK(envelope.skipped == 2);
  REQUIRE(envelope.receipts.size() == 1);
  CHECK(envelope.receipts[0].error_code == 0);
}

TEST_CASE("every entry, change, message and status of a batch is read") {
  const Envelope envelope = parse(payload("21-batch-two-entries-messages-and-statuses"));
  REQUIRE(envelope.messages.size() == 3);
  CHECK(envelope.messages[2].content.text == "Gracias");
  CHECK(envelope.receipts.size() == 1);
  CHECK(parse(payload("22-duplicate-wamid-in-same-body")).messages.size() == 3);
}

TEST_CASE("wrong types beside a valid message are skipped and counted") {
  const Envelope envelope = parse(payload("23-wrong-types-beside-valid-message"));
  CHECK(envelope.skipped == 4);
  CHECK(only_message(envelope).from.phone == "573005550102");
  for (const char* members :
       {R"("type":"text")", R"("type":"text","text":null)", R"("type":"image","image":[])",
        R"("type":"location","location":{"latitude":"10","longitude":1})",
        R"("type":"location","location":{"latitude":91,"longitude":1})",
        R"("type":"interactive","interactive":{"button_reply":{"title":"no id"}})",
        R"("type":"button","button":{})", R"("type":"system")"}) {
    CAPTURE(members);
    CHECK(is_skipped(members));
  }
}

TEST_CASE("a sender without any valid key is kept, with neither") {
  const InboundMessage message = only_message(
      parse(body_with(R"("messages":[{"id":"w","timestamp":"1795269600","type":"text",)"
                      R"("from":"not-digits","from_user_id":"co.x","text":{"body":"x"}}])")));
  CHECK(message.from.phone.empty());
  CHECK(message.from.bsuid.empty());
}

TEST_CASE("a file whose id could leave its place in a path keeps its turn and loses the file") {
  const InboundMessage message = only_message(
      parse(message_with(R"("type":"image","image":{"id":"1/../../me","caption":"mira"})")));
  CHECK(message.content.text == "mira");
  CHECK_FALSE(message.media);
}

TEST_CASE("nesting without end is dropped and the message beside it read") {
  const std::string body = test::deep_nesting_payload();
  CHECK(body.size() == 200'559);
  CHECK(only_message(parse(body)).content.text == "hola");
  // Brackets inside strings are no nesting.
  CHECK(text_of(std::string(200, '[') + R"(\")" + std::string(200, '{')).size() == 401);
}

TEST_CASE("a text of three megabytes is cut to what a message may hold") {
  const std::string body = test::huge_text_payload();
  CHECK(body.size() == 3'100'000);
  const std::string text = only_message(parse(body)).content.text;
  CHECK(text::utf16_length(text) <= 4096);
  CHECK(text.size() > 4000);
}

TEST_CASE("half a surrogate pair costs one character, not the batch") {
  CHECK(text_of(R"(a\ud83db)") == "a\uFFFDb");
  CHECK(text_of(R"(a\ude00b)") == "a\uFFFDb");
  CHECK(text_of(R"(\ud83d\ud83d\ude00)") == "\uFFFD😀");
  CHECK(text_of(R"(\uD83D)") == "\uFFFD");
  CHECK(text_of(R"(\\ud83d)") == R"(\ud83d)");
  CHECK(text_of(R"(\u00f1\u0000\u0007)") == "ñ");
}

TEST_CASE("damaged bodies are refused or read in part, and what is read keeps its limits") {
  std::minstd_rand random(20261121);
  // Mostly what leaves JSON well formed, so that the reading beyond the parser is reached.
  const std::string alphabet = "abcDEF0123456789 .:_-,[]{}\"\\u\xC3";
  for (const char* name :
       {"02-text-reply-quoting-our-message", "14-interactive-flow-nfm-reply",
        "17-system-user-changed-number", "19-status-sent-delivered-read-in-order",
        "23-wrong-types-beside-valid-message"}) {
    const std::string whole = payload(name);
    for (int round = 0; round < 300; ++round) {
      std::string body = whole;
      for (int i = 0; i < 2; ++i)
        body[random() % body.size()] = alphabet[random() % alphabet.size()];
      CAPTURE(name, round);
      const auto parsed = parse_envelope(body, our_number);
      if (!std::holds_alternative<Envelope>(parsed)) continue;
      for (const InboundMessage& message : std::get<Envelope>(parsed).messages) {
        CHECK(text::is_valid_utf8(message.content.text));
        CHECK(message.wamid.size() <= 512);
        CHECK(message.from.phone.find_first_not_of("0123456789") == std::string::npos);
      }
    }
  }
}

TEST_CASE("what Meta never sends is a bad body") {
  CHECK(is_bad(""));
  CHECK(is_bad("hola"));
  CHECK(is_bad("[]"));
  CHECK(is_bad("null"));
  CHECK(is_bad(R"({"object":"whatsapp_business_account")"));
  CHECK(is_bad("{\"object\":\"\xC3\x28\"}"));
  CHECK(is_bad(payload("01-text-hola").substr(0, 500)));
}

TEST_CASE("other objects, other numbers and odd shapes give nothing to do") {
  CHECK(parse(R"({"object":"instagram","entry":[]})").messages.empty());
  CHECK(parse("{}").messages.empty());
  CHECK(parse(R"({"object":"whatsapp_business_account","entry":{}})").messages.empty());
  CHECK(parse(R"({"object":"whatsapp_business_account","entry":[1,{"changes":[null]}]})").skipped ==
        2);
  auto other = parse_envelope(payload("01-text-hola"), "1");
  CHECK(std::get<Envelope>(other).messages.empty());
  CHECK(std::get<Envelope>(other).foreign == 1);
}

TEST_CASE("account news is kept as it came") {
  const Envelope envelope = parse(
      R"({"object":"whatsapp_business_account","entry":[{"id":"1","time":1,"changes":[{"field":)"
      R"("message_template_status_update","value":{"event":"PAUSED","message_template_id":5}}]}]})");
  REQUIRE(envelope.account_events.size() == 1);
  CHECK(envelope.account_events[0].field == "message_template_status_update");
  CHECK(envelope.account_events[0].json == R"({"event":"PAUSED","message_template_id":5})");
  const Envelope errors = parse(body_with(R"("errors":[{"code":130429}])"));
  REQUIRE(errors.account_events.size() == 1);
  CHECK(errors.account_events[0].field == "messages.errors");
}
