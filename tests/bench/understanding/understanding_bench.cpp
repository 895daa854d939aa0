// How well Catalina understands, and what it costs.
//
//   understanding_bench score FILE [--ids odd|even]    rates by style, and what is taken for what
//   understanding_bench compare FILE [--ids odd|even]  other methods on the same phrases
//   understanding_bench intents TRAIN TEST             a public set of utterances and intents
//   understanding_bench growth                         1,000 and 10,000 tramites (invented)
//
// FILE is made of labelled messages (README.md beside this file).
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/catalog_source.hpp"
#include "app/trained_model.hpp"
#include "catalog/catalog.hpp"
#include "dialog/knowledge.hpp"
#include "growth.hpp"
#include "learning/phrases.hpp"
#include "rivals.hpp"
#include "score.hpp"

namespace {

using namespace catalina;
using namespace catalina::bench;
using SteadyClock = std::chrono::steady_clock;

double seconds_since(SteadyClock::time_point start) {
  return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

void score(const std::string& file, Ids ids) {
  const catalog::Files files = read_catalog({});
  const auto knowledge = dialog::Knowledge::build(files, "bench", model_for(files, {}));
  const std::vector<LabelledMessage> messages = read_messages(file, ids);
  const dialog::Time now =
      std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  Score score;
  std::vector<double> micros;
  for (int round = 0; round < 2; ++round) {  // the first warms up
    micros.clear();
    for (const LabelledMessage& message : messages) {
      const auto start = SteadyClock::now();
      const dialog::Understanding understanding =
          knowledge->recognizer->understand(message.text, now);
      micros.push_back(seconds_since(start) * 1e6);
      if (round == 0) score.add(message, understanding);
    }
  }
  score.print(stdout);
  if (micros.empty()) return;
  std::sort(micros.begin(), micros.end());
  std::printf("\nmicroseconds a message: p50 %.0f, p99 %.0f, most %.0f\n",
              micros[micros.size() / 2], micros[micros.size() * 99 / 100], micros.back());
}

void print_share(const char* method, double share, double seconds) {
  if (share < 0) {
    std::printf("%-34s not installed\n", method);
  } else {
    std::printf("%-34s %6.2f %%  %6.1f s\n", method, 100 * share, seconds);
  }
  std::fflush(stdout);
}

void try_method(const char* name, const std::function<Guess()>& learn,
                const std::vector<TestMessage>& tests) {
  const auto start = SteadyClock::now();
  const Guess guess = learn();
  int right = 0;
  for (const TestMessage& message : tests)
    right += std::find(message.accept.begin(), message.accept.end(), guess(message.text)) !=
             message.accept.end();
  print_share(name, double(right) / double(tests.size()), seconds_since(start));
}

void compare_all(const std::vector<TrainingPhrase>& phrases,
                 const std::vector<TestMessage>& tests) {
  try_method(
      "BM25", [&] { return bm25(phrases); }, tests);
  try_method(
      "ten nearest phrases", [&] { return nearest_phrases(phrases); }, tests);
  try_method(
      "naive Bayes", [&] { return naive_bayes(phrases); }, tests);
  const auto start = SteadyClock::now();
  const double share = fasttext(phrases, tests);
  print_share("fastText", share, seconds_since(start));
  try_method(
      "linear classifier (Catalina's)", [&] { return linear(phrases); }, tests);
}

// Names and descriptions only: what a search over the published pages would find.
std::vector<TrainingPhrase> published_texts(const catalog::Catalog& catalog) {
  std::vector<TrainingPhrase> texts;
  for (const auto& tramite : catalog.tramites()) {
    std::string text = tramite.name + ' ' + tramite.description;
    for (const std::string& name : tramite.popular_names) text += ' ' + name;
    texts.push_back({text, "tramite:" + tramite.id});
  }
  for (const auto& faq : catalog.faqs())
    texts.push_back({faq.question + ' ' + faq.answer, "faq:" + faq.id});
  return texts;
}

void compare(const std::string& file, Ids ids) {
  const catalog::Files files = read_catalog({});
  std::vector<TrainingPhrase> phrases;
  for (const dialog::LabelledPhrase& phrase : dialog::read_phrases(files))
    phrases.push_back({phrase.text, phrase.targets.front()});
  std::vector<TestMessage> tests;
  for (const LabelledMessage& message : read_messages(file, ids))
    tests.push_back({message.text, message.accept});
  std::printf("%zu phrases, %zu messages; first guess right, time to learn and to guess\n",
              phrases.size(), tests.size());
  const auto catalog = catalog::Catalog::build(files);
  try_method(
      "letters of names and descriptions",
      [&] { return character_search(published_texts(*catalog)); }, tests);
  compare_all(phrases, tests);
}

std::vector<TrainingPhrase> read_utterances(const std::string& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error(file + " cannot be read");
  std::vector<TrainingPhrase> out;
  for (std::string line; std::getline(in, line);) {
    const auto read = nlohmann::json::parse(line);
    out.push_back({read.at("utt"), read.at("intent")});
  }
  return out;
}

void intents(const std::string& train, const std::string& test) {
  const std::vector<TrainingPhrase> phrases = read_utterances(train);
  std::vector<TestMessage> tests;
  for (const TrainingPhrase& utterance : read_utterances(test))
    tests.push_back({utterance.text, {utterance.label}});
  std::printf("%zu utterances to learn from, %zu to test with; intent right\n", phrases.size(),
              tests.size());
  compare_all(phrases, tests);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("How well Catalina understands, and what it costs");
  app.require_subcommand(1);
  std::string file;
  std::string test;
  Ids ids = Ids::all;
  const std::map<std::string, Ids> id_names{
      {"all", Ids::all}, {"odd", Ids::odd}, {"even", Ids::even}};
  const auto add_file = [&](CLI::App* command) {
    command->add_option("FILE", file)->required();
    command->add_option("--ids", ids)->transform(CLI::CheckedTransformer(id_names));
  };
  add_file(app.add_subcommand("score"));
  add_file(app.add_subcommand("compare"));
  CLI::App* public_set = app.add_subcommand("intents");
  public_set->add_option("TRAIN", file)->required();
  public_set->add_option("TEST", test)->required();
  app.add_subcommand("growth");
  CLI11_PARSE(app, argc, argv);
  try {
    if (app.got_subcommand("score")) score(file, ids);
    if (app.got_subcommand("compare")) compare(file, ids);
    if (app.got_subcommand("intents")) intents(file, test);
    if (app.got_subcommand("growth")) measure_growth();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
