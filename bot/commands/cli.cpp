#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>

#include "commands/commands.hpp"
#include "core/log.hpp"

namespace catalina::commands {
namespace {

constexpr int done = 0;
constexpr int failed = 1;
constexpr int wrong_usage = 2;

// What the command line sets counts as environment, only stronger: one way in, one check for all.
class Overrides {
 public:
  void set(const std::string& variable, const std::string& value) { values_[variable] = value; }
  Environment over(Environment environment) const {
    return [values = values_, environment = std::move(environment)](const std::string& name) {
      const auto found = values.find(name);
      return found == values.end() ? environment(name) : std::optional(found->second);
    };
  }

 private:
  std::map<std::string, std::string> values_;
};

// An option that stands for a setting.
CLI::Option* add_setting(CLI::App& command, Overrides& overrides, const std::string& option,
                         const std::string& variable, const std::string& help) {
  return command.add_option_function<std::string>(
      option, [&overrides, variable](const std::string& value) { overrides.set(variable, value); },
      help + " (" + variable + ")");
}

void configure_log(const Settings& settings) {
  const std::map<std::string, log::Level> levels{{"debug", log::Level::debug},
                                                 {"info", log::Level::info},
                                                 {"warn", log::Level::warn},
                                                 {"error", log::Level::error}};
  log::configure(levels.at(settings.log_level),
                 settings.log_format == "json" ? log::Format::json : log::Format::text);
}

}  // namespace

int run(int argc, char** argv) {
  CLI::App app("Catalina, the WhatsApp assistant of Cartagena de Indias", "catalina");
  app.set_help_all_flag("--help-all", "The options of every command");
  app.require_subcommand(1);
  app.fallthrough();

  Overrides overrides;
  add_setting(app, overrides, "--data", "CATALINA_DATA_DIR",
              "Folder of the database and the media");
  add_setting(app, overrides, "--config", "CATALINA_CONFIG_DIR",
              "Folder with catalina.json and the catalog; without it, what is built in");

  std::function<int(const Settings&)> chosen;
  const auto command = [&](CLI::App& parent, const std::string& name, const std::string& what,
                           std::function<int(const Settings&)> action) {
    CLI::App* sub = parent.add_subcommand(name, what);
    sub->callback([&chosen, action = std::move(action)] { chosen = action; });
    return sub;
  };
  const auto http_options = [&](CLI::App& sub) {
    add_setting(sub, overrides, "--port", "CATALINA_HTTP_PORT", "Port to listen on")
        ->check(CLI::Range(0, 65535));
    add_setting(sub, overrides, "--address", "CATALINA_HTTP_ADDRESS", "Address to listen on");
  };

  http_options(*command(app, "serve", "Production: webhook, sender, health", serve));
  http_options(*command(
      app, "demo",
      "Catalina with an emulator of the Cloud API and a phone page, on this machine only", demo));

  EmulatorOptions emulator_options{"127.0.0.1", 8090, "http://127.0.0.1:8080/webhook"};
  CLI::App* emulator_command =
      command(app, "emulator", "The strict Cloud API emulator alone, for other people's bots",
              [&](const Settings& s) { return emulator(s, emulator_options); });
  emulator_command->add_option("--address", emulator_options.address, "Address to listen on")
      ->capture_default_str();
  emulator_command->add_option("--port", emulator_options.port, "Port to listen on")
      ->capture_default_str();
  emulator_command->add_option("--webhook", emulator_options.webhook_url, "Where the bot listens")
      ->capture_default_str();

  std::string phone = "573005550100";
  command(app, "chat", "Talk to Catalina in the terminal, same engine, same store",
          [&](const Settings& s) { return chat(s, phone); })
      ->add_option("--as", phone, "The citizen's phone, digits with country code")
      ->capture_default_str()
      ->check([](const std::string& value) {
        const bool good = value.size() >= 8 && value.size() <= 15 &&
                          std::all_of(value.begin(), value.end(),
                                      [](unsigned char c) { return std::isdigit(c); });
        return good ? std::string() : "a phone is 8 to 15 digits";
      });

  bool timing = false;
  command(app, "classify",
          "One message a line on standard input, one JSON object a line on standard output",
          [&](const Settings& s) { return classify(s, timing); })
      ->add_flag("--timing", timing,
                 "Print p50, p99 and max microseconds per message to standard error");

  std::string message;
  std::string turn;
  std::string citizen;
  bool as_json = false;
  CLI::App* explain =
      command(app, "explain", "Why she answers as she does, now or in a turn of the past",
              [&](const Settings& s) {
                if (!turn.empty()) return explain_turn(s, turn, as_json);
                if (!citizen.empty()) return explain_citizen(s, citizen, as_json);
                return explain_text(s, message, as_json);
              });
  explain->add_flag("--json", as_json, "For programs");
  CLI::Option_group* what = explain->add_option_group("what");
  what->add_option("text", message, "A message, as a citizen would write it");
  what->add_option("--turn", turn, "Number of a turn, or the wamid of its message or answer");
  what->add_option("--citizen", citizen,
                   "Phone of a citizen: their last turns, with their numbers");
  what->require_option(1);

  DeadlineOptions deadline_options;
  CLI::App* deadline_command =
      command(app, "deadline", "The date by which the law wants an answer to a request",
              [&](const Settings& s) { return deadline(s, deadline_options); });
  deadline_command
      ->add_option("--term", deadline_options.term, "Code of the term: PET, INF, DOC, CON, …")
      ->required();
  deadline_command
      ->add_option("--received", deadline_options.received,
                   "When it arrived in Cartagena, 2026-03-20T10:00")
      ->required();
  deadline_command
      ->add_option("--suspended", deadline_options.suspended,
                   "Days without terms, first/last: 2026-03-24/2026-03-25; may be repeated")
      ->allow_extra_args(false);

  CLI::App* pin = app.add_subcommand("pin", "One message for everybody, for a time");
  pin->require_subcommand(1);
  PinOptions pinned;
  CLI::App* set = command(*pin, "set", "Pins a message; a running Catalina says it at once",
                          [&](const Settings& s) { return pin_set(s, pinned); });
  set->add_option("--text", pinned.text, "What citizens read, in Spanish")->required();
  set->add_option("--until", pinned.until, "Last moment in Cartagena, \"2026-11-21 18:00\"")
      ->required();
  set->add_option("--from", pinned.from, "First moment; now, if it is left out");
  set->add_option("--link", pinned.link, "Where to read more, https://…");
  set->add_option("--phone", pinned.phone, "Whom to call");
  set->add_option("--by", pinned.by, "Who pins it; the system's user, if it is left out");
  command(*pin, "show", "What is pinned, what is planned, and who did what", pin_show);
  command(*pin, "clear", "Takes down what is pinned and what is planned", [&](const Settings& s) {
    return pin_clear(s, pinned.by);
  })->add_option("--by", pinned.by, "Who does it; the system's user, if it is left out");

  CLI::App* catalog = app.add_subcommand("catalog", "Hojas de vida between files and the store");
  catalog->require_subcommand(1);
  std::string path;
  std::string note;
  std::string format = "bundle";
  command(*catalog, "validate", "Checks every file and names file, line and field of what is wrong",
          [&](const Settings& s) { return catalog_validate(s, path); })
      ->add_option("source", path, "Folder or bundle; without it, the configuration folder");
  CLI::App* import =
      command(*catalog, "import", "Publishes a catalog, all or nothing, and prints what changed",
              [&](const Settings& s) { return catalog_import(s, path, note); });
  import->add_option("source", path, "Folder or bundle")->required();
  import->add_option("--note", note, "Why, kept with the version");
  CLI::App* export_command =
      command(*catalog, "export", "Writes the published catalog to a file or folder",
              [&](const Settings& s) { return catalog_export(s, path, format); });
  export_command->add_option("target", path, "File, or folder for the format \"folder\"")
      ->required();
  export_command->add_option("--format", format, "bundle, csv or folder")
      ->capture_default_str()
      ->check(CLI::IsMember({"bundle", "csv", "folder"}));
  command(*catalog, "diff", "What an import would change", [&](const Settings& s) {
    return catalog_diff(s, path);
  })->add_option("source", path, "Folder or bundle; without it, the configuration folder");

  CLI::App* help = app.add_subcommand("help", "This text");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? done : wrong_usage;
  }
  if (help->parsed()) {
    // Not app.help(), which would describe the subcommand "help".
    std::fputs(
        app.get_formatter()->make_help(&app, app.get_name(), CLI::AppFormatMode::Normal).c_str(),
        stdout);
    return done;
  }
  try {
    const Settings settings = load_settings(overrides.over(process_environment()));
    configure_log(settings);
    return chosen(settings);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "catalina: %s\n", error.what());
    return failed;
  }
}

}  // namespace catalina::commands
