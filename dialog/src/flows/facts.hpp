// Facts of the catalog in Catalina's words, each told with how sure it is: what the city has not
// confirmed is introduced as unconfirmed, what nobody published is told as unknown.
#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.hpp"
#include "dialog/understand.hpp"
#include "dialog/words.hpp"

namespace catalina::dialog {

class Facts {
 public:
  // Both must outlive this object.
  Facts(const Words& words, const catalog::Catalog& catalog) : words_(words), catalog_(catalog) {}

  // What it is, and the key facts in a few lines.
  std::string card(const catalog::HojaDeVida& tramite) const;
  // What was asked about it. `general` is the card.
  std::string about(const catalog::HojaDeVida& tramite, Aspect aspect) const;
  // The answer to one of its own questions.
  std::string own_question(const catalog::HojaDeVida& tramite,
                           const catalog::QuestionAnswer& entry) const;
  // `today` is an ISO date.
  std::string faq(const catalog::Faq& faq, const std::string& today) const;
  // Where a place belongs.
  std::string place(const catalog::Place& place) const;
  // Ways to do it and the office behind it, also where the whole answer is something else.
  std::string where(const catalog::HojaDeVida& tramite) const;
  std::string source(const catalog::HojaDeVida& tramite) const;

 private:
  struct Fact {
    catalog::Field field;
    std::string text;  // empty: there is none
  };
  // What is certain, then what is not under one warning.
  std::string with_doubts(const catalog::HojaDeVida& tramite, const std::vector<Fact>& facts) const;
  std::string what_is_asked(const catalog::HojaDeVida& tramite, Aspect aspect) const;

  std::string requirements(const catalog::HojaDeVida& tramite) const;
  std::string documents(const catalog::HojaDeVida& tramite) const;
  std::string steps(const catalog::HojaDeVida& tramite) const;
  std::string time(const catalog::HojaDeVida& tramite) const;
  std::string cost(const catalog::HojaDeVida& tramite) const;
  std::string channels(const catalog::HojaDeVida& tramite) const;
  std::string channel(const catalog::Channel& channel) const;
  std::string office(const std::string& id) const;
  std::string office_hours(const std::string& id) const;
  std::string law(const catalog::HojaDeVida& tramite) const;
  std::string source_of(const std::string& office, bool certain,
                        const std::string& checked_on) const;

  const Words& words_;
  const catalog::Catalog& catalog_;
};

}  // namespace catalina::dialog
