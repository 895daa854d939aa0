// The phone page at /demo/ and its interface at /demo/api/: what a citizen does on a phone, and
// what appears on it.
#include <cstdlib>
#include <stdexcept>

#include "core/resources.hpp"
#include "emulator/shell.hpp"

namespace catalina::emulator {
namespace {

namespace asio = boost::asio;
using nlohmann::json;

constexpr std::size_t max_image = 5 * 1024 * 1024;  // bytes, as WhatsApp allows
constexpr std::size_t max_phones = 24;
constexpr std::size_t max_text = 65'536;  // bytes a citizen may write at once
constexpr std::size_t max_name = 100;
// Short enough that a server with open pages stops quickly.
constexpr std::chrono::milliseconds longest_poll{3'000};
constexpr std::string_view api = "/demo/api/";
constexpr std::string_view page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// A page of another site could otherwise write as the citizens of whoever looks at it.
bool same_origin(const http::Request& request) {
  const auto site = http::find_header(request.headers, "Sec-Fetch-Site");
  if (!site.empty()) return site == "same-origin";
  const auto origin = http::find_header(request.headers, "Origin");
  const std::string host(http::find_header(request.headers, "Host"));
  return origin.empty() || origin == "http://" + host || origin == "https://" + host;
}

json describe(const Bubble& bubble) {
  return {{"id", bubble.id},
          {"mine", bubble.from_citizen},
          {"wamid", bubble.wamid},
          {"at", bubble.at.time_since_epoch().count()},
          {"content", bubble.content},
          {"quoted", bubble.quoted},
          {"tick", to_string(bubble.tick)},
          {"code", bubble.code},
          {"problem", bubble.problem}};
}

json describe(const Phone& phone, std::uint64_t after) {
  json bubbles = json::array();
  for (const Bubble& bubble : phone.thread)
    if (bubble.revision > after) bubbles.push_back(describe(bubble));
  return {{"id", phone.id},
          {"name", phone.name},
          {"number", phone.hides_number ? "" : phone.number},
          {"username", phone.username},
          {"typing_until", phone.typing_until.time_since_epoch().count()},
          {"last_inbound",
           phone.last_inbound ? json(phone.last_inbound->time_since_epoch().count()) : json()},
          {"bubbles", std::move(bubbles)}};
}

// What changed since `after`; everything when `after` is not of this run.
json updates(const World& world, const std::string& run, std::uint64_t after, Time now) {
  if (after > world.revision()) after = 0;
  json phones = json::array();
  for (const auto& phone : world.account.phones.all())
    if (phone->revision > after || after == 0) phones.push_back(describe(*phone, after));
  return {{"run", run},
          {"revision", world.revision()},
          {"now", now.time_since_epoch().count()},
          {"phones", std::move(phones)},
          {"ledger", world.ledger.summary(now)}};
}

asio::awaitable<http::Response> poll(std::shared_ptr<Shell> shell, http::Request request) {
  std::uint64_t after = 0;
  for (const auto& [key, value] : http::parse_query(request.query))
    if (key == "after") after = std::strtoull(value.c_str(), nullptr, 10);
  const auto deadline = std::chrono::steady_clock::now() + longest_poll;
  while (true) {
    const bool news = shell->look([&](const World& w, Time) { return w.revision() != after; });
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (news || left.count() <= 0 || !shell->running()) break;
    co_await shell->wait_for_change(left);
  }
  co_return json_response(shell->look(
      [&](const World& world, Time now) { return updates(world, shell->run_id, after, now); }));
}

std::string text_of(const json& body, const char* member, std::size_t max) {
  const auto found = body.find(member);
  if (found == body.end() || !found->is_string())
    throw std::invalid_argument(std::string(member) + " is needed");
  auto text = found->get<std::string>();
  if (text.empty() || text.size() > max)
    throw std::invalid_argument(std::string(member) + " is empty or too long");
  return text;
}

json new_phone(World& world, const json& body) {
  if (world.account.phones.all().size() >= max_phones)
    throw std::invalid_argument("there are enough phones");
  NewPhone wanted;
  wanted.name = text_of(body, "name", max_name);
  if (body.contains("username")) {
    wanted.username = text_of(body, "username", max_name);
    wanted.hides_number = true;
  }
  Phone& phone = world.account.phones.add(std::move(wanted));
  world.touch(phone);
  return {{"id", phone.id}};
}

json send_location(World& world, Phone& phone, const json& body, Time now) {
  const json& place = body.at("location");
  json location{{"latitude", place.at("latitude").get<double>()},
                {"longitude", place.at("longitude").get<double>()}};
  for (const char* member : {"name", "address"})
    if (place.contains(member)) location[member] = text_of(place, member, 1000);
  json message{{"type", "location"}, {"location", location}};
  if (body.contains("context"))
    message["context"] = {{"from", world.account.identity.display_phone_number},
                          {"id", text_of(body, "context", 512)}};
  return {{"wamid", world.citizen_sends(phone, std::move(message), now)}};
}

// The citizen's own card, as the answer to a request for it.
json send_contact(World& world, Phone& phone, const json& body, Time now) {
  json card{{"name", {{"formatted_name", phone.name}}},
            {"phones", json::array({{{"phone", "+" + phone.number}, {"wa_id", phone.number}}})},
            {"origin", "contact_request"}};
  json message{{"type", "contacts"},
               {"contacts", json::array({std::move(card)})},
               {"context",
                {{"from", world.account.identity.display_phone_number},
                 {"id", text_of(body, "context", 512)}}}};
  return {{"wamid", world.citizen_sends(phone, std::move(message), now)}};
}

// One act on a phone: {"text"} or {"tap","context"} or {"location"} or {"contact","context"} or
// {"open"}.
json act_on_phone(World& world, Phone& phone, const json& body, Time now) {
  if (body.contains("open")) {
    world.look_at(phone, body.at("open").get<bool>(), now);
    return {{"open", phone.open}};
  }
  if (body.contains("location")) return send_location(world, phone, body, now);
  if (body.contains("contact")) return send_contact(world, phone, body, now);
  if (body.contains("tap"))
    return {{"wamid", world.citizen_taps(phone, text_of(body, "context", 512),
                                         text_of(body, "tap", 512), now)}};
  const json text{{"body", text_of(body, "text", max_text)}};
  return {{"wamid", world.citizen_sends(phone, {{"type", "text"}, {"text", text}}, now)}};
}

json send_image(World& world, Phone& phone, http::Request& request, Time now) {
  const auto mime = sniff_mime(request.body);
  if (mime != "image/jpeg" && mime != "image/png")
    throw std::invalid_argument("an image is a JPEG or a PNG");
  std::string caption;
  for (const auto& [key, value] : http::parse_query(request.query))
    if (key == "caption") caption = value.substr(0, 1024);
  return {{"wamid", world.citizen_sends_medium(phone, "image", std::string(*mime),
                                               std::move(request.body), "", caption, now)}};
}

// POST below /demo/api/: phones, phones/p1, phones/p1/image.
json carry_out(World& world, http::Request& request, Time now) {
  const std::string path = request.path.substr(api.size());
  const auto body = [&] {
    json parsed = json::parse(request.body, nullptr, false);
    if (!parsed.is_object()) throw std::invalid_argument("the body is a JSON object");
    return parsed;
  };
  if (path == "phones") return new_phone(world, body());
  if (!path.starts_with("phones/")) throw std::out_of_range("there is nothing here");
  const std::string rest = path.substr(std::string_view("phones/").size());
  const std::size_t slash = rest.find('/');
  Phone* phone = world.account.phones.find(rest.substr(0, slash));
  if (phone == nullptr) throw std::out_of_range("there is no such phone");
  if (slash == std::string::npos) return act_on_phone(world, *phone, body(), now);
  if (rest.substr(slash) == "/image") return send_image(world, *phone, request, now);
  throw std::out_of_range("there is nothing here");
}

asio::awaitable<http::Response> post(std::shared_ptr<Shell> shell, http::Request request) {
  if (!same_origin(request)) co_return problem(403, "Only the phone page itself may do this");
  try {
    if (request.path == "/demo/api/clock") {
      shell->clock.advance(std::chrono::hours(24));  // outside the lock: its listeners take it
      co_return json_response({{"now", shell->clock.now().time_since_epoch().count()}});
    }
    co_return json_response(
        shell->act([&](World& world, Time now) { return carry_out(world, request, now); }));
  } catch (const std::invalid_argument& error) {
    co_return problem(400, error.what());
  } catch (const std::out_of_range& error) {
    co_return problem(404, error.what());
  } catch (const json::exception& error) {
    co_return problem(400, error.what());
  }
}

// Pictures of the thread, whoever sent them.
asio::awaitable<http::Response> medium(std::shared_ptr<Shell> shell, http::Request request) {
  const std::string id = request.path.substr(std::string_view("/demo/api/media/").size());
  co_return shell->look([&](const World& world, Time now) {
    const Medium* found = world.account.media.find(id, now);
    if (found == nullptr || !found->mime.starts_with("image/")) return problem(404, "Not found");
    http::Response response;
    response.content_type = found->mime;
    response.body = found->bytes;
    return response;
  });
}

std::string_view type_of(std::string_view path) {
  if (path.ends_with(".html")) return "text/html; charset=utf-8";
  if (path.ends_with(".css")) return "text/css; charset=utf-8";
  if (path.ends_with(".js")) return "text/javascript; charset=utf-8";
  return "image/svg+xml";
}

asio::awaitable<http::Response> page(std::shared_ptr<Shell>, http::Request request) {
  const std::string name = request.path == "/demo/"
                               ? "index.html"
                               : request.path.substr(std::string_view("/demo/").size());
  const auto file = resources::find("bot/demo/" + name);
  if (!file) co_return problem(404, "Not found");
  http::Response response;
  response.content_type = std::string(type_of(name));
  response.body = std::string(*file);
  response.headers = {{"Content-Security-Policy", std::string(page_policy)},
                      {"Cache-Control", "no-cache"}};
  co_return response;
}

asio::awaitable<http::Response> to_page(std::shared_ptr<Shell>, http::Request) {
  http::Response response;
  response.status = 308;
  response.headers = {{"Location", "/demo/"}};
  co_return response;
}

void move_in(World& world) {
  if (!world.account.phones.all().empty()) return;
  world.knobs = Knobs::lifelike();
  world.account.phones.add({.name = "Yarlenis Pájaro"});
  world.account.phones.add({.name = "Rafael Torres"});
  world.account.phones.add({.name = "Keyla M.", .username = "keyla.manga", .hides_number = true});
}

}  // namespace

void mount_phone_page(http::Router& router, const std::shared_ptr<Shell>& shell) {
  shell->act([](World& world, Time) { move_in(world); });
  router.add("GET", "/demo", shell->handler(to_page));
  router.add("GET", "/demo/*", shell->handler(page));
  router.add("GET", "/demo/api/updates", shell->handler(poll));
  router.add("GET", "/demo/api/media/*", shell->handler(medium));
  router.add("POST", "/demo/api/*", shell->handler(post), {max_image});
}

}  // namespace catalina::emulator
