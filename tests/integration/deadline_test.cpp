// `catalina deadline`, through the real binary.
#include <fstream>

#include "support/catalina.hpp"
#include "support/catch.hpp"

using namespace catalina;
using Catch::Contains;
using Catch::EndsWith;
using Catch::StartsWith;

namespace {

struct Desk {
  test::TempDir dir;

  test::Ended run(const std::vector<std::string>& arguments) const {
    return test::run(
        arguments, {{"CATALINA_DATA_DIR", (dir / "data").string()}, {"CATALINA_LOG_LEVEL", "warn"}},
        dir);
  }
  test::Ended deadline(const std::string& term, const std::string& received,
                       const std::vector<std::string>& suspended = {}) const {
    std::vector<std::string> arguments{"deadline", "--term", term, "--received", received};
    for (const std::string& range : suspended) {
      arguments.emplace_back("--suspended");
      arguments.push_back(range);
    }
    return run(arguments);
  }
};

void check_refused(const test::Ended& ended, const std::string& what) {
  CAPTURE(ended.errors);
  CHECK(ended.status == 2);
  CHECK(ended.output.empty());
  CHECK_THAT(ended.errors, StartsWith("catalina: «") && Contains(what) && EndsWith("\n"));
}

}  // namespace

TEST_CASE("deadline prints the due date and nothing else") {
  const Desk desk;
  const test::Ended ended = desk.deadline("PET", "2026-03-20T10:00");
  CHECK(ended.status == 0);
  CHECK(ended.output == "2026-04-15\n");
  CHECK(ended.errors.empty());
  CHECK(desk.deadline("INF", "2026-12-18 18:00").output == "2027-01-05\n");
  CHECK(desk.deadline("con", "2026-10-30T08:00").output == "2026-12-16\n");
  // A minute after the day has closed, by the clocks of Cartagena.
  CHECK(desk.deadline("CGR", "2026-03-20T18:01").output == "2026-03-31\n");
  CHECK(desk.deadline("CGR", "1984-01-02T10:00").output == "1984-01-10\n");
  CHECK(desk.deadline("CGR", "2100-12-31T10:00").output == "2101-01-07\n");
  CHECK_FALSE(std::filesystem::exists(desk.dir / "data"));  // it only looks
}

TEST_CASE("deadline leaves out the days of every suspension") {
  const Desk desk;
  CHECK(desk.deadline("INF", "2026-10-30T10:00", {"2026-11-11/2026-11-11"}).output ==
        "2026-11-18\n");
  CHECK(desk.deadline("INF", "2026-10-30T10:00", {"2026-11-11/2026-11-11", "2026-11-03/2026-11-04"})
            .output == "2026-11-20\n");
}

TEST_CASE("deadline names the terms to whom asks for another") {
  const test::Ended ended = Desk().deadline("XYZ", "2026-03-20T10:00");
  check_refused(ended, "«XYZ» no es un término; los que hay son:\n");
  for (const char* line :
       {"\n  PET  Petición general o particular, queja, reclamo o sugerencia: 15 días hábiles\n",
        "\n  INF  ", "\n  DOC  ", "\n  CON  ", "\n  AUT  ", "\n  CGR  ", "\n  DEF  ", "\n  TRA  ",
        "\n  COM  ", "\n  HDC  ", "\n  HDR  ", "\n  REC  ", "\n  DEN  "})
    CHECK_THAT(ended.errors, Contains(line));
}

TEST_CASE("deadline refuses days that no calendar has, or this one does not know") {
  const Desk desk;
  for (const char* wrong : {"", "ayer", "2026-02-30T10:00", "2026-03-20", "2026-03-20T25:00",
                            "2026-03-20T10:00Z", "20-03-2026T10:00", "2026-3-20T10:000"}) {
    CAPTURE(wrong);
    check_refused(desk.deadline("PET", wrong), "no es una fecha y hora como 2026-03-20T10:00\n");
  }
  for (const char* out : {"1820-03-20T10:00", "1983-12-31T23:59", "2101-01-01T00:00"})
    check_refused(desk.deadline("PET", out), "rigen desde 1984");
}

TEST_CASE("deadline refuses suspensions that are none") {
  const Desk desk;
  const auto suspended = [&](const std::string& range) {
    return desk.deadline("PET", "2026-03-20T10:00", {range});
  };
  check_refused(suspended("2026-03-25/2026-03-24"), "termina antes de empezar\n");
  check_refused(suspended("1820-01-01/2026-03-24"), "rigen desde 1984");
  check_refused(suspended("2026-03-24/2101-01-01"), "rigen desde 1984");
  for (const char* wrong : {"", "/", "2026-03-24", "2026-03-24/", "/2026-03-24",
                            "2026-03-24/2026-02-30", "2026-03-24/2026-03-25/2026-03-26"}) {
    CAPTURE(wrong);
    check_refused(suspended(wrong), "no son dos días como 2026-03-24/2026-03-25\n");
  }
}

TEST_CASE("deadline cannot be asked without a term and a time") {
  const Desk desk;
  CHECK(desk.run({"deadline"}).status == 2);
  CHECK(desk.run({"deadline", "--term", "PET"}).status == 2);
  CHECK(desk.run({"deadline", "--received", "2026-03-20T10:00"}).status == 2);
  CHECK(desk.run({"deadline", "--help"}).status == 0);
}

TEST_CASE("deadline counts with the acts that are published") {
  const Desk desk;
  std::filesystem::copy(std::string(CATALINA_SOURCE_DIR) + "/config", desk.dir / "edited",
                        std::filesystem::copy_options::recursive);
  std::string terms = test::read_file(desk.dir / "edited/plazos.json");
  const std::string none = "\"suspensiones\": []";
  const auto at = terms.find(none);
  REQUIRE(at != std::string::npos);
  std::ofstream(desk.dir / "edited/plazos.json")
      << terms.replace(at, none.size(),
                       R"("suspensiones": [{"desde": "2026-11-11", "hasta": "2026-11-13",)"
                       R"( "acto": "Decreto 0123 de 2026", "fecha_acto": "2026-10-30"}])");
  const std::string edited = (desk.dir / "edited").string();
  CHECK(
      desk.run({"--config", edited, "deadline", "--term", "INF", "--received", "2026-10-30T10:00"})
          .output == "2026-11-20\n");
  CHECK(desk.deadline("INF", "2026-10-30T10:00").output == "2026-11-17\n");
  REQUIRE(desk.run({"catalog", "import", edited}).status == 0);
  CHECK(desk.deadline("INF", "2026-10-30T10:00").output == "2026-11-20\n");
}

TEST_CASE("deadline says which file it cannot read") {
  const Desk desk;
  std::filesystem::copy(std::string(CATALINA_SOURCE_DIR) + "/config", desk.dir / "edited",
                        std::filesystem::copy_options::recursive);
  std::ofstream(desk.dir / "edited/plazos.json") << "{";
  const test::Ended ended = desk.run({"--config", (desk.dir / "edited").string(), "deadline",
                                      "--term", "PET", "--received", "2026-03-20T10:00"});
  CHECK(ended.status == 1);
  CHECK(ended.output.empty());
  CHECK_THAT(ended.errors, Contains("plazos.json: "));
}
