#include <algorithm>

#include "flows/flows.hpp"
#include "flows/labels.hpp"

namespace catalina::dialog {
namespace {

// A list has ten rows; two are kept for "more" and the way out.
constexpr std::size_t rows_per_page = limits::list_rows - 2;

// The rows of one page, and whether there is another.
struct Page {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool last = true;
};

Page page_of(std::size_t total, int number) {
  const std::size_t begin = rows_per_page * static_cast<std::size_t>(number - 1);
  if (begin >= total) return {total, total, true};
  // One row alone on a last page takes the place of the row that leads there.
  const std::size_t left = total - begin;
  const std::size_t shown = left == rows_per_page + 1 ? left : std::min(left, rows_per_page);
  return {begin, begin + shown, begin + shown == total};
}

}  // namespace

void show_menu_saying(Scene& scene, const std::string& body, int page) {
  const Words& words = scene.words();
  const std::vector<std::string>& categories = scene.catalog().categories();
  const Page shown = page_of(categories.size(), page);
  if (shown.begin == shown.end && page > 1) return say_choice_gone(scene);

  List list{words.say(Text::menu_button), {}};
  Section topics{words.say(Text::menu_section), {}};
  for (std::size_t i = shown.begin; i < shown.end; ++i) {
    const std::string& category = categories[i];
    const auto total = std::count_if(
        scene.catalog().tramites().begin(), scene.catalog().tramites().end(),
        [&](const catalog::HojaDeVida& tramite) { return tramite.category == category; });
    topics.rows.push_back({to_id({.kind = Choice::Kind::category, .id = slug(category)}),
                           words.category_title(category),
                           words.say(Text::category_row, {{"total", std::to_string(total)}})});
  }
  Section others{words.say(Text::more_section), {}};
  if (!shown.last) {
    others.rows.push_back(
        {to_id({.kind = Choice::Kind::menu, .page = page + 1}), words.say(Text::more_row), ""});
  }
  others.rows.push_back(person_row(words));
  list.sections = {std::move(topics), std::move(others)};
  scene.conversation().numbered = true;
  scene.reply({"", body, "", std::move(list)});
}

void show_menu(Scene& scene, int page) {
  scene.conversation().topic.clear();
  show_menu_saying(scene, scene.say(Text::menu_body), page);
}

void show_category(Scene& scene, const std::string& category_slug, int page) {
  const Words& words = scene.words();
  const std::vector<std::string>& categories = scene.catalog().categories();
  const auto category =
      std::find_if(categories.begin(), categories.end(),
                   [&](const std::string& name) { return slug(name) == category_slug; });
  if (category == categories.end()) return say_choice_gone(scene);

  // Most demanded first, like the categories themselves.
  std::vector<const catalog::HojaDeVida*> tramites;
  for (const catalog::HojaDeVida& tramite : scene.catalog().tramites()) {
    if (tramite.category == *category) tramites.push_back(&tramite);
  }
  std::stable_sort(tramites.begin(), tramites.end(),
                   [](const catalog::HojaDeVida* a, const catalog::HojaDeVida* b) {
                     return a->priority_score > b->priority_score;
                   });
  const Page shown = page_of(tramites.size(), page);
  if (shown.begin == shown.end) return say_choice_gone(scene);

  Section section{"", {}};
  for (std::size_t i = shown.begin; i < shown.end; ++i) {
    section.rows.push_back({to_id({.kind = Choice::Kind::tramite, .id = tramites[i]->id}),
                            row_title(*tramites[i]), row_description(tramites[i]->name)});
  }
  if (!shown.last) {
    section.rows.push_back(
        {to_id({.kind = Choice::Kind::category, .id = category_slug, .page = page + 1}),
         words.say(Text::more_row), ""});
  }
  section.rows.push_back(menu_row(words));
  scene.conversation().topic.clear();
  scene.conversation().numbered = true;
  scene.reply({"",
               words.say(Text::category_body,
                         {{"categoria", *category}, {"total", std::to_string(tramites.size())}}),
               "", List{words.say(Text::category_button), {std::move(section)}}});
}

}  // namespace catalina::dialog
