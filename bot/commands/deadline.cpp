#include <algorithm>
#include <cctype>
#include <cstdio>
#include <stdexcept>

#include "app/published_catalog.hpp"
#include "commands/commands.hpp"
#include "core/clock.hpp"
#include "notify/legal_clock.hpp"

namespace catalina::commands {
namespace {

constexpr int wrong_usage = 2;

// Something on the command line cannot be meant. One line first, in Spanish.
struct WrongUsage : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::string in_quotes(std::string_view text) {
  return "«" + std::string(text) + "»";
}

void require_known_year(notify::Date date, const std::string& written) {
  if (date.year() >= notify::first_year && date.year() <= notify::last_year) return;
  throw WrongUsage(
      in_quotes(written) +
      " no se puede contar: los festivos de la Ley 51 de 1983 rigen desde 1984, y aquí "
      "se cuentan hasta 2100");
}

Time received_at(const std::string& written) {
  try {
    const Time time = parse_local(written);
    require_known_year(notify::bogota_date(time), written);
    return time;
  } catch (const std::invalid_argument&) {
    throw WrongUsage(in_quotes(written) + " no es una fecha y hora como 2026-03-20T10:00");
  }
}

// "2026-03-24/2026-03-25"
catalog::Suspension suspension_of(const std::string& written) {
  const std::size_t slash = std::min(written.find('/'), written.size());
  const auto from = catalog::parse_date(std::string_view(written).substr(0, slash));
  const auto to =
      catalog::parse_date(std::string_view(written).substr(std::min(slash + 1, written.size())));
  if (!from || !to)
    throw WrongUsage(in_quotes(written) + " no son dos días como 2026-03-24/2026-03-25");
  require_known_year(*from, written);
  require_known_year(*to, written);
  if (*to < *from) throw WrongUsage(in_quotes(written) + " termina antes de empezar");
  return {*from, *to, "", *from};
}

std::string in_words(const catalog::Term& term) {
  std::string count = std::to_string(term.count);
  switch (term.unit) {
    case catalog::TermUnit::inmediato:
      return "de inmediato";
    case catalog::TermUnit::dias_habiles:
      return count + " días hábiles";
    case catalog::TermUnit::dias_calendario:
      return count + " días calendario";
    case catalog::TermUnit::meses:
      return count + (term.count == 1 ? " mes" : " meses");
  }
  return count;
}

const catalog::Term& term_of(const catalog::LegalTerms& law, const std::string& written) {
  std::string code = written;
  std::transform(code.begin(), code.end(), code.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  if (const catalog::Term* term = law.find(code)) return *term;
  std::string text = in_quotes(written) + " no es un término; los que hay son:";
  for (const catalog::Term& term : law.terms)
    text += "\n  " + term.code + "  " + term.what + ": " + in_words(term);
  throw WrongUsage(text);
}

}  // namespace

int deadline(const Settings& settings, const DeadlineOptions& options) {
  try {
    const Time received = received_at(options.received);
    std::vector<catalog::Suspension> suspensions;
    for (const std::string& range : options.suspended) suspensions.push_back(suspension_of(range));

    const auto catalog = catalog_in_force(settings.config_dir, settings.data_dir);
    catalog::LegalTerms law = catalog->legal_terms();
    const catalog::Term term = term_of(law, options.term);
    law.suspensions.insert(law.suspensions.end(), suspensions.begin(), suspensions.end());
    const notify::LegalClock clock(law, term, received);
    std::printf("%s\n", catalog::format_date(clock.due().value()).c_str());
    return 0;
  } catch (const WrongUsage& wrong) {
    std::fprintf(stderr, "catalina: %s\n", wrong.what());
    return wrong_usage;
  }
}

}  // namespace catalina::commands
