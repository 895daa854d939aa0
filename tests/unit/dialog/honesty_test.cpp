// What Catalina may not do: state as certain what the city has not confirmed.
#include "catalog/text.hpp"
#include "dialog/words.hpp"
#include "fixture.hpp"
#include "flows/facts.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::dialog;
using catalog::Field;
using Catch::Matchers::Contains;

namespace {

const catalog::Catalog& shipped() {
  return *real_knowledge().catalog;
}
const Words& words() {
  return *real_knowledge().words;
}
Facts facts() {
  return Facts(words(), shipped());
}
std::string warning() {
  return words().say(Text::unconfirmed);
}

// A tramite of which everything is confirmed, to take certainty away from.
catalog::HojaDeVida certain_tramite() {
  catalog::HojaDeVida tramite = shipped().tramites().front();
  tramite.confirmed = {
      Field::descripcion, Field::requisitos, Field::documentos,       Field::pasos,
      Field::costo,       Field::canales,    Field::tiempo_respuesta, Field::dependencia,
      Field::normativa};
  tramite.unconfirmed.clear();
  tramite.response_time = {3, catalog::TermUnit::dias_habiles, catalog::TermOrigin::propio, ""};
  tramite.cost = {catalog::CostKind::gratuito, ""};
  return tramite;
}

catalog::HojaDeVida without(catalog::HojaDeVida tramite, Field field) {
  std::erase(tramite.confirmed, field);
  tramite.unconfirmed.push_back(field);
  return tramite;
}

}  // namespace

TEST_CASE("every answer about every tramite names its office and when it was checked") {
  for (const catalog::HojaDeVida& tramite : shipped().tramites()) {
    for (Aspect aspect : {Aspect::general, Aspect::requisitos, Aspect::costo, Aspect::tiempo,
                          Aspect::lugar, Aspect::horario, Aspect::pasos, Aspect::normativa,
                          Aspect::iniciar, Aspect::estado, Aspect::otro}) {
      const std::string text = facts().about(tramite, aspect);
      CAPTURE(tramite.id, to_string(aspect));
      CHECK_THAT(text, Contains(shipped().dependencia(tramite.dependencia)->name));
      CHECK_THAT(text, Contains("revisado en " + words().month(tramite.checked_on)));
      CHECK(text::utf16_length(text) <= limits::text_body);
    }
  }
}

TEST_CASE("every frequent question names its office and when it was checked") {
  for (const catalog::Faq& faq : shipped().faqs()) {
    const std::string text = facts().faq(faq, "2026-03-10");
    CAPTURE(faq.id);
    CHECK_THAT(text, Contains("revisado en " + words().month(faq.checked_on)));
    const catalog::Dependencia* office = shipped().dependencia(faq.dependencia);
    CHECK_THAT(text, Contains(office == nullptr ? "Alcaldía de Cartagena" : office->name));
  }
}

TEST_CASE("a confirmed field is told plainly, an unconfirmed one behind the warning") {
  const auto [field, aspect] = GENERATE(table<Field, Aspect>({
      {Field::requisitos, Aspect::requisitos},
      {Field::documentos, Aspect::requisitos},
      {Field::pasos, Aspect::pasos},
      {Field::costo, Aspect::costo},
      {Field::tiempo_respuesta, Aspect::tiempo},
      {Field::canales, Aspect::lugar},
      {Field::normativa, Aspect::normativa},
      {Field::descripcion, Aspect::general},
      {Field::costo, Aspect::general},
      {Field::pasos, Aspect::iniciar},
      {Field::canales, Aspect::iniciar},
  }));
  CAPTURE(to_string(aspect));
  CHECK_THAT(facts().about(certain_tramite(), aspect), !Contains(warning()));
  CHECK_THAT(facts().about(without(certain_tramite(), field), aspect), Contains(warning()));
}

TEST_CASE("certain facts stand before the warning, uncertain ones after it") {
  const catalog::HojaDeVida tramite = without(certain_tramite(), Field::costo);
  const std::string card = facts().card(tramite);
  CHECK(card.find("3 días hábiles") < card.find(warning()));
  CHECK(card.find("es gratis") > card.find(warning()));
}

TEST_CASE("an office that is not confirmed is named as such") {
  CHECK_THAT(facts().card(certain_tramite()), Contains("_Fuente: "));
  CHECK_THAT(facts().card(without(certain_tramite(), Field::dependencia)),
             Contains("falta confirmarla"));
}

TEST_CASE("the general term of a petition is never stated as the tramite's own") {
  catalog::HojaDeVida tramite = certain_tramite();
  tramite.response_time = {15, catalog::TermUnit::dias_habiles, catalog::TermOrigin::general,
                           "Nota para la oficina"};
  for (Aspect aspect : {Aspect::tiempo, Aspect::general}) {
    const std::string text = facts().about(tramite, aspect);
    CHECK_THAT(text, Contains("no hay un plazo propio publicado") && Contains("Ley 1755 de 2015") &&
                         !Contains("Nota para la oficina"));
  }
}

