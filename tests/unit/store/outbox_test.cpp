#include "store/outbox.hpp"

#include <algorithm>

#include "store/citizens.hpp"
#include "store_fixture.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::store;
using whatsapp::Pricing;
using whatsapp::Receipt;
using whatsapp::ReceiptStatus;

namespace {

const Pricing free_service{.category = "service", .type = "free_customer_service"};
const Pricing charged_service{.category = "service", .type = "regular"};

// A receipt without our opaque data, or with any other text in its place.
Receipt bare(const std::string& wamid, ReceiptStatus status = ReceiptStatus::sent,
             const std::string& opaque = "") {
  Receipt receipt;
  receipt.wamid = wamid;
  receipt.opaque = opaque;
  receipt.status = status;
  return receipt;
}

struct Mail : test::StoreFixture {
  Citizen citizen;

  Mail() {
    writer.run([&](WriteTx& tx) {
      citizen = Citizens::meet(tx, {.bsuid = "CO.1", .phone = "573001"}, "Ana", "", now());
      Citizens::open_window(tx, citizen, now());
    });
  }
  Outgoing add(const std::string& category = "service") {
    Outgoing added;
    writer.run([&](WriteTx& tx) {
      added = Outbox::add(tx, {.citizen = citizen.id,
                               .content = R"({"type":"text","text":{"body":"Hola"}})",
                               .in_reply_to = "wamid.in",
                               .created_at = now(),
                               .category = category});
    });
    return added;
  }
  void accept(std::int64_t id, const std::string& wamid) {
    writer.run([&](WriteTx& tx) { Outbox::accepted(tx, id, wamid, now()); });
  }
  // A receipt as it comes back, with our opaque data.
  Receipt receipt(std::int64_t id, ReceiptStatus status, std::optional<Pricing> pricing = {}) {
    Receipt receipt =
        bare("wamid.out." + std::to_string(id), status, Outbox::opaque(writer.store_id(), id));
    receipt.at = now();
    receipt.pricing = std::move(pricing);
    return receipt;
  }
  std::optional<std::int64_t> apply(const Receipt& receipt) {
    std::optional<std::int64_t> moved;
    writer.run([&](WriteTx& tx) { moved = Outbox::apply(tx, receipt, now()); });
    return moved;
  }
  OutgoingRecord find(std::int64_t id) {
    return Reader(options.file).read([&](ReadTx& tx) { return Outbox::find(tx, id).value(); });
  }
  OutgoingState state(std::int64_t id) { return find(id).state; }
  std::vector<Outgoing> unfinished() {
    return Reader(options.file).read([](ReadTx& tx) { return Outbox::unfinished(tx); });
  }
};

}  // namespace

TEST_CASE("a new message waits with all that the sender needs") {
  Mail mail;
  const Outgoing first = mail.add();
  const Outgoing second = mail.add();
  const auto rows = mail.unfinished();
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].id == first.id);
  CHECK(rows[1].id == second.id);
  CHECK(rows[0].to.phone == "573001");
  CHECK(rows[0].to.bsuid == "CO.1");
  CHECK(rows[0].content == first.content);
  CHECK(rows[0].in_reply_to == "wamid.in");
  CHECK(rows[0].state == OutgoingState::queued);
  CHECK(rows[0].due_at == mail.now());
  CHECK(rows[0].window_closes_at == mail.now() + std::chrono::hours(24));
  CHECK(first.window_closes_at == rows[0].window_closes_at);
}

TEST_CASE("what became of an attempt is kept; only what is finished leaves the queue") {
  Mail mail;
  const auto id = mail.add().id;
  const Time later = mail.now() + std::chrono::seconds(5);
  mail.writer.run([&](WriteTx& tx) { Outbox::retry_at(tx, id, 1, later, 130429); });
  REQUIRE(mail.unfinished().size() == 1);
  CHECK(mail.unfinished()[0].attempts == 1);
  CHECK(mail.unfinished()[0].due_at == later);
  CHECK(mail.find(id).error_code == 130429);

  mail.writer.run([&](WriteTx& tx) { Outbox::fate_unknown(tx, id, 2, later); });
  CHECK(mail.unfinished()[0].state == OutgoingState::unknown);

  mail.accept(id, "wamid.out");
  CHECK(mail.unfinished().empty());
  CHECK(mail.find(id).wamid == "wamid.out");
  CHECK(mail.find(id).accepted_at == mail.now());
}

TEST_CASE("a message that was given up is final") {
  Mail mail;
  const auto id = mail.add().id;
  mail.writer.run(
      [&](WriteTx& tx) { Outbox::failed(tx, id, 131026, "undeliverable", mail.now()); });
  CHECK(mail.find(id).state == OutgoingState::failed);
  CHECK(mail.find(id).error == "undeliverable");
  CHECK(mail.unfinished().empty());
  mail.writer.run([&](WriteTx& tx) { Outbox::retry_at(tx, id, 9, mail.now(), 1); });
  CHECK(mail.unfinished().empty());
}

