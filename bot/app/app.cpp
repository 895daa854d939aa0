#include "app/app.hpp"

#include <bit>
#include <system_error>

#include "app/control.hpp"
#include "app/control_socket.hpp"
#include "app/data_dir.hpp"
#include "app/health.hpp"
#include "app/published_catalog.hpp"
#include "core/log.hpp"
#include "engine/engine.hpp"
#include "http/client.hpp"
#include "store/outbox.hpp"
#include "store/reader.hpp"
#include "store/transaction.hpp"
#include "store/writer.hpp"
#include "whatsapp/media.hpp"
#include "whatsapp/sender.hpp"
#include "whatsapp/webhook.hpp"

namespace catalina {

namespace asio = boost::asio;

namespace {

constexpr auto grace = std::chrono::seconds(10);

store::WriterOptions writer_options(const Settings& settings) {
  store::WriterOptions options;
  options.file = store::database_file(settings.data_dir);
  options.queue_limit = settings.engine_queue;
  return options;
}

http::ServerOptions server_options(const HttpSettings& settings) {
  http::ServerOptions options;
  options.address = settings.address;
  options.port = settings.port;
  options.tls_certificate = settings.tls_certificate;
  options.tls_key = settings.tls_key;
  options.max_connections = settings.max_connections;
  return options;
}

Millis hold(const Settings& settings) {
  return Millis(static_cast<Millis::rep>(settings.engine_hold_seconds * 1000));
}

http::ClientOptions graph_options(const WhatsappSettings& settings) {
  http::ClientOptions options;
  options.max_connections = settings.connections;
  return options;
}

}  // namespace

struct App::State {
  State(asio::io_context& io, const Settings& settings_, Clock& clock_,
        const std::function<void(http::Router&)>& more_routes)
      : settings(settings_),
        clock(clock_),
        started_at(clock_.now()),
        writer((prepare_data_dir(settings.data_dir), writer_options(settings)), clock),
        knowledge(load_or_publish(writer, settings.config_dir, settings.data_dir, clock.now())),
        graph(io.get_executor(), settings.whatsapp.graph_url, graph_options(settings.whatsapp)),
        sender(io.get_executor(), graph, writer, clock, settings.whatsapp),
        media(io.get_executor(), settings.whatsapp, settings.data_dir, writer, clock),
        engine(
            io.get_executor(), writer, knowledge, clock,
            [this](engine::Committed done) { after_commit(std::move(done)); }, {}, hold(settings)),
        server(io, routes(more_routes), server_options(settings.http)) {
    if (!settings.metrics.port) return;
    http::Router router;
    add_metrics(router);
    http::ServerOptions options;
    options.address = settings.metrics.address;
    options.port = *settings.metrics.port;
    metrics = std::make_unique<http::Server>(io, std::move(router), options);
  }

  // What a commit left to do, on the io thread.
  void after_commit(engine::Committed done) {
    sender.resolved(done.receipts);
    sender.enqueue(std::move(done.outgoing));
    if (done.media) media.look();
    for (int i = 0; i < done.stale; ++i) count_stale();
  }

  // One is a delivery that Meta repeated for long. Many are a clock that is wrong, here or there,
  // and citizens without an answer: the log gets the 1st, 2nd, 4th, 8th …
  void count_stale() {
    if (std::has_single_bit(++stale))
      log::warn("a message came too late to be answered; is the system's clock right?",
                {{"times", stale}});
  }

  asio::awaitable<void> receive(whatsapp::Envelope envelope) {
    sender.count_inbound(static_cast<int>(envelope.messages.size()));
    try {
      co_await engine.receive(std::move(envelope));
    } catch (const engine::Unavailable& reason) {
      throw whatsapp::StoreUnavailable(reason.what());
    }
  }

  http::Router routes(const std::function<void(http::Router&)>& more_routes) {
    http::Router router;
    whatsapp::mount_webhook(router, settings.whatsapp, [this](whatsapp::Envelope envelope) {
      return receive(std::move(envelope));
    });
    router.add("GET", "/health", [this](http::Request) -> asio::awaitable<http::Response> {
      co_return health_response(vitals());
    });
    if (more_routes) more_routes(router);
    return router;
  }

  void add_metrics(http::Router& router) {
    router.add("GET", "/metrics", [this](http::Request) -> asio::awaitable<http::Response> {
      co_return metrics_response(vitals());
    });
  }

  Vitals vitals() const {
    Vitals v;
    v.writer = writer.stats();
    v.sender = sender.stats();
    v.sender.waiting += engine.held();  // their answers are still to go
    v.media = media.stats();
    v.catalog_version = knowledge.get()->version;
    v.stale = stale;
    v.draining = draining;
    v.now = clock.now();
    v.started_at = started_at;
    return v;
  }

  // Without the door commands cannot reach her, which keeps nobody from being answered.
  void open_door() {
    try {
      door = std::make_unique<ControlSocket>(settings.data_dir, [this](const std::string& request) {
        return control.answer(request);
      });
    } catch (const std::system_error& error) {
      log::warn("commands will not reach this process", {{"reason", error.what()}});
    }
  }

  // Messages that an earlier process left behind.
  void take_up_unfinished() {
    store::Reader reader(store::database_file(settings.data_dir));
    auto left = reader.read([](store::ReadTx& tx) { return store::Outbox::unfinished(tx); });
    if (!left.empty()) log::info("taking up messages of the last run", {{"messages", left.size()}});
    sender.enqueue(std::move(left));
  }

  const Settings settings;
  Clock& clock;
  const Time started_at;
  std::uint64_t stale = 0;
  bool draining = false;
  store::Writer writer;
  engine::CurrentKnowledge knowledge;
  http::Client graph;
  whatsapp::Sender sender;
  whatsapp::MediaFetcher media;
  engine::Engine engine;
  http::Server server;
  std::unique_ptr<http::Server> metrics;  // only when a port is set
  Control control{writer, &knowledge, clock, settings.data_dir};
  std::unique_ptr<ControlSocket> door;  // while it runs
};

App::App(asio::io_context& io, const Settings& settings, Clock& clock,
         const std::function<void(http::Router&)>& more_routes)
    : state_(std::make_unique<State>(io, settings, clock, more_routes)) {}

App::~App() = default;

std::uint16_t App::port() const {
  return state_->server.port();
}

void App::start() {
  state_->take_up_unfinished();
  state_->engine.start();
  state_->media.look();
  state_->open_door();
  state_->server.start();
  if (state_->metrics) state_->metrics->start();
}

asio::awaitable<void> App::stop() {
  state_->draining = true;
  co_await state_->server.stop(grace);
  state_->engine.stop();
  co_await state_->sender.stop(grace);
  co_await state_->media.stop(grace);
  if (state_->metrics) co_await state_->metrics->stop(grace);
  state_->door.reset();
  state_->graph.close();
  state_->writer.close();
}

}  // namespace catalina
