// Facts of a tramite in Catalina's words, each told with how sure it is: what the city has not
// confirmed is introduced as unconfirmed, what nobody published is told as unknown, what was true
// until a date is told as history after it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "catalog/catalog.hpp"
#include "dialog/understand.hpp"
#include "dialog/words.hpp"
#include "flows/city_facts.hpp"

namespace catalina::dialog {

class TramiteFacts {
 public:
  // `words` and `catalog` must outlive this object. `today` is an ISO date.
  TramiteFacts(const Words& words, const catalog::Catalog& catalog, std::string today)
      : words_(words), city_(words, catalog, std::move(today)) {}

  // What it is, and the key facts in a few lines.
  std::string card(const catalog::HojaDeVida& tramite) const;
  // What was asked about it. `general` is the card.
  std::string about(const catalog::HojaDeVida& tramite, Aspect aspect) const;
  // The answer to one of its own questions.
  std::string own_question(const catalog::HojaDeVida& tramite,
                           const catalog::QuestionAnswer& entry) const;
  // Only what was asked, without its name and source.
  std::string what_is_asked(const catalog::HojaDeVida& tramite, Aspect aspect) const;
  // What passes `about` of who it is for, what it takes and its own questions; empty when nothing
  // does.
  using Test = std::function<bool(const std::string& fact)>;
  std::string speaking_of(const catalog::HojaDeVida& tramite, const Test& about) const;
  std::string office(const catalog::HojaDeVida& tramite) const;
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
  std::string answer_to(const catalog::HojaDeVida& tramite,
                        const catalog::QuestionAnswer& entry) const;

  std::string requirements(const catalog::HojaDeVida& tramite) const;
  std::string documents(const catalog::HojaDeVida& tramite) const;
  std::string steps(const catalog::HojaDeVida& tramite) const;
  std::string time(const catalog::HojaDeVida& tramite) const;
  std::string cost(const catalog::HojaDeVida& tramite) const;
  std::string channels(const catalog::HojaDeVida& tramite) const;
  std::string channel(const catalog::Channel& channel) const;
  // That what the hoja de vida sends to this chat cannot be done in it; empty when nothing is.
  std::string not_in_this_chat(const catalog::HojaDeVida& tramite) const;
  std::string law(const catalog::HojaDeVida& tramite) const;

  const Words& words_;
  CityFacts city_;
};

}  // namespace catalina::dialog
