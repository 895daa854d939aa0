// Localidades and UCG named in a message by what they are and their number or name: "localidad 2",
// "la localidad de la Virgen", "la alcaldía local 2", "unidad comunera seis", "ucg6".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "catalog/model.hpp"
#include "understanding/places.hpp"

namespace catalina::dialog {

class Units {
 public:
  explicit Units(const catalog::Territory& territory);

  // From left to right, with one id each; none where it is left open which ("localidad 2 o 3").
  std::vector<PlaceMention> find(const std::vector<std::string>& words) const;

  // Every word of every name, so that they can be recognised when misspelled.
  const std::vector<std::string>& words() const { return words_; }

 private:
  struct Name {
    std::vector<std::string> words;
    std::string id;
  };
  // A number or a name, and the word behind it.
  struct Found {
    std::string id;
    std::size_t end = 0;
  };
  using Numbers = std::map<int, std::string>;  // ids by number

  static std::optional<Found> number_at(const std::vector<std::string>& words, std::size_t i,
                                        const Numbers& numbers);
  void add_name(std::string_view name, const std::string& id);
  std::optional<PlaceMention> mention_at(const std::vector<std::string>& words,
                                         std::size_t i) const;
  std::optional<Found> localidad_at(const std::vector<std::string>& words, std::size_t i) const;
  const Name* name_at(const std::vector<std::string>& words, std::size_t i) const;

  Numbers localidades_;
  Numbers ucgs_;
  std::vector<Name> names_;  // of localidades, the longest first
  std::vector<std::string> words_;
};

}  // namespace catalina::dialog
