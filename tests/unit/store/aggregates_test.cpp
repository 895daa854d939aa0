// The small tables: what goes in comes out, in the order promised. The checks stand inside jobs;
// the test's thread waits for each, so they never run beside one another.
#include "store/catalog_versions.hpp"
#include "store/citizens.hpp"
#include "store/events.hpp"
#include "store/handoffs.hpp"
#include "store/inbound.hpp"
#include "store/media_jobs.hpp"
#include "store_fixture.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::store;
using test::StoreFixture;

namespace {

std::int64_t somebody(WriteTx& tx) {
  return Citizens::meet(tx, {.bsuid = "CO.1", .phone = ""}, "", "", Time()).id;
}

}  // namespace

TEST_CASE("a message is seen once it was added, by its whole wamid") {
  StoreFixture store;
  store.writer.run([&](WriteTx& tx) {
    CHECK_FALSE(Inbound::seen(tx, "wamid.a"));
    Inbound::add(tx, test::inbound("wamid.a"));
    CHECK(Inbound::seen(tx, "wamid.a"));
    CHECK_FALSE(Inbound::seen(tx, "wamid.A"));
    // Two texts with one hash: only the text decides.
    tx.run("UPDATE inbound SET wamid = $1", "wamid.b");
    CHECK_FALSE(Inbound::seen(tx, "wamid.a"));
  });
}

TEST_CASE("the record of a turn tells why the answer was given") {
  StoreFixture store;
  InboundRecord in;
  in.wamid = "wamid.a";
  in.type = "text";
  in.sent_at = store.now();
  in.received_at = store.now() + Millis(900);
  in.outcome = InboundOutcome::answered;
  in.text = "¿Dónde pago el predial?";
  in.choice = "tramite:predial-pagar:lugar";
  in.context = R"({"topic":"tramite:predial-pagar"})";
  in.quoted_wamid = "wamid.q";
  in.referral_json = "{}";
  in.why = dialog::Explanation{.decision = "answer",
                               .target = "tramite:predial-pagar",
                               .aspect = "lugar",
                               .confidence = 0.93,
                               .evidence = "rule"};
  in.catalog_version = "7";
  in.took = std::chrono::microseconds(412);
  store.writer.run([&](WriteTx& tx) {
    in.citizen = somebody(tx);
    Inbound::add(tx, in);
  });
  const auto out =
      Reader(store.options.file).read([](ReadTx& tx) { return Inbound::find(tx, "wamid.a"); });
  REQUIRE(out);
  CHECK(out->citizen == in.citizen);
  CHECK(out->type == "text");
  CHECK(out->sent_at == in.sent_at);
  CHECK(out->received_at == in.received_at);
  CHECK(out->outcome == InboundOutcome::answered);
  CHECK(out->text == in.text);
  CHECK(out->choice == in.choice);
  CHECK(out->context == in.context);
  CHECK(out->quoted_wamid == "wamid.q");
  CHECK(out->referral_json == "{}");
  REQUIRE(out->why);
  CHECK(out->why->target == "tramite:predial-pagar");
  CHECK(out->why->confidence == 0.93);
  CHECK(out->catalog_version == "7");
  CHECK(out->took == in.took);
  CHECK(out->error.empty());
}

TEST_CASE("a turn is found by its number, and the last ones of a citizen newest first") {
  StoreFixture store;
  store.writer.run([&](WriteTx& tx) {
    const std::int64_t citizen = somebody(tx);
    Inbound::add(tx, test::inbound("wamid.a", citizen));
    const std::int64_t second = Inbound::add(tx, test::inbound("wamid.b", citizen));
    Inbound::add(tx, test::inbound("wamid.of-nobody"));
    Inbound::add(tx, test::inbound("wamid.c", citizen));
    CHECK(Inbound::find(tx, second)->wamid == "wamid.b");
    CHECK(Inbound::find(tx, second)->id == second);
    CHECK_FALSE(Inbound::find(tx, std::int64_t{77}));
    const auto latest = Inbound::latest(tx, citizen, 2);
    REQUIRE(latest.size() == 2);
    CHECK(latest[0].wamid == "wamid.c");
    CHECK(latest[1].wamid == "wamid.b");
  });
}

