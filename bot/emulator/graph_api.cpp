// The Graph API as the bot sees it: messages and media.
#include <sstream>

#include "emulator/multipart.hpp"
#include "emulator/shell.hpp"

namespace catalina::emulator {
namespace {

namespace asio = boost::asio;
using nlohmann::json;

constexpr std::size_t max_request = 20 * 1024 * 1024;  // bytes; uploads are the largest
constexpr std::chrono::seconds held_check{60};  // a held answer looks again at least so often

struct Path {
  std::string version;
  std::string object;
  std::string edge;  // "messages", "media" or nothing
};

// /v26.0/109876543210001/messages
Path split(const std::string& path) {
  Path parts;
  std::istringstream in(path.substr(1));
  std::getline(in, parts.version, '/');
  std::getline(in, parts.object, '/');
  std::getline(in, parts.edge);
  return parts;
}

http::Response refusal(const GraphError& error) {
  http::Response response;
  response.status = http_status(error);
  response.content_type = "application/json";
  response.body = answer_body(error, fresh_trace_id());
  return response;
}

http::Response to_response(Answer answer) {
  http::Response response;
  response.status = answer.status;
  response.content_type = "application/json";
  response.body = std::move(answer.body);
  response.drop = answer.then == Answer::Then::drop;
  return response;
}

asio::awaitable<http::Response> send_message(std::shared_ptr<Shell> shell, GraphCall call) {
  Answer answer = shell->act([&](World& w, Time now) { return w.post_message(call, now); });
  while (answer.then == Answer::Then::hold) {
    const std::uint64_t held = answer.held;
    auto released = shell->act_if([&](World& w, Time now) { return w.take_released(held, now); });
    if (released)
      answer = std::move(*released);
    else
      co_await shell->wait_for_change(held_check);
    if (!shell->running()) answer.then = Answer::Then::drop;
  }
  co_return to_response(std::move(answer));
}

std::string field(const std::vector<Part>& parts, std::string_view name) {
  for (const Part& part : parts)
    if (part.name == name) return std::string(part.body);
  return {};
}

http::Response upload(World& world, const http::Request& request, Time now) {
  const auto parts =
      read_multipart(http::find_header(request.headers, "Content-Type"), request.body);
  if (!parts) return refusal({100, "The body is not multipart/form-data"});
  if (field(*parts, "messaging_product") != "whatsapp")
    return refusal({100, "The parameter messaging_product must be \"whatsapp\""});
  for (const Part& part : *parts) {
    if (part.name != "file") continue;
    const std::string given = field(*parts, "type");
    const std::string mime = given.empty() ? part.content_type : given;
    const auto real = sniff_mime(part.body);
    const bool known = may_send("image", mime) || may_send("sticker", mime) ||
                       may_send("audio", mime) || may_send("video", mime) ||
                       may_send("document", mime);
    if (!known || (real && mime.substr(0, 6) != real->substr(0, 6)))
      return refusal({131053, "The file cannot be uploaded as " + mime});
    const Medium& medium = world.account.media.add(mime, part.filename, std::string(part.body),
                                                   now + world.knobs.uploaded_media_life);
    return json_response({{"id", medium.id}});
  }
  return refusal({131008, "The parameter file is required"});
}

http::Response media_info(World& world, const std::string& id, const std::string& origin,
                          Time now) {
  const Medium* medium = world.account.media.find(id, now);
  if (medium == nullptr) return refusal({100, "There is no object with the id " + id});
  const std::string token =
      world.account.media.make_url_token(id, now + world.knobs.media_url_life);
  return json_response({{"messaging_product", "whatsapp"},
                        {"url", origin + "/media/" + token},
                        {"mime_type", medium->mime},
                        {"sha256", medium->sha256},
                        {"file_size", std::to_string(medium->bytes.size())},
                        {"id", id}});
}

http::Response graph(World& world, const http::Request& request, const std::string& origin,
                     Time now) {
  const Path path = split(request.path);
  const GraphCall call{path.version,
                       path.object,
                       std::string(http::find_header(request.headers, "Authorization")),
                       {}};
  if (const auto error = world.check_call(call, now)) return refusal(*error);
  if (request.method == "POST" && path.edge == "media") {
    if (path.object != world.account.identity.phone_number_id)
      return refusal({33, "There is no phone number with the id " + path.object});
    return upload(world, request, now);
  }
  if (path.edge.empty() && request.method == "GET")
    return media_info(world, path.object, origin, now);
  if (path.edge.empty() && request.method == "DELETE") {
    if (!world.account.media.remove(path.object))
      return refusal({100, "There is no object with the id " + path.object});
    return json_response({{"success", true}});
  }
  return refusal({131055, request.method + " is not supported here"});
}

asio::awaitable<http::Response> answer(std::shared_ptr<Shell> shell, http::Request request) {
  const Path path = split(request.path);
  const auto authorization = http::find_header(request.headers, "Authorization");
  if (request.method == "POST" && path.edge == "messages") {
    GraphCall call{path.version, path.object, std::string(authorization), std::move(request.body)};
    // What is not declared as JSON is not read as JSON.
    if (!http::find_header(request.headers, "Content-Type").starts_with("application/json"))
      call.body.clear();
    co_return co_await send_message(shell, std::move(call));
  }
  const std::string origin = "http://" + std::string(http::find_header(request.headers, "Host"));
  co_return shell->act([&](World& w, Time now) { return graph(w, request, origin, now); });
}

// Files are served to who has the token of the account, while the address is young enough.
asio::awaitable<http::Response> download(std::shared_ptr<Shell> shell, http::Request request) {
  const auto authorization = http::find_header(request.headers, "Authorization");
  const std::string token = request.path.substr(std::string_view("/media/").size());
  co_return shell->look([&](const World& world, Time now) {
    const Medium* medium = world.account.media.find_by_token(token, now);
    if (medium == nullptr || authorization != "Bearer " + shell->options.access_token)
      return problem(404, "Not found");
    http::Response response;
    response.content_type = medium->mime;
    response.body = medium->bytes;
    return response;
  });
}

}  // namespace

void mount_graph(http::Router& router, const std::shared_ptr<Shell>& shell) {
  const http::RouteOptions options{max_request};
  for (const char* method : {"GET", "POST", "DELETE"})
    router.add(method, "/*", shell->handler(answer), options);
  router.add("GET", "/media/*", shell->handler(download));
}

}  // namespace catalina::emulator
