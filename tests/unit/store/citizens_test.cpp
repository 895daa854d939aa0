#include "store/citizens.hpp"

#include "store_fixture.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::store;
using whatsapp::Identity;

namespace {

struct People : test::StoreFixture {
  // What a message from `identity` leads to.
  Citizen meet(const Identity& identity, const std::string& name = "",
               const std::string& user = "") {
    Citizen citizen;
    writer.run([&](WriteTx& tx) { citizen = Citizens::meet(tx, identity, name, user, now()); });
    return citizen;
  }
  std::optional<std::int64_t> change(const Identity& before, const Identity& after) {
    std::optional<std::int64_t> id;
    writer.run([&](WriteTx& tx) { id = Citizens::change_identity(tx, before, after); });
    return id;
  }
  std::optional<Citizen> find(std::int64_t id) {
    return Reader(options.file).read([&](ReadTx& tx) { return Citizens::find(tx, id); });
  }
  std::int64_t count() { return number("SELECT COUNT(*) FROM citizens"); }
};

const Identity ana{.bsuid = "CO.1", .phone = "573001"};

}  // namespace

TEST_CASE("a citizen is met once and known again by user id or by phone") {
  People people;
  const auto id = people.meet(ana, "Ana").id;
  CHECK(people.meet(ana).id == id);
  CHECK(people.meet({.bsuid = "CO.1", .phone = ""}).id == id);
  CHECK(people.meet({.bsuid = "", .phone = "573001"}).id == id);
  CHECK(people.meet({.bsuid = "CO.2", .phone = "573002"}).id != id);
  CHECK(people.count() == 2);
}

TEST_CASE("what a message does not say changes nothing, what it says anew is kept") {
  People people;
  const auto id = people.meet(ana, "Ana", "ana.ctg").id;
  people.meet({.bsuid = "CO.1", .phone = ""}, "", "");
  auto citizen = people.find(id);
  REQUIRE(citizen);
  CHECK(citizen->identity.phone == "573001");
  CHECK(citizen->name == "Ana");
  CHECK(citizen->username == "ana.ctg");

  people.meet(ana, "Ana María", "");
  citizen = people.find(id);
  CHECK(citizen->name == "Ana María");
  CHECK(citizen->username == "ana.ctg");
}

TEST_CASE("a citizen known by phone adopts the user id that comes with it") {
  People people;
  const auto id = people.meet({.bsuid = "", .phone = "573001"}).id;
  CHECK(people.meet(ana).id == id);
  CHECK(people.meet({.bsuid = "CO.1", .phone = ""}).id == id);
  CHECK(people.count() == 1);
}

TEST_CASE("a citizen known by user id learns the phone, and a new one in its place") {
  People people;
  const auto id = people.meet({.bsuid = "CO.1", .phone = ""}).id;
  CHECK(people.meet(ana).identity.phone == "573001");
  people.meet({.bsuid = "CO.1", .phone = "573009"});
  CHECK(people.find(id)->identity.phone == "573009");
  CHECK(people.count() == 1);
}

TEST_CASE("a number that was given to somebody else moves, and the first owner keeps the user id") {
  People people;
  const auto first = people.meet(ana, "Ana").id;
  const Citizen second = people.meet({.bsuid = "CO.2", .phone = "573001"}, "Beto");
  CHECK(second.id != first);
  CHECK(second.name == "Beto");
  CHECK(people.find(first)->identity.bsuid == "CO.1");
  CHECK(people.find(first)->identity.phone.empty());
  CHECK(people.meet({.bsuid = "", .phone = "573001"}).id == second.id);
}

TEST_CASE("a number moves between two citizens who are both known already") {
  People people;
  const auto first = people.meet(ana).id;
  const auto second = people.meet({.bsuid = "CO.2", .phone = "573002"}).id;
  CHECK(people.meet({.bsuid = "CO.2", .phone = "573001"}).id == second);
  CHECK(people.find(first)->identity.phone.empty());
  CHECK(people.find(second)->identity.phone == "573001");
  CHECK(people.count() == 2);
}

