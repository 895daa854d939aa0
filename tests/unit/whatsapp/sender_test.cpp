#include "whatsapp/sender.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>
#include <future>
#include <optional>

#include "loop_fixture.hpp"
#include "scripted_graph.hpp"
#include "store/citizens.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::whatsapp;
using namespace std::chrono_literals;
using store::Outbox;
using store::Outgoing;
using store::OutgoingState;
using store::WriteTx;

namespace {

using Texts = std::vector<std::string>;

WhatsappSettings settings_of_tests() {
  WhatsappSettings settings;
  settings.access_token = "token";
  settings.phone_number_id = "1098";
  settings.graph_version = "v26.0";
  settings.messages_per_second = 1'000;
  settings.pair_seconds = 6;
  settings.pair_burst = 45;
  settings.receipt_wait_seconds = 30;
  settings.connections = 16;
  settings.read_marks = false;
  return settings;
}

// The sender with everything real around it but Meta, on one thread that the test turns by hand.
struct Post : test::LoopFixture {
  explicit Post(const WhatsappSettings& settings = settings_of_tests(),
                http::ClientOptions client_options = {})
      : graph(io), client(io.get_executor(), graph.url(), client_options) {
    sender.emplace(io.get_executor(), client, writer, clock, settings);
  }
  ~Post() {
    sender.reset();
    writer.close();  // its thread posts to `io`
  }

  // A message written by a turn, not yet given to the sender.
  Outgoing add(int citizen, const std::string& text, const std::string& reply_to = "wamid.in") {
    Outgoing added;
    const std::string phone = "57300555010" + std::to_string(citizen);
    writer.run([&](WriteTx& tx) {
      store::Citizen who = store::Citizens::meet(tx, {"", phone}, "", "", now());
      store::Citizens::open_window(tx, who, now());
      added = Outbox::add(tx, {.citizen = who.id,
                               .content = R"({"type":"text","text":{"body":")" + text + R"("}})",
                               .in_reply_to = reply_to,
                               .created_at = now()});
    });
    return added;
  }
  std::int64_t send(int citizen, const std::string& text,
                    const std::string& reply_to = "wamid.in") {
    const Outgoing message = add(citizen, text, reply_to);
    sender->enqueue({message});
    return message.id;
  }

  void settle() {
    settle_when([&] { return sender->stats().in_flight == 0; });
  }
  void advance(Millis by) {
    clock.advance(by);
    settle();
  }

  store::OutgoingRecord find(std::int64_t id) {
    return store::Reader(options.file).read([&](store::ReadTx& tx) {
      return Outbox::find(tx, id).value();
    });
  }
  OutgoingState state(std::int64_t id) { return find(id).state; }

  test::ScriptedGraph graph;
  http::Client client;
  std::optional<Sender> sender;
};

}  // namespace

TEST_CASE("a message goes out as the Cloud API wants it, and its acceptance is stored") {
  Post post;
  const std::int64_t id = post.send(1, "hola");
  post.settle();
  REQUIRE(post.graph.messages.size() == 1);
  const auto& sent = post.graph.messages.front();
  CHECK(sent["to"] == "+573005550101");
  CHECK(sent["biz_opaque_callback_data"] == Outbox::opaque(post.writer.store_id(), id));
  CHECK(sent["text"]["body"] == "hola");
  CHECK(http::find_header(post.graph.last_request.headers, "Authorization") == "Bearer token");
  CHECK(post.state(id) == OutgoingState::accepted);
  CHECK(post.find(id).wamid == "wamid.out.1");
  CHECK(post.sender->stats().accepted == 1);
}

TEST_CASE("one on the wire per citizen, in order; citizens side by side") {
  Post post;
  post.graph.hold();
  post.send(1, "a1");
  post.send(1, "a2");
  post.send(2, "b1");
  post.until([&] { return post.graph.messages.size() == 2; });
  CHECK(post.graph.texts() == Texts{"a1", "b1"});
  CHECK(post.sender->stats().in_flight == 2);
  CHECK(post.sender->stats().waiting == 1);
  post.graph.release();
  post.settle();
  CHECK(post.graph.texts() == Texts{"a1", "b1", "a2"});
}

TEST_CASE("the pair limit is obeyed before Meta has to say so") {
  WhatsappSettings settings = settings_of_tests();
  settings.pair_burst = 2;
  Post post(settings);
  for (const char* text : {"1", "2", "3"}) post.send(1, text);
  post.settle();
  CHECK(post.graph.texts() == Texts{"1", "2"});
  post.advance(6s);
  CHECK(post.graph.texts() == Texts{"1", "2", "3"});
}

