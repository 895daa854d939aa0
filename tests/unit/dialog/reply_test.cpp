#include "dialog/reply.hpp"

#include <random>
#include <set>

#include "catalog/text.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::dialog;

namespace {

std::size_t length(const std::string& s) {
  return text::utf16_length(s);
}

bool is_line(const std::string& s, std::size_t longest) {
  return text::is_valid_utf8(s) && length(s) <= longest && s.find('\n') == std::string::npos;
}

// Everything the channel would answer with an error.
void check_accepted(const Reply& reply) {
  std::size_t longest_body = limits::text_body;
  bool plain = true;
  if (const auto* buttons = std::get_if<Buttons>(&reply.action)) {
    plain = false;
    longest_body = limits::buttons_body;
    CHECK(!buttons->buttons.empty());
    CHECK(buttons->buttons.size() <= limits::buttons);
    std::set<std::string> ids;
    std::set<std::string> titles;
    for (const Button& button : buttons->buttons) {
      CHECK(is_line(button.title, limits::button_title));
      CHECK(!button.title.empty());
      CHECK((!button.id.empty() && length(button.id) <= limits::button_id));
      CHECK(ids.insert(button.id).second);
      CHECK(titles.insert(button.title).second);
    }
  } else if (const auto* list = std::get_if<List>(&reply.action)) {
    plain = false;
    CHECK((!list->button.empty() && is_line(list->button, limits::list_button)));
    std::size_t rows = 0;
    std::set<std::string> ids;
    CHECK(!list->sections.empty());
    for (const Section& section : list->sections) {
      CHECK(is_line(section.title, limits::section_title));
      CHECK((list->sections.size() == 1 || !section.title.empty()));
      CHECK(!section.rows.empty());
      for (const Row& row : section.rows) {
        ++rows;
        CHECK((!row.title.empty() && is_line(row.title, limits::row_title)));
        CHECK(is_line(row.description, limits::row_description));
        CHECK((!row.id.empty() && length(row.id) <= limits::row_id));
        CHECK(ids.insert(row.id).second);
      }
    }
    CHECK(rows <= limits::list_rows);
  }
  CHECK(text::is_valid_utf8(reply.body));
  CHECK(!reply.body.empty());
  CHECK(length(reply.body) <= longest_body);
  CHECK(is_line(reply.header, limits::header));
  CHECK(is_line(reply.footer, limits::footer));
  if (plain) CHECK((reply.header.empty() && reply.footer.empty()));
}

// Replies made of what breaks programs, the same ones on every run.
class Hostile {
 public:
  explicit Hostile(unsigned seed) : random_(seed) {}

  Reply reply() {
    Reply made{string(), string(), string(), {}};
    switch (below(4)) {
      case 0:
        break;
      case 1: {
        Buttons buttons;
        for (std::size_t i = below(6); i > 0; --i) buttons.buttons.push_back({string(), string()});
        made.action = buttons;
        break;
      }
      default: {
        List list{string(), {}};
        for (std::size_t i = below(5); i > 0; --i) {
          Section section{string(), {}};
          for (std::size_t j = below(8); j > 0; --j) {
            section.rows.push_back({string(), string(), string()});
          }
          list.sections.push_back(section);
        }
        made.action = list;
      }
    }
    return made;
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }

  std::string string() {
    static const std::vector<std::string> pieces = {"a",
                                                    "ñ",
                                                    " ",
                                                    "\n",
                                                    "\t",
                                                    std::string(1, '\0'),
                                                    "\xff",
                                                    "\xed\xa0\x80",
                                                    "👩‍👩‍👧‍👦",
                                                    "🇨🇴",
                                                    "é",
                                                    "*b*",
                                                    "predial pagar",
                                                    "\xe2\x80\xae",
                                                    "{x}",
                                                    "\xf0\x9f"};
    std::string out;
    // Mostly short, sometimes beyond every limit.
    const std::size_t count = below(20) == 0 ? below(3000) : below(30);
    for (std::size_t i = 0; i < count; ++i) out += pieces[below(pieces.size())];
    return out;
  }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("whatever went through fit is accepted by the channel") {
  for (unsigned seed = 0; seed < 1500; ++seed) {
    CAPTURE(seed);
    check_accepted(fit(Hostile(seed).reply()));
  }
}

TEST_CASE("fit changes nothing the second time") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const Reply once = fit(Hostile(seed).reply());
    CHECK(fit(once) == once);
  }
}

TEST_CASE("a reply that fits stays as it is") {
  const Reply reply{"Predial", "¿Qué necesitas?", "Alcaldía",
                    Buttons{{{"menu", "Ver menú"}, {"persona", "Hablar con alguien"}}}};
  CHECK(fit(reply) == reply);
}

TEST_CASE("a header and footer that a plain text cannot carry become lines of it") {
  CHECK(fit({"Arriba", "En medio", "Abajo", {}}).body == "Arriba\nEn medio\nAbajo");
}

TEST_CASE("a list without rows becomes a text") {
  const Reply fitted = fit({"", "Nada que escoger", "", List{"Ver", {{"Vacía", {}}}}});
  CHECK(std::holds_alternative<std::monostate>(fitted.action));
  CHECK(fitted.body == "Nada que escoger");
}

TEST_CASE("a row whose id is too long is dropped, since a cut id would mean something else") {
  const std::string id(limits::row_id + 1, 'x');
  const Reply fitted =
      fit({"", "Escoge", "", List{"Ver", {{"", {{id, "Una", ""}, {"b", "Otra", ""}}}}}});
  const auto& rows = std::get<List>(fitted.action).sections.at(0).rows;
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].id == "b");
}

TEST_CASE("surplus rows are dropped from the end") {
  Section section{"", {}};
  for (int i = 0; i < 15; ++i) section.rows.push_back({std::to_string(i), std::to_string(i), ""});
  const Reply fitted = fit({"", "Escoge", "", List{"Ver", {section}}});
  const auto& rows = std::get<List>(fitted.action).sections.at(0).rows;
  REQUIRE(rows.size() == limits::list_rows);
  CHECK(rows.back().id == "9");
}