TEST_CASE("a term nobody published is told as unknown") {
  catalog::HojaDeVida tramite = certain_tramite();
  tramite.response_time = {{}, catalog::TermUnit::meses, catalog::TermOrigin::sin_dato, ""};
  CHECK_THAT(facts().about(tramite, Aspect::tiempo), Contains("no hay un plazo publicado"));
  tramite.response_time = {{}, catalog::TermUnit::meses, catalog::TermOrigin::propio, ""};
  CHECK_THAT(facts().about(tramite, Aspect::tiempo), Contains("no hay un plazo publicado"));
}

TEST_CASE("terms are counted as people count") {
  catalog::HojaDeVida tramite = certain_tramite();
  const auto told = [&](int value, catalog::TermUnit unit) {
    tramite.response_time = {value, unit, catalog::TermOrigin::propio, ""};
    return facts().about(tramite, Aspect::tiempo);
  };
  CHECK_THAT(told(1, catalog::TermUnit::dias_habiles), Contains("1 día hábil."));
  CHECK_THAT(told(45, catalog::TermUnit::dias_habiles), Contains("45 días hábiles."));
  CHECK_THAT(told(1, catalog::TermUnit::meses), Contains("1 mes."));
  CHECK_THAT(told(2, catalog::TermUnit::dias_calendario), Contains("2 días calendario."));
  CHECK_THAT(told(0, catalog::TermUnit::inmediato), Contains("es inmediato"));
}

TEST_CASE("a cost nobody knows is told as unknown, never as free") {
  catalog::HojaDeVida tramite = certain_tramite();
  tramite.cost = {catalog::CostKind::unknown, "no informar valores"};
  const std::string text = facts().about(tramite, Aspect::costo);
  CHECK_THAT(
      text, Contains("no sé si cuesta") && !Contains("gratis") && !Contains("no informar valores"));
}

TEST_CASE("no card of the shipped catalog states the general term or an unknown cost as certain") {
  int doubtful = 0;
  for (const catalog::HojaDeVida& tramite : shipped().tramites()) {
    const std::string card = facts().card(tramite);
    CAPTURE(tramite.id);
    const auto told_as_doubtful = [&](const std::string& line) {
      const std::size_t doubt = card.find(warning());
      ++doubtful;
      CHECK(doubt < card.find(line));
      CHECK(doubt != std::string::npos);
    };
    if (tramite.response_time.origin != catalog::TermOrigin::propio) told_as_doubtful("*Tiempo:*");
    if (tramite.cost.kind == catalog::CostKind::unknown) told_as_doubtful("*Costo:*");
  }
  CHECK(doubtful > 0);
}

TEST_CASE("hours that nobody confirmed are told as unknown") {
  const catalog::HojaDeVida* tramite = shipped().tramite("uso-del-suelo");
  REQUIRE(tramite != nullptr);
  REQUIRE(shipped().dependencia(tramite->dependencia)->hours.empty());
  CHECK_THAT(facts().about(*tramite, Aspect::horario), Contains("No tengo confirmado el horario"));
}

TEST_CASE("how well a frequent question is founded is said in words") {
  catalog::Faq faq = shipped().faqs().front();
  faq.valid_until.clear();
  faq.confidence = catalog::Confidence::verificado;
  const std::string plain = facts().faq(faq, "2026-03-10");
  faq.confidence = catalog::Confidence::por_validar;
  CHECK_THAT(facts().faq(faq, "2026-03-10"), Contains(words().say(Text::faq_unconfirmed)));
  CHECK_THAT(plain, !Contains(words().say(Text::faq_unconfirmed)));
  faq.confidence = catalog::Confidence::nacional;
  CHECK_THAT(facts().faq(faq, "2026-03-10"), Contains(words().say(Text::faq_national)));
  faq.confidence = catalog::Confidence::una_fuente;
  CHECK_THAT(facts().faq(faq, "2026-03-10"), Contains(words().say(Text::faq_one_source)));
}

TEST_CASE("an answer is valid on its last day and history on the next, by the date in Cartagena") {
  Chat chat;
  chat.met();
  const auto at = [&](std::int64_t epoch_seconds) {
    chat.now = Time(std::chrono::milliseconds(epoch_seconds * 1000));
    chat.tap("faq:predial-descuento-2026");  // valid until 2026-04-01
    return chat.says("venció el 1 de abril de 2026");
  };
  // 2026-04-02 04:59 UTC is still 23:59 of April 1 in Cartagena.
  CHECK_FALSE(at(1775105940));
  CHECK(at(1775106000));
}
