// The webhook bodies of the Cloud API reference, posted to the whole of Catalina over a socket: the
// status each one gets, whom it makes her answer and what is in the store afterwards. Every file is
// sent twice; the second time must change nothing.
#include <algorithm>
#include <optional>
#include <set>

#include "catalog/text.hpp"
#include "dialog/reply.hpp"
#include "store/reader.hpp"
#include "support/catch.hpp"
#include "support/payloads.hpp"
#include "support/rig.hpp"

using namespace catalina;
using nlohmann::json;

namespace {

struct Case {
  const char* file;
  std::vector<std::string>
      must;  // addressees that get exactly one message: "+57…" by phone, "CO.…" by BSUID
  std::vector<std::string> may;                                  // addressees that may get one
  std::vector<std::pair<const char*, const char*>> stored = {};  // a question in SQL, its answer
  // What came before, when the file speaks of something earlier: a payload that was answered, and
  // the wamid of that answer.
  const char* earlier = nullptr;
  const char* wamid = "";
};

const std::vector<Case> cases{
    {"01-text-hola", {"+573005550101"}, {}},
    {"02-text-reply-quoting-our-message", {"+573005550101"}, {}},
    {"03-text-ctwa-ad-referral",
     {"+573005550105"},
     {},
     {{"SELECT json_extract(referral, '$.source_id') FROM inbound", "120226300000000001"}}},
    {"04-text-bsuid-only-username", {"CO.7010931415926535897"}, {}},
    {"05-image-caption-with-url", {"+573005550102"}, {}},
    {"06-audio-voice-note", {"+573005550102"}, {}},
    {"07-document-pdf", {"+573005550103"}, {}},
    {"08-video-forwarded-and-sticker-two-users", {"+573005550103"}, {"+573005550104"}},
    {"09-location-pin-named", {"+573005550104"}, {}},
    {"10-contacts-shared-card", {}, {"+573005550105"}},
    {"11-reaction-added-then-removed", {}, {}},
    {"12-interactive-button-reply", {"+573005550101"}, {}},
    {"13-interactive-list-reply", {"+573005550106"}, {}},
    {"14-interactive-flow-nfm-reply",
     {"+573005550106"},
     {},
     {{"SELECT group_concat(json_extract(body, '$.flow_token')) FROM events WHERE kind = 'form'",
       "pqrs-2026-000123"}}},
    {"15-button-template-quick-reply", {"+573005550107"}, {}},
    {"16-order-from-catalog", {}, {"+573005550108"}},
    {"17-system-user-changed-number",
     {},
     {},
     {{"SELECT group_concat(phone || ' ' || bsuid) FROM citizens",
       "573005550177 CO.7017731415926535897"}},
     "15-button-template-quick-reply"},
    {"18-unsupported-poll-and-legacy-request-welcome", {}, {"+573005550108"}},
    {"19-status-sent-delivered-read-in-order",
     {},
     {},
     {{"SELECT state FROM outgoing", "5"},  // read
      {"SELECT price_category || ' ' || price_type || ' ' || price_estimated FROM outgoing",
       "service free_customer_service 0"},
      {"SELECT delivered FROM service_months", "1"}},
     "01-text-hola",
     "wamid.HBgMNTczMDA1NTUwMTAxFQIAERgUMzc0MTI0MjVDRDdEQUFGMTVEMjgA"},
    {"20-status-failed-outside-window-131047",
     {},
     {},
     {{"SELECT state || ' ' || error_code FROM outgoing", "7 131047"},  // failed
      {"SELECT window_closes_at <= 1795269810000 FROM citizens", "1"}},
     "05-image-caption-with-url",
     "wamid.HBgMNTczMDA1NTUwMTAyFQIAERgUQjBFMjAyMTQwQzAyRkVDODBDREEA"},
    {"21-batch-two-entries-messages-and-statuses",
     {"+573005550101", "+573005550102"},
     {"+573005550104"}},
    {"22-duplicate-wamid-in-same-body", {"+573005550105"}, {}},
    {"23-wrong-types-beside-valid-message", {"+573005550102"}, {}},
};

std::string addressee(const json& message) {
  CHECK(message.contains("to") != message.contains("recipient"));
  return message.contains("to") ? message["to"].get<std::string>()
                                : message["recipient"].get<std::string>();
}

// Of all messages but the first `skipped`.
std::multiset<std::string> addressees(const std::vector<json>& messages, std::size_t skipped = 0) {
  std::multiset<std::string> result;
  for (std::size_t i = skipped; i < messages.size(); ++i) result.insert(addressee(messages[i]));
  return result;
}

std::string ask(const test::Rig& rig, const std::string& sql) {
  return store::Reader(rig.database()).read([&](store::ReadTx& tx) {
    store::Statement row = tx.query(sql);
    REQUIRE(row.step());
    return row.get<std::optional<std::string>>(0).value_or("nothing");
  });
}

bool contains(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

}  // namespace

TEST_CASE("every payload gets its status and its answers, and is stored, once") {
  for (const Case& c : cases) {
    INFO(c.file);
    test::Rig rig;
    if (c.earlier != nullptr) {
      rig.graph().name_next(c.wamid);
      CHECK(rig.post_webhook(test::payload(c.earlier)) == 200);
      rig.graph().wait_for(1);
      rig.settle();
    }
    const std::size_t earlier = rig.graph().sent().size();
    const std::string body = test::payload(c.file);
    CHECK(rig.post_webhook(body) == 200);
    rig.graph().wait_for(earlier + c.must.size());
    rig.settle();
    const auto first = addressees(rig.graph().sent(), earlier);
    for (const std::string& who : c.must) CHECK(first.count(who) == 1);
    for (const std::string& who : first) {
      INFO(who);
      CHECK((contains(c.must, who) || contains(c.may, who)));
      CHECK(first.count(who) == 1);
    }
    CHECK(rig.post_webhook(body) == 200);
    rig.settle();
    CHECK(addressees(rig.graph().sent(), earlier) == first);
    if (!c.stored.empty()) rig.restart();  // by then all is stored
    for (const auto& [question, expected] : c.stored) {
      INFO(question);
      CHECK(ask(rig, question) == expected);
    }
  }
}

TEST_CASE("a text of three megabytes is kept and answered within WhatsApp's limits") {
  test::Rig rig;
  CHECK(rig.post_webhook(test::huge_text_payload()) == 200);
  rig.settle();
  for (const json& message : rig.graph().sent()) {
    const json& body = message["type"] == "text" ? message["text"]["body"]
                                                 : message["interactive"]["body"]["text"];
    CHECK(text::utf16_length(body.get<std::string>()) <= dialog::limits::text_body);
  }
  CHECK(rig.graph().sent().size() <= 1);
  CHECK(ask(rig, "SELECT LENGTH(text) FROM inbound") == std::to_string(dialog::limits::text_body));
}

TEST_CASE("a wrong or missing signature is refused and nothing is stored") {
  test::Rig rig;
  const std::string body = test::payload("01-text-hola");
  CHECK(rig.post_webhook(body, "") == 401);
  CHECK(rig.post_webhook(body, "sha256=" + std::string(64, '0')) == 401);
  CHECK(rig.post_webhook(body, "sha256=0f1fa39e") == 401);
  CHECK(rig.post_webhook(
            body, "sha1=0f1fa39e830e621831f3129b8b71822403eeb71470c09a8a7114e32c89c9cbf0") == 401);
  rig.settle();
  CHECK(rig.graph().sent().empty());
  // The true one, as the reference computed it, is taken: the message had not been seen.
  CHECK(rig.post_webhook(
            body, "sha256=0f1fa39e830e621831f3129b8b71822403eeb71470c09a8a7114e32c89c9cbf0") ==
        200);
  CHECK(rig.graph().wait_for(1).size() == 1);
}

TEST_CASE("hostile bodies get their status and the next request is served") {
  test::Rig rig;
  const std::string valid = test::text_webhook("wamid.ok", "573005550109", "hola");

  const unsigned status = rig.post_webhook(test::deep_nesting_payload());
  CHECK((status == 200 || status == 400));
  CHECK(rig.post_webhook(test::huge_text_payload()) == 200);

  CHECK(rig.post_webhook(std::string(3'145'729, 'x')) == 413);
  CHECK(rig.post_webhook("{\"object\":") == 400);
  CHECK(rig.post_webhook("[]") == 400);
  CHECK(rig.post_webhook("\"\xff\xfe\"") == 400);
  CHECK(rig.post_webhook(R"({"object":"page","entry":[]})") == 200);

  CHECK(rig.post_webhook(valid) == 200);
  rig.graph().wait_for(1);
  rig.settle();
  const auto answered = addressees(rig.graph().sent());
  CHECK(answered.count("+573005550109") == 1);
  // The nested and the huge one are different messages of one citizen: each is answered at most
  // once.
  CHECK(answered.count("+573005550101") <= 2);
}

TEST_CASE("Meta's handshake is answered with the challenge, byte for byte") {
  test::Rig rig;
  const std::string base =
      "/webhook?hub.mode=subscribe&hub.challenge=115%2B8201444&hub.verify_token=";
  const http::Response good = rig.get(base + test::verify_token);
  CHECK(good.status == 200);
  CHECK(good.body == "115+8201444");
  CHECK(rig.get(base + "wrong").status == 403);
  CHECK(rig.get("/webhook").status == 403);
  CHECK(rig.call("PUT", "/webhook", {}, "").response.status == 405);
  CHECK(rig.get("/nowhere").status == 404);
}
