// The control interface below /emulator/, for tests in any language and for people with curl. The
// README beside this file describes it.
#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include "emulator/shell.hpp"

namespace catalina::emulator {
namespace {

namespace asio = boost::asio;
using nlohmann::json;

constexpr std::size_t max_request = 16 * 1024 * 1024;  // bytes; raw webhook bodies reach 3 MB
constexpr std::size_t max_listed = 1000;               // sends in one answer
constexpr std::chrono::seconds longest_poll{30};
constexpr std::chrono::duration<std::uint64_t, std::milli> longest_jump =
    std::chrono::hours(24 * 366);

using Call = std::function<json(World&, const json& body, Time now)>;

json parse_body(const std::string& text) {
  json body = json::parse(text.empty() ? "{}" : text, nullptr, false);
  if (!body.is_object()) throw std::invalid_argument("the body is a JSON object");
  return body;
}

std::string text_of(const json& body, const char* member) {
  const auto found = body.find(member);
  if (found == body.end() || !found->is_string())
    throw std::invalid_argument(std::string(member) + " is needed, a string");
  return found->get<std::string>();
}

NewPhone read_new_phone(const json& body) {
  NewPhone phone;
  phone.name = body.value("name", "");
  phone.number = body.value("number", "");
  phone.bsuid = body.value("bsuid", "");
  phone.username = body.value("username", "");
  phone.hides_number = body.value("hides_number", false);
  return phone;
}

json describe(const Phone& phone, Time now) {
  return {{"id", phone.id},
          {"name", phone.name},
          {"number", phone.number},
          {"bsuid", phone.bsuid},
          {"username", phone.username},
          {"hides_number", phone.hides_number},
          {"registered", phone.registered},
          {"stopped_marketing", phone.stopped_marketing},
          {"read_receipts", phone.read_receipts},
          {"window_open", phone.window_open(now)}};
}

// A phone by its id, number or BSUID.
Phone& find_phone(World& world, const std::string& key) {
  for (Phone* phone : {world.account.phones.find(key), world.account.phones.find_number(key),
                       world.account.phones.find_bsuid(key)})
    if (phone != nullptr) return *phone;
  throw std::invalid_argument("there is no phone \"" + key + "\"");
}

json put_phone(World& world, const json& body, Time now) {
  if (!body.contains("id")) return describe(world.account.phones.add(read_new_phone(body)), now);
  Phone& phone = find_phone(world, text_of(body, "id"));
  phone.name = body.value("name", phone.name);
  phone.username = body.value("username", phone.username);
  phone.hides_number = body.value("hides_number", phone.hides_number);
  phone.registered = body.value("registered", phone.registered);
  phone.stopped_marketing = body.value("stopped_marketing", phone.stopped_marketing);
  phone.read_receipts = body.value("read_receipts", phone.read_receipts);
  if (body.contains("number") && body["number"] != phone.number)
    world.change_number(phone, text_of(body, "number"), now);
  if (body.contains("open")) world.look_at(phone, body.at("open").get<bool>(), now);
  return describe(phone, now);
}

json inject_message(World& world, const json& body, Time now) {
  Phone& phone = find_phone(world, text_of(body, "phone"));
  if (body.contains("tap"))
    return {
        {"wamid", world.citizen_taps(phone, text_of(body, "context"), text_of(body, "tap"), now)}};
  if (!body.contains("message")) throw std::invalid_argument("message or tap is needed");
  return {{"wamid", world.citizen_sends(phone, body["message"], now)}};
}

json put_template(World& world, const json& body, Time now) {
  if (body.contains("components")) {
    Template value = read_template(body);
    world.account.templates.put(value);
    return to_json(value);
  }
  if (!world.set_template_status(text_of(body, "name"), text_of(body, "language"),
                                 text_of(body, "status"), now))
    throw std::invalid_argument("there is no such template");
  return {{"success", true}};
}

json put_script(World& world, const json& body, Time) {
  if (body.value("clear", false)) world.script.clear();
  if (body.contains("sends")) {
    std::vector<SendOutcome> outcomes;
    for (const json& item : body["sends"]) outcomes.push_back(read_outcome(item));
    for (const SendOutcome& outcome : outcomes) world.script.push(outcome);
  }
  world.release_sends(body.value("release", std::size_t{0}));
  return {{"success", true}};
}

Order read_order(const json& body) {
  const std::string order = body.value("order", "as_came");
  if (order == "as_came") return Order::as_came;
  if (order == "reversed") return Order::reversed;
  if (order == "shuffled") return Order::shuffled;
  throw std::invalid_argument("order is as_came, reversed or shuffled");
}

json hold_or_release(World& world, const json& body, Time now) {
  const std::string what = text_of(body, "what");
  const bool hold = body.value("hold", false);
  if (what == "statuses") {
    if (hold)
      world.hold_statuses();
    else
      world.release_statuses(read_order(body), body.value("count", std::size_t(-1)), now);
  } else if (what == "webhooks") {
    if (hold)
      world.webhooks.hold();
    else
      world.webhooks.release(read_order(body), world.random);
  } else {
    throw std::invalid_argument("what is statuses or webhooks");
  }
  return {{"success", true}};
}

json state(const World& world, Time now) {
  const WebhookTotals& totals = world.webhooks.totals();
  return {{"now", format_utc(now)},
          {"sends", world.send_count()},
          {"accepted", world.accepted_count()},
          {"quiet", world.quiet()},
          {"webhooks",
           {{"waiting", world.webhooks.waiting()},
            {"posts", totals.posts},
            {"taken", totals.taken},
            {"refused", totals.refused},
            {"given_up", totals.given_up}}},
          {"ledger", world.ledger.summary(now)}};
}

json list_phones(const World& world, Time now) {
  json all = json::array();
  for (const auto& phone : world.account.phones.all()) all.push_back(describe(*phone, now));
  return {{"phones", all}};
}

// Runs a call and turns what it refuses into a 400.
http::Response carry_out(Shell& shell, const http::Request& request, const Call& call) {
  try {
    const json body = parse_body(request.body);
    return json_response(shell.act([&](World& w, Time now) { return call(w, body, now); }));
  } catch (const std::invalid_argument& error) {
    return problem(400, error.what());
  } catch (const json::exception& error) {
    return problem(400, error.what());
  }
}

void add_call(http::Router& router, const std::shared_ptr<Shell>& shell, const char* method,
              const char* path, Call call) {
  const auto run = [call = std::move(call)](std::shared_ptr<Shell> self, http::Request request)
      -> asio::awaitable<http::Response> { co_return carry_out(*self, request, call); };
  router.add(method, path, shell->handler(run), {max_request});
}

void add_look(http::Router& router, const std::shared_ptr<Shell>& shell, const char* path,
              json (*look)(const World&, Time)) {
  const auto run = [look](std::shared_ptr<Shell> self,
                          http::Request) -> asio::awaitable<http::Response> {
    co_return json_response(self->look(look));
  };
  router.add("GET", path, shell->handler(run));
}

std::uint64_t number_in(const http::Request& request, std::string_view name) {
  for (const auto& [key, value] : http::parse_query(request.query))
    if (key == name) return std::strtoull(value.c_str(), nullptr, 10);
  return 0;
}

// GET /emulator/sends?after=N&wait=S: the sends numbered above N, waiting for one if there is none.
asio::awaitable<http::Response> list_sends(std::shared_ptr<Shell> shell, http::Request request) {
  const std::uint64_t after = number_in(request, "after");
  const auto deadline = std::chrono::steady_clock::now() +
                        std::min<std::chrono::seconds>(
                            longest_poll, std::chrono::seconds(number_in(request, "wait") % 3600));
  while (true) {
    const auto sends =
        shell->look([&](const World& world, Time) { return world.sends_after(after, max_listed); });
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (sends.empty() && left.count() > 0 && shell->running()) {
      co_await shell->wait_for_change(left);
      continue;
    }
    json list = json::array();
    for (const SendRecord& record : sends) list.push_back(to_json(record));
    co_return json_response({{"sends", std::move(list)}});
  }
}

// POST /emulator/clock {"advance_ms":86400000}. Outside the lock: the clock's listeners take it.
asio::awaitable<http::Response> advance_clock(std::shared_ptr<Shell> shell, http::Request request) {
  const json body = json::parse(request.body, nullptr, false);
  const json by = body.is_object() ? body.value("advance_ms", json()) : json();
  // Compared before it is converted: a number beyond the clock's own would come out negative.
  if (!by.is_number_unsigned() || by.get<std::uint64_t>() > longest_jump.count())
    co_return problem(400, "advance_ms is needed, at most a year of milliseconds");
  shell->clock.advance(Millis(by.get<Millis::rep>()));
  co_return json_response({{"now", format_utc(shell->clock.now())}});
}

// POST /emulator/raw: the body as it is becomes a webhook, signed rightly unless told otherwise.
asio::awaitable<http::Response> inject_raw(std::shared_ptr<Shell> shell, http::Request request) {
  std::optional<std::string> signature;
  for (const auto& [key, value] : http::parse_query(request.query))
    if (key == "signature") signature = value;
  shell->act([&](World& world, Time now) {
    world.webhooks.add_raw(std::move(request.body), std::move(signature), now);
  });
  co_return json_response({{"success", true}});
}

asio::awaitable<http::Response> verify(std::shared_ptr<Shell> shell, http::Request) {
  const bool passed = co_await shell->verify_webhook();
  co_return json_response({{"verified", passed}});
}

}  // namespace

void mount_control(http::Router& router, const std::shared_ptr<Shell>& shell) {
  add_look(router, shell, "/emulator/state", state);
  add_look(router, shell, "/emulator/phones", list_phones);
  add_look(router, shell, "/emulator/knobs",
           [](const World& world, Time) { return to_json(world.knobs); });
  add_look(router, shell, "/emulator/templates", [](const World& world, Time) {
    return json{{"templates", world.account.templates.list()}};
  });
  add_call(router, shell, "POST", "/emulator/knobs", [](World& world, const json& body, Time) {
    update(world.knobs, body);
    return to_json(world.knobs);
  });
  add_call(router, shell, "POST", "/emulator/phones", put_phone);
  add_call(router, shell, "POST", "/emulator/messages", inject_message);
  add_call(router, shell, "POST", "/emulator/templates", put_template);
  add_call(router, shell, "POST", "/emulator/script", put_script);
  add_call(router, shell, "POST", "/emulator/hold", hold_or_release);
  router.add("GET", "/emulator/sends", shell->handler(list_sends));
  router.add("POST", "/emulator/clock", shell->handler(advance_clock));
  router.add("POST", "/emulator/raw", shell->handler(inject_raw), {max_request});
  router.add("POST", "/emulator/verify", shell->handler(verify));
}

}  // namespace catalina::emulator
