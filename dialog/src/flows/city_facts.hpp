// Facts of the offices, the frequent questions and the territory in Catalina's words, each told
// with how sure it is: what the city has not confirmed is introduced as unconfirmed, what nobody
// published is told as unknown, what was true until a date is told as history after it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.hpp"
#include "dialog/words.hpp"

namespace catalina::dialog {

// The dependencia that attends in the points of `Catalog::sisben_points`.
inline constexpr std::string_view sisben_office = "sisben";

class CityFacts {
 public:
  // `words` and `catalog` must outlive this object. `today` is an ISO date.
  CityFacts(const Words& words, const catalog::Catalog& catalog, std::string today)
      : words_(words), catalog_(catalog), today_(std::move(today)) {}

  std::string faq(const catalog::Faq& faq) const;
  // Where a place belongs, and where its people go to `office`, a dependencia id, if it has
  // branches.
  std::string place(const catalog::Place& place, const std::string& office = "") const;

  // An office that attends in several places.
  bool has_branches(const std::string& office) const;
  // Those of them for the people of a place, as far as that is published; else those nearby, and
  // that it is not.
  std::string branches(const std::string& office, const catalog::Place& place) const;
  // Where the Sisbén attends in the localidad of a place; empty when either is unknown.
  std::string sisben_points(const catalog::Place& place) const;

  // Address, hours and contact, as far as they are known. `certain`: it is known to be the right
  // office. Empty when there is no such office.
  std::string office(const std::string& id, bool certain) const;
  // The same for who asks for the office itself: says so when nothing is known.
  std::string where_to_find(const catalog::Dependencia& office) const;
  std::string office_hours(const std::string& id, bool certain) const;
  // Whom to believe and when it was checked ("2026-03").
  std::string source(const std::string& office, bool certain, const std::string& checked_on) const;
  // The words before something that held until this ISO date; empty as long as it holds.
  std::string expired(const std::string& valid_until) const;
  // Where the Ventanilla Única reads mail.
  std::string contact_mail() const;

 private:
  using Branches = std::vector<const catalog::Branch*>;

  const catalog::Localidad* localidad_of(const catalog::Place& place) const;
  Branches branches_of(const std::string& office) const;
  bool is_near(const catalog::Branch& branch, const catalog::Place& place) const;
  std::string which_of_them(const Branches& all, const catalog::Place& place) const;
  std::string told(const std::string& title, const Branches& branches) const;
  std::string in_doubt(const catalog::Dependencia& office, bool certain,
                       const std::string& facts) const;

  const Words& words_;
  const catalog::Catalog& catalog_;
  std::string today_;
};

}  // namespace catalina::dialog