TEST_CASE("where we gave up by ourselves, a receipt knows better") {
  Mail mail;
  const auto id = mail.add().id;
  mail.writer.run([&](WriteTx& tx) { Outbox::failed(tx, id, 0, "no answer", mail.now()); });
  CHECK(mail.apply(mail.receipt(id, ReceiptStatus::delivered)) == id);
  CHECK(mail.state(id) == OutgoingState::delivered);
  CHECK_FALSE(mail.find(id).failed_at);
  CHECK(mail.find(id).error.empty());
  mail.apply(mail.receipt(id, ReceiptStatus::failed));
  CHECK(mail.state(id) == OutgoingState::delivered);
}

TEST_CASE("where Meta said that it failed, it has failed, at no price") {
  Mail mail;
  const auto id = mail.add().id;
  mail.apply(mail.receipt(id, ReceiptStatus::sent, charged_service));
  CHECK(mail.find(id).price->micros == 800);
  mail.apply(mail.receipt(id, ReceiptStatus::failed));
  CHECK_FALSE(mail.find(id).price);
  CHECK(mail.apply(mail.receipt(id, ReceiptStatus::delivered)) == std::nullopt);
  CHECK(mail.state(id) == OutgoingState::failed);
}

// Every order in which the receipts of one message can come leads to the same end.
TEST_CASE("receipts in any order, each twice, never move a message backwards") {
  std::vector<ReceiptStatus> order{ReceiptStatus::sent, ReceiptStatus::delivered,
                                   ReceiptStatus::read, ReceiptStatus::played};
  Mail mail;
  do {
    const auto id = mail.add().id;
    OutgoingState highest = OutgoingState::queued;
    for (const ReceiptStatus status : order)
      for (int times = 0; times < 2; ++times) {
        const auto moved = mail.apply(mail.receipt(id, status));
        const OutgoingState now = mail.state(id);
        CHECK(moved.has_value() == (now > highest));
        CHECK(now >= highest);
        highest = now;
      }
    CHECK(highest == OutgoingState::played);
    mail.accept(id, "wamid.late");
    CHECK(mail.state(id) == OutgoingState::played);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("failed overrides what was not delivered, and nothing else") {
  Mail mail;
  const auto fail = [&](std::int64_t id) {
    Receipt receipt = mail.receipt(id, ReceiptStatus::failed);
    receipt.error_code = 131026;
    receipt.error_details = "undeliverable";
    return mail.apply(receipt);
  };
  const auto queued = mail.add().id;
  CHECK(fail(queued) == queued);
  CHECK(mail.find(queued).error_code == 131026);
  CHECK(mail.find(queued).failed_at == mail.now());
  CHECK(mail.apply(mail.receipt(queued, ReceiptStatus::sent)) == std::nullopt);
  CHECK(mail.state(queued) == OutgoingState::failed);

  const auto sent = mail.add().id;
  mail.apply(mail.receipt(sent, ReceiptStatus::sent));
  CHECK(fail(sent) == sent);

  const auto delivered = mail.add().id;
  mail.apply(mail.receipt(delivered, ReceiptStatus::delivered));
  CHECK(fail(delivered) == std::nullopt);
  CHECK(mail.state(delivered) == OutgoingState::delivered);
}

TEST_CASE("a receipt settles a message whose fate was unknown, and a late retry changes nothing") {
  Mail mail;
  const auto id = mail.add().id;
  mail.writer.run([&](WriteTx& tx) { Outbox::fate_unknown(tx, id, 1, mail.now()); });
  CHECK(mail.apply(mail.receipt(id, ReceiptStatus::sent)) == id);
  CHECK(mail.find(id).wamid == "wamid.out." + std::to_string(id));
  CHECK(mail.unfinished().empty());

  mail.writer.run([&](WriteTx& tx) {
    Outbox::retry_at(tx, id, 2, mail.now(), 0);
    Outbox::fate_unknown(tx, id, 2, mail.now());
    Outbox::failed(tx, id, 1, "gave up", mail.now());
  });
  CHECK(mail.state(id) == OutgoingState::sent);
}

TEST_CASE("a receipt without our data finds its message by wamid, also before we know the wamid") {
  Mail mail;
  const auto id = mail.add().id;
  Receipt delivered = bare("wamid.x", ReceiptStatus::delivered);
  delivered.pricing = charged_service;
  CHECK(mail.apply(delivered) == std::nullopt);
  CHECK(mail.number("SELECT COUNT(*) FROM early_receipts") == 1);
  mail.accept(id, "wamid.x");
  CHECK(mail.state(id) == OutgoingState::delivered);
  CHECK(mail.find(id).price->micros == 800);
  CHECK(mail.number("SELECT COUNT(*) FROM early_receipts") == 0);

  CHECK(mail.apply(bare("wamid.x", ReceiptStatus::read)) == id);
}

TEST_CASE("receipts of messages that are not ours are not kept, unknown ones not for ever") {
  Mail mail;
  const std::string ours = Outbox::opaque(mail.writer.store_id(), 999);
  CHECK(mail.apply(bare("wamid.f", ReceiptStatus::sent, "0123456789abcdef:1")) == std::nullopt);
  CHECK(mail.apply(bare("wamid.l", ReceiptStatus::sent, ours)) == std::nullopt);
  CHECK(mail.number("SELECT COUNT(*) FROM early_receipts") == 0);

  mail.apply(bare("wamid.old"));
  mail.clock.advance(std::chrono::hours(25));
  mail.apply(bare("wamid.new"));
  CHECK(mail.number("SELECT COUNT(*) FROM early_receipts") == 1);

  mail.writer.run([&](WriteTx& tx) {
    for (int i = 0; i < 10'100; ++i)
      Outbox::apply(tx, bare("wamid." + std::to_string(i)), mail.now());
  });
  CHECK(mail.number("SELECT COUNT(*) FROM early_receipts") == 10'000);
}

TEST_CASE("131047 closes the window, whether it comes as an answer or as a receipt") {
  Mail mail;
  const auto window = [&] { return mail.number("SELECT window_closes_at FROM citizens"); };
  const auto now = [&] { return mail.now().time_since_epoch().count(); };
  const auto reopen = [&] {
    mail.clock.advance(std::chrono::hours(1));
    mail.writer.run([&](WriteTx& tx) {
      mail.citizen = *Citizens::find(tx, mail.citizen.id);
      Citizens::open_window(tx, mail.citizen, mail.now());
    });
    REQUIRE(window() > now());
  };
  const auto answered = mail.add().id;
  mail.writer.run([&](WriteTx& tx) { Outbox::failed(tx, answered, 131047, "", mail.now()); });
  CHECK(window() == now());
  reopen();
  const auto received = mail.add().id;
  Receipt receipt = mail.receipt(received, ReceiptStatus::failed);
  receipt.error_code = 131047;
  mail.apply(receipt);
  CHECK(window() == now());
}

TEST_CASE("the price is what Meta says first, stored once") {
  Mail mail;
  const auto id = mail.add().id;
  mail.apply(mail.receipt(id, ReceiptStatus::sent, charged_service));
  CHECK(mail.find(id).price->micros == 800);
  CHECK_FALSE(mail.find(id).price->estimated);
  mail.apply(mail.receipt(id, ReceiptStatus::delivered, free_service));
  CHECK(mail.find(id).price->micros == 800);

  const auto free = mail.add().id;
  mail.apply(mail.receipt(free, ReceiptStatus::delivered, free_service));
  CHECK(mail.find(free).price->micros == 0);
  CHECK(mail.find(free).price->type == "free_customer_service");
}

TEST_CASE("a price that comes late, even with a receipt that moves nothing, replaces an estimate") {
  Mail mail;
  const auto id = mail.add().id;
  mail.apply(mail.receipt(id, ReceiptStatus::read));
  REQUIRE(mail.find(id).price);
  CHECK(mail.find(id).price->estimated);
  CHECK(mail.find(id).price->type == "free_customer_service");
  CHECK(mail.apply(mail.receipt(id, ReceiptStatus::sent, charged_service)) == std::nullopt);
  CHECK_FALSE(mail.find(id).price->estimated);
  CHECK(mail.find(id).price->micros == 800);
}

TEST_CASE("beyond the free thousand of a month an estimate charges, and the next month is free") {
  Mail mail;
  const auto estimate = [&](const std::string& category) {
    const auto id = mail.add(category).id;
    mail.apply(mail.receipt(id, ReceiptStatus::delivered));
    return mail.find(id).price.value();
  };
  CHECK(estimate("utility").micros == 800);
  CHECK(estimate("marketing").micros == 12'500);
  mail.writer.run([&](WriteTx& tx) {
    tx.run("INSERT INTO service_months (month, delivered) VALUES ($1, $2)", 202611, 999);
  });
  CHECK(estimate("service").micros == 0);
  CHECK(estimate("service").micros == 800);
  mail.clock.advance(std::chrono::hours(24 * 10));
  CHECK(estimate("service").micros == 0);
  CHECK(mail.number("SELECT delivered FROM service_months WHERE month = 202612") == 1);
}

TEST_CASE("a delivery is counted once however many receipts tell of it") {
  Mail mail;
  const auto id = mail.add().id;
  for (const auto status : {ReceiptStatus::read, ReceiptStatus::delivered, ReceiptStatus::played})
    mail.apply(mail.receipt(id, status));
  CHECK(mail.number("SELECT delivered FROM service_months WHERE month = 202611") == 1);
}

TEST_CASE("opaque data that is not ours in form is no data") {
  Mail mail;
  const auto id = mail.add().id;
  mail.accept(id, "wamid.x");
  for (const std::string opaque : {"x", ":", "a:b", "1:2x"})
    mail.apply(bare("wamid.x", ReceiptStatus::delivered, opaque));
  CHECK(mail.state(id) == OutgoingState::delivered);
}