TEST_CASE("events come back newest first") {
  StoreFixture store;
  std::vector<Event> latest;
  store.writer.run([&](WriteTx& tx) {
    for (const char* body : {"1", "2", "3"})
      Events::add(tx, {.citizen = {}, .kind = "account:security", .body = body, .at = store.now()});
    Events::add(tx, {.citizen = somebody(tx), .kind = "form", .body = "{}", .at = store.now()});
    latest = Events::latest(tx, "account:security", 2);
  });
  REQUIRE(latest.size() == 2);
  CHECK(latest[0].body == "3");
  CHECK(latest[1].body == "2");
}

TEST_CASE("hand-offs keep who, why and by when") {
  StoreFixture store;
  std::vector<Handoff> handoffs;
  store.writer.run([&](WriteTx& tx) {
    const auto citizen = somebody(tx);
    Handoffs::add(tx, {.citizen = citizen,
                       .reason = "quiere hablar con alguien",
                       .requested_at = store.now(),
                       .due_at = store.now() + std::chrono::hours(30)});
    handoffs = Handoffs::of_citizen(tx, citizen);
  });
  REQUIRE(handoffs.size() == 1);
  CHECK(handoffs[0].reason == "quiere hablar con alguien");
  CHECK(handoffs[0].due_at == store.now() + std::chrono::hours(30));
}

TEST_CASE("media downloads are due in order, until they are done or have failed") {
  StoreFixture store;
  const Time now = store.now();
  store.writer.run([&](WriteTx& tx) {
    const auto inbound = Inbound::add(tx, test::inbound("wamid.a"));
    CHECK(MediaJobs::next_due(tx) == std::nullopt);
    const auto first = MediaJobs::add(
        tx, inbound, {.id = "11111", .mime = "image/jpeg", .filename = "", .sha256 = ""}, now);
    const auto second = MediaJobs::add(
        tx, inbound,
        {.id = "22222", .mime = "application/pdf", .filename = "cédula.pdf", .sha256 = "abc="},
        now);
    REQUIRE(MediaJobs::due(tx, now, 10).size() == 2);
    CHECK(MediaJobs::due(tx, now, 1).size() == 1);
    CHECK(MediaJobs::due(tx, now - Millis(1), 10).empty());

    MediaJobs::retry_at(tx, first, 1, now + Millis(5), "404");
    REQUIRE(MediaJobs::due(tx, now, 10).size() == 1);
    const MediaJob job = MediaJobs::due(tx, now, 10)[0];
    CHECK(job.id == second);
    CHECK(job.inbound == inbound);
    CHECK(job.media.id == "22222");
    CHECK(job.media.filename == "cédula.pdf");
    CHECK(job.media.sha256 == "abc=");

    MediaJobs::done(tx, second, "media/22222", 1234);
    CHECK(MediaJobs::next_due(tx) == now + Millis(5));
    CHECK(MediaJobs::due(tx, now + Millis(5), 10)[0].attempts == 1);
    MediaJobs::failed(tx, first, 2, "gone");
    CHECK(MediaJobs::next_due(tx) == std::nullopt);
  });
}

TEST_CASE("a catalog is published once per content, and every version stays as it was") {
  StoreFixture store;
  const catalog::Files first{{"preguntas.json", "[]"}, {"tramites/a.json", "{}"}};
  catalog::Files second = first;
  second[1].text = "{\"id\":\"a\"}";
  store.writer.run([&](WriteTx& tx) {
    CHECK(CatalogVersions::latest(tx) == std::nullopt);
    const auto publish = [&](const catalog::Files& files) {
      return CatalogVersions::publish(tx, files, "vuac", "nota", store.now()).version;
    };
    CHECK(publish(first) == 1);
    CHECK(publish(first) == 1);
    CHECK(publish({first[1], first[0]}) == 1);  // the order of files says nothing
    CHECK(publish(second) == 2);
    CHECK(publish(first) == 3);  // going back is a version too

    CHECK(CatalogVersions::list(tx).size() == 3);
    CHECK(CatalogVersions::latest(tx)->version == 3);
    CHECK(CatalogVersions::latest(tx)->author == "vuac");
    const auto loaded = CatalogVersions::load(tx, 2);
    REQUIRE(loaded.size() == 2);
    CHECK(loaded[0].path == "preguntas.json");
    CHECK(loaded[1].text == second[1].text);
    CHECK(CatalogVersions::load(tx, 9).empty());
  });
  CHECK(store.number("SELECT COUNT(*) FROM catalog_texts") == 3);
}
