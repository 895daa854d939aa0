// The catalog as Catalina uses it: an immutable snapshot, shared between threads without locks.
#pragma once

#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "catalog/documents.hpp"
#include "catalog/legal_terms.hpp"
#include "catalog/model.hpp"

namespace catalina::catalog {

class Catalog {
 public:
  // Builds from files that `validate` found no problem in. A file that is missing, or cannot be
  // read as what its path says, or an id that stands twice, throws std::runtime_error naming the
  // file. Takes time in proportion to the size of the files; those of other kinds are passed over.
  static std::shared_ptr<const Catalog> build(const Files& files);

  const std::vector<HojaDeVida>& tramites() const { return tramites_; }  // in the files' order
  const std::vector<Dependencia>& dependencias() const { return dependencias_; }
  const std::vector<Faq>& faqs() const { return faqs_; }
  const Territory& territory() const { return territory_; }
  const std::vector<SisbenPoints>& sisben_points() const { return sisben_points_; }
  const std::vector<Branch>& branches() const { return branches_; }
  const LegalTerms& legal_terms() const { return legal_terms_; }
  // Categories of tramites, most demanded first; the order in which the menu shows them.
  const std::vector<std::string>& categories() const { return categories_; }

  // nullptr when there is none.
  const HojaDeVida* tramite(std::string_view id) const;
  const Dependencia* dependencia(std::string_view id) const;
  const Faq* faq(std::string_view id) const;
  const Place* place(std::string_view id) const;  // of the territory, its units among them

  // The indexes point into the entries.
  Catalog(const Catalog&) = delete;
  Catalog& operator=(const Catalog&) = delete;

 private:
  Catalog() = default;

  std::vector<HojaDeVida> tramites_;
  std::vector<Dependencia> dependencias_;
  std::vector<Faq> faqs_;
  Territory territory_;
  std::vector<SisbenPoints> sisben_points_;
  std::vector<Branch> branches_;
  LegalTerms legal_terms_;
  std::vector<std::string> categories_;
  // Positions by id; the keys point into the vectors above.
  std::unordered_map<std::string_view, std::size_t> tramite_index_;
  std::unordered_map<std::string_view, std::size_t> dependencia_index_;
  std::unordered_map<std::string_view, std::size_t> faq_index_;
  std::unordered_map<std::string_view, std::size_t> place_index_;
  std::unordered_map<std::string_view, std::size_t> unit_index_;
};

}  // namespace catalina::catalog
