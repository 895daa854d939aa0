#include "http/lookup.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace catalina::http {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

struct Lookup::State {
  explicit State(const asio::any_io_executor& executor) : resolver(executor), done(executor) {}

  // The first end counts.
  void end(error_code how) {
    if (error == asio::error::timed_out) error = how;
    done.cancel();
  }

  tcp::resolver resolver;
  asio::steady_timer done;  // cancelled at the end
  std::vector<tcp::endpoint> endpoints;
  error_code error = asio::error::timed_out;  // as long as there is no other end
};

Lookup::Lookup(const asio::any_io_executor& executor) : state_(std::make_shared<State>(executor)) {}

asio::awaitable<std::vector<tcp::endpoint>> Lookup::run(const Url& url,
                                                        std::chrono::milliseconds timeout,
                                                        error_code& error) {
  // An address needs no resolver, whose lookups run on a thread of their own.
  const asio::ip::address address = asio::ip::make_address(url.host, error);
  if (!error) co_return std::vector<tcp::endpoint>{{address, url.port}};

  const std::shared_ptr<State> state = state_;
  state->done.expires_after(timeout);
  const auto take = [state](error_code failure, const tcp::resolver::results_type& found) {
    for (const auto& entry : found) state->endpoints.push_back(entry.endpoint());
    state->end(failure);
  };
  state->resolver.async_resolve(url.host, std::to_string(url.port), take);
  error_code ignored;
  co_await state->done.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  error = state->error;
  co_return state->endpoints;
}

void Lookup::cancel() {
  state_->end(asio::error::operation_aborted);
}

}  // namespace catalina::http