TEST_CASE("inbound messages use up the number's throughput too") {
  WhatsappSettings settings = settings_of_tests();
  settings.messages_per_second = 8;  // bursts of two
  Post post(settings);
  post.sender->count_inbound(2);
  post.send(1, "hola");
  post.settle();
  CHECK(post.graph.messages.empty());
  post.advance(125ms);
  CHECK(post.graph.messages.size() == 1);
}

TEST_CASE("a refusal for now is tried again at the head of its lane, others go on") {
  Post post;
  post.graph.refuse_next(131056);
  const std::int64_t id = post.send(1, "a1");
  post.settle();
  post.send(1, "a2");
  post.send(2, "b1");
  post.settle();
  CHECK(post.graph.texts() == Texts{"a1", "b1"});
  CHECK(post.find(id).attempts == 1);
  CHECK(post.find(id).error_code == 131056);
  post.advance(2s);
  CHECK(post.graph.texts() == Texts{"a1", "b1", "a1", "a2"});
  CHECK(post.state(id) == OutgoingState::accepted);
}

TEST_CASE("a refusal for good ends the message with its reason and not the lane") {
  Post post;
  post.graph.refuse_next(131026);
  const std::int64_t id = post.send(1, "a1");
  post.send(1, "a2");
  post.settle();
  CHECK(post.state(id) == OutgoingState::failed);
  CHECK(post.find(id).error_code == 131026);
  CHECK(post.find(id).error.find("undeliverable") == 0);
  CHECK(post.graph.texts() == Texts{"a1", "a2"});
  CHECK(post.sender->stats().failed == 1);
}

TEST_CASE("a bad token halts everything, loses nothing, and one probe ends the halt") {
  Post post;
  post.graph.refuse_next(190);
  post.send(1, "a");
  post.settle();
  CHECK(post.sender->stats().halted == "the access token has expired");
  post.send(2, "b");
  post.send(3, "c");
  post.settle();
  CHECK(post.graph.texts() == Texts{"a"});
  post.graph.refuse_next(190);
  post.advance(1min);
  CHECK(post.graph.texts().size() == 2);
  post.advance(1min);
  CHECK(post.sender->stats().halted.empty());
  CHECK(post.graph.texts().size() == 5);
  CHECK(post.sender->stats().accepted == 3);
}

TEST_CASE("a message of unknown fate is not sent again once its receipt has come") {
  Post post;
  post.graph.answer_next(500, "");
  const std::int64_t id = post.send(1, "a1");
  post.send(1, "a2");
  post.settle();
  CHECK(post.state(id) == OutgoingState::unknown);
  CHECK(post.sender->stats().unknown == 1);
  CHECK(post.graph.texts() == Texts{"a1"});
  post.sender->resolved({id});
  post.settle();
  CHECK(post.sender->stats().unknown == 0);
  post.advance(1h);
  CHECK(post.graph.texts() == Texts{"a1", "a2"});
}

TEST_CASE("without a receipt a message of unknown fate is sent again after the wait") {
  Post post;
  post.graph.answer_next(500, "");
  const std::int64_t id = post.send(1, "a1");
  post.settle();
  post.advance(30s - 1ms);
  CHECK(post.graph.messages.size() == 1);
  post.advance(15s);  // jitter lengthens the wait by up to half
  CHECK(post.graph.messages.size() == 2);
  CHECK(post.state(id) == OutgoingState::accepted);
}

TEST_CASE("an operator hears that Meta does not answer, and that it does again") {
  Post post;
  for (int citizen = 1; citizen <= 3; ++citizen) {
    CHECK(post.sender->stats().halted.empty());
    post.graph.answer_next(500, "");
    post.send(citizen, "a");
    post.settle();
  }
  CHECK(post.sender->stats().halted.starts_with("Meta does not answer"));
  post.send(4, "b");
  post.settle();
  CHECK(post.sender->stats().halted.empty());
}

TEST_CASE("an answer that never comes leaves the fate unknown") {
  http::ClientOptions impatient;
  impatient.answer_timeout = 30ms;
  Post post(settings_of_tests(), impatient);
  post.graph.hold();
  const std::int64_t id = post.send(1, "a1");
  post.settle();
  CHECK(post.state(id) == OutgoingState::unknown);
  post.graph.release();
}

TEST_CASE("after an unclean stop messages wait for their receipt before they are sent again") {
  Post post;
  Outgoing first = post.add(1, "a");
  Outgoing second = post.add(2, "b");
  first.state = second.state = OutgoingState::unknown;  // as the store gives them after a crash
  post.sender->enqueue({first, second});
  post.settle();
  CHECK(post.graph.messages.empty());
  CHECK(post.sender->stats().unknown == 2);
  post.sender->resolved({first.id});
  post.advance(30s);
  CHECK(post.graph.texts() == Texts{"b"});
}