TEST_CASE("two rows turn out to be one person: known by user id here and by phone there") {
  People people;
  const auto by_phone = people.meet({.bsuid = "", .phone = "573001"}).id;
  people.writer.run([&](WriteTx& tx) { Inbound::add(tx, test::inbound("wamid.1", by_phone)); });
  const auto by_bsuid = people.meet({.bsuid = "CO.1", .phone = ""}).id;
  REQUIRE(by_phone != by_bsuid);
  CHECK(people.meet(ana).id == by_bsuid);
  CHECK(people.count() == 1);
  CHECK(people.number("SELECT citizen FROM inbound") == by_bsuid);
}

TEST_CASE("a change of number keeps the citizen") {
  People people;
  const auto id = people.meet(ana).id;
  CHECK(people.change(ana, {.bsuid = "CO.9", .phone = "573009"}) == id);
  CHECK(people.meet({.bsuid = "CO.9", .phone = ""}).id == id);
  CHECK(people.meet({.bsuid = "", .phone = "573009"}).id == id);
  CHECK(people.meet(ana).id != id);
}

TEST_CASE("a change that hides the phone drops the old one") {
  People people;
  const auto id = people.meet(ana).id;
  CHECK(people.change({.bsuid = "CO.1", .phone = ""}, {.bsuid = "CO.9", .phone = ""}) == id);
  CHECK(people.find(id)->identity.phone.empty());
  CHECK(people.find(id)->identity.bsuid == "CO.9");
}

TEST_CASE("a change to an identity that is known already joins the two, the newer talk going on") {
  People people;
  const auto before = people.meet(ana).id;
  const auto after = people.meet({.bsuid = "CO.9", .phone = "573009"}).id;
  people.writer.run([&](WriteTx& tx) {
    constexpr std::string_view talk =
        "INSERT INTO conversations (citizen, state, updated_at) VALUES ($1, $2, $3)";
    tx.run(talk, before, "{}", 1);
    tx.run(talk, after, "{\"newer\":true}", 2);
    Citizen writer_of_last = *Citizens::find(tx, after);
    Citizens::open_window(tx, writer_of_last, people.now());
  });
  CHECK(people.change(ana, {.bsuid = "CO.9", .phone = "573009"}) == before);
  CHECK(people.count() == 1);
  CHECK(people.number("SELECT COUNT(*) FROM conversations") == 1);
  CHECK(people.number("SELECT citizen FROM conversations WHERE state LIKE '%newer%'") == before);
  CHECK(people.find(before)->window_closes_at == people.now() + std::chrono::hours(24));
}

TEST_CASE("a change of somebody unknown is nobody's") {
  People people;
  CHECK(people.change(ana, {.bsuid = "CO.9", .phone = ""}) == std::nullopt);
  CHECK(people.count() == 0);
}

TEST_CASE("the window lasts a day from the newest message, whatever the order they come in") {
  People people;
  Citizen citizen = people.meet(ana);
  const auto at = [&](Time sent_at) {
    people.writer.run([&](WriteTx& tx) { Citizens::open_window(tx, citizen, sent_at); });
    return people.find(citizen.id)->window_closes_at;
  };
  const auto hours = [](int n) { return std::chrono::hours(n); };
  CHECK(at(people.now()) == people.now() + hours(24));
  CHECK(at(people.now() - hours(3)) == people.now() + hours(24));
  CHECK(at(people.now() + hours(1)) == people.now() + hours(25));
}

TEST_CASE("a refusal closes the window it was about, not one that was opened since") {
  People people;
  Citizen citizen = people.meet(ana);
  const auto hours = [](int n) { return std::chrono::hours(n); };
  const auto closed = [&](Time at) {
    people.writer.run([&](WriteTx& tx) { Citizens::close_window(tx, citizen.id, at); });
    return people.find(citizen.id)->window_closes_at;
  };
  people.writer.run([&](WriteTx& tx) { Citizens::open_window(tx, citizen, people.now()); });
  CHECK(closed(people.now() - hours(1)) == people.now() + hours(24));
  CHECK(closed(people.now() + hours(2)) == people.now() + hours(2));
  CHECK(closed(people.now() + hours(3)) == people.now() + hours(2));
}
