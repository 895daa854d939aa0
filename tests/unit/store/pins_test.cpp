#include "store/pins.hpp"

#include "store_fixture.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::store;
using test::StoreFixture;

namespace {

constexpr auto hour = std::chrono::hours(1);

struct Board : StoreFixture {
  const Time start = now();

  // Pins it now, for the hours from `from` to `until` counted from the start.
  std::int64_t pin(const std::string& text, int from, int until) {
    std::int64_t id = 0;
    writer.run([&](WriteTx& tx) {
      id = Pins::add(tx, {.text = text, .from = start + from * hour, .until = start + until * hour},
                     "ana", now())
               .id;
    });
    return id;
  }
  void clear() {
    writer.run([&](WriteTx& tx) { Pins::clear(tx, "luis", now()); });
  }
  // What citizens see `hours` after the start.
  std::string seen(int hours) {
    return Reader(options.file).read([&](ReadTx& tx) {
      const auto message = Pins::in_force(tx, start + hours * hour);
      return message ? message->text : std::string("nothing");
    });
  }
};

}  // namespace

TEST_CASE("a pinned message is in force from its first moment to just before its last") {
  Board board;
  CHECK(board.seen(0) == "nothing");
  board.pin("agua", 0, 2);
  CHECK(board.seen(0) == "agua");
  CHECK(board.seen(1) == "agua");
  CHECK(board.seen(2) == "nothing");
  CHECK(board.seen(-1) == "nothing");
}

TEST_CASE("of two whose time it is the newer one is seen, and then the older one again") {
  Board board;
  board.pin("obras", 0, 10);
  board.pin("aguacero", 2, 4);
  CHECK(board.seen(1) == "obras");
  CHECK(board.seen(3) == "aguacero");
  CHECK(board.seen(5) == "obras");
}

TEST_CASE("clearing takes down what is pinned and what is planned, and nothing that comes later") {
  Board board;
  board.pin("obras", 0, 10);
  board.pin("aguacero", 2, 4);
  board.clock.advance(hour);
  board.clear();
  CHECK(board.seen(1) == "nothing");
  CHECK(board.seen(3) == "nothing");
  const auto planned =
      Reader(board.options.file).read([&](ReadTx& tx) { return Pins::planned(tx, board.start); });
  CHECK(planned.empty());
  board.pin("cierre", 1, 3);
  CHECK(board.seen(2) == "cierre");
  CHECK(board.seen(0) == "obras");  // as it was then
}

TEST_CASE("nobody has seen a message before it was pinned") {
  Board board;
  board.clock.advance(hour);
  board.pin("agua", 0, 2);
  CHECK(board.seen(0) == "nothing");
  CHECK(board.seen(1) == "agua");
}

TEST_CASE("the history keeps every line, with who did it and when") {
  Board board;
  const std::int64_t first = board.pin("agua", 0, 2);
  CHECK(board.pin("luz", 3, 4) != first);
  board.clear();
  const auto [history, planned] = Reader(board.options.file).read([&](ReadTx& tx) {
    return std::pair(Pins::history(tx, 2), Pins::planned(tx, board.start));
  });
  REQUIRE(history.size() == 2);
  CHECK(history[0].message.text.empty());
  CHECK(history[0].by == "luis");
  CHECK(history[1].message.text == "luz");
  CHECK(history[1].by == "ana");
  CHECK(history[1].at == board.start);
  CHECK(planned.empty());
}