TEST_CASE("a message of unknown fate that has to wait longer than for its receipt does") {
  Post post;
  Outgoing message = post.add(1, "a");
  message.state = OutgoingState::unknown;
  message.due_at = post.now() + 40s;
  post.sender->enqueue({message});
  post.advance(39s);
  CHECK(post.graph.messages.empty());
  post.advance(1s);
  CHECK(post.graph.messages.size() == 1);
}

TEST_CASE("a closed window is known without asking Meta") {
  Post post;
  const Outgoing message = post.add(1, "tarde");
  post.clock.advance(24h);
  post.sender->enqueue({message});
  post.settle();
  CHECK(post.graph.messages.empty());
  CHECK(post.state(message.id) == OutgoingState::failed);
  CHECK(post.find(message.id).error_code == 131047);
  CHECK(post.find(message.id).error == "the 24-hour window is closed");
}

TEST_CASE("a row whose content is no message fails alone") {
  Post post;
  Outgoing broken = post.add(1, "a");
  broken.content = "broken";
  post.sender->enqueue({broken});
  post.send(1, "b");
  post.settle();
  CHECK(post.state(broken.id) == OutgoingState::failed);
  CHECK(post.graph.texts() == Texts{"b"});
}

TEST_CASE("an outcome the store has no room for is kept until it has") {
  Post post;
  post.graph.hold();
  const std::int64_t id = post.send(1, "a");
  post.until([&] { return post.graph.messages.size() == 1; });
  // The writer is kept busy and its queue filled to the brim.
  std::promise<void> freed;
  std::future<void> busy = freed.get_future();
  REQUIRE(post.writer.submit([&](WriteTx&) { busy.wait(); }, [](std::exception_ptr) {}));
  while (post.writer.submit([](WriteTx&) {}, [](std::exception_ptr) {})) {
  }
  post.graph.release();
  post.until([&] { return post.sender->stats().accepted == 1; });
  freed.set_value();
  post.until([&] { return post.state(id) == OutgoingState::accepted; });
}

TEST_CASE("blue ticks come before the first answer to a message, once") {
  WhatsappSettings settings = settings_of_tests();
  settings.read_marks = true;
  Post post(settings);
  post.send(1, "a1", "wamid.one");
  post.send(1, "a2", "wamid.one");
  post.send(2, "notice", "");
  post.settle();
  REQUIRE(post.graph.read_marks.size() == 1);
  CHECK(post.graph.read_marks[0]["message_id"] == "wamid.one");
  CHECK(post.graph.read_marks[0]["typing_indicator"]["type"] == "text");
  CHECK(post.graph.order.find('r') < post.graph.order.find("mm"));
  CHECK(post.graph.messages.size() == 3);
}

TEST_CASE("blue ticks are left out when many messages wait, and on a second attempt") {
  WhatsappSettings settings = settings_of_tests();
  settings.read_marks = true;
  settings.connections = 1;
  Post post(settings);
  std::vector<Outgoing> many;
  for (int i = 0; i < 50; ++i) many.push_back(post.add(i % 9, "x", "wamid." + std::to_string(i)));
  post.graph.refuse_next(131056);
  post.sender->enqueue(many);
  post.settle();
  post.advance(2s);
  CHECK(post.graph.messages.size() == 51);
  CHECK(post.graph.read_marks.size() < 40);
  CHECK(post.graph.order.substr(0, 5) == "mmmmm");
}

TEST_CASE("a stop takes no more from the lanes and waits for the answers on the way") {
  Post post;
  post.graph.hold();
  const std::int64_t first = post.send(1, "a1");
  const std::int64_t second = post.send(1, "a2");
  post.until([&] { return post.graph.messages.size() == 1; });
  auto stopped = boost::asio::co_spawn(post.io, post.sender->stop(10s), boost::asio::use_future);
  post.io.poll();
  post.graph.release();
  post.until([&] { return stopped.wait_for(0s) == std::future_status::ready; });
  CHECK(post.state(first) == OutgoingState::accepted);
  CHECK(post.state(second) == OutgoingState::queued);
  CHECK(post.graph.messages.size() == 1);
}

TEST_CASE("what has no answer at the end of the grace is recorded as unknown") {
  Post post;
  post.graph.hold();
  const std::int64_t id = post.send(1, "a1");
  post.until([&] { return post.graph.messages.size() == 1; });
  auto stopped = boost::asio::co_spawn(post.io, post.sender->stop(1ms), boost::asio::use_future);
  post.until([&] { return stopped.wait_for(0s) == std::future_status::ready; });
  CHECK(post.state(id) == OutgoingState::unknown);
  post.graph.release();
}
