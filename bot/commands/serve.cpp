#include <boost/asio/io_context.hpp>
#include <cstdio>

#include "app/app.hpp"
#include "commands/commands.hpp"
#include "core/log.hpp"

namespace catalina::commands {

int serve(const Settings& settings) {
  const std::vector<std::string> problems = problems_for_serve(settings);
  for (const std::string& problem : problems)
    std::fprintf(stderr, "catalina: %s\n", problem.c_str());
  if (!problems.empty()) return 1;

  boost::asio::io_context io(1);
  Clock clock = make_clock(settings);
  App app(io, settings, clock);
  app.start();
  log::info("Catalina is listening", {{"address", settings.http.address}, {"port", app.port()}});
  run_until_signal(io, [&] { return app.stop(); });
  return 0;
}

}  // namespace catalina::commands
