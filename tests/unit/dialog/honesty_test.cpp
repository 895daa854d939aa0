// What Catalina may not do: state as certain what the city has not confirmed.
#include "catalog/text.hpp"
#include "dialog/words.hpp"
#include "fixture.hpp"
#include "flows/city_facts.hpp"
#include "flows/tramite_facts.hpp"
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
TramiteFacts facts(const std::string& today = "2026-03-10") {
  return TramiteFacts(words(), shipped(), today);
}
CityFacts city_facts() {
  return CityFacts(words(), shipped(), "2026-03-10");
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
  tramite.cost = {catalog::CostKind::gratuito, "", ""};
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
    const std::string text = city_facts().faq(faq);
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
  tramite.cost = {catalog::CostKind::unknown, "no informar valores", ""};
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
  const std::string plain = city_facts().faq(faq);
  faq.confidence = catalog::Confidence::por_validar;
  CHECK_THAT(city_facts().faq(faq), Contains(words().say(Text::faq_unconfirmed)));
  CHECK_THAT(plain, !Contains(words().say(Text::faq_unconfirmed)));
  faq.confidence = catalog::Confidence::nacional;
  CHECK_THAT(city_facts().faq(faq), Contains(words().say(Text::faq_national)));
  faq.confidence = catalog::Confidence::una_fuente;
  CHECK_THAT(city_facts().faq(faq), Contains(words().say(Text::faq_one_source)));
}

TEST_CASE("an own question is as certain as the field it is about, and uncertain without one") {
  const catalog::HojaDeVida tramite = certain_tramite();
  const auto told = [&](const catalog::HojaDeVida& hoja, std::optional<Field> field) {
    return facts().own_question(hoja, {"¿Cuesta?", "No.", field, ""});
  };
  CHECK_THAT(told(tramite, Field::costo), Contains("No.") && !Contains(warning()));
  CHECK_THAT(told(without(tramite, Field::costo), Field::costo), Contains(warning() + "\nNo."));
  CHECK_THAT(told(tramite, std::nullopt), Contains(warning() + "\nNo."));
}

TEST_CASE("no own question of the shipped catalog states an unconfirmed price as certain") {
  for (const char* id : {"vivienda-titulacion", "casa-justicia", "vivienda-nueva"}) {
    const catalog::HojaDeVida* tramite = shipped().tramite(id);
    REQUIRE(tramite != nullptr);
    CAPTURE(id);
    REQUIRE_FALSE(tramite->is_confirmed(Field::costo));
    for (const catalog::QuestionAnswer& entry : tramite->faq) {
      CHECK_THAT(facts().own_question(*tramite, entry), Contains(warning()));
    }
  }
}

TEST_CASE("a price and an own question are history after their last day") {
  catalog::HojaDeVida tramite = certain_tramite();
  tramite.cost = {catalog::CostKind::formula, "15 % de descuento.", "2026-04-01"};
  const catalog::QuestionAnswer question = {"¿Descuento?", "15 %.", Field::costo, "2026-04-01"};
  for (Aspect aspect : {Aspect::general, Aspect::costo}) {
    CHECK_THAT(facts("2026-04-01").about(tramite, aspect), !Contains("venció"));
    CHECK_THAT(facts("2026-04-02").about(tramite, aspect),
               Contains("venció el 1 de abril de 2026") && Contains("15 % de descuento."));
  }
  CHECK_THAT(facts("2026-04-01").own_question(tramite, question), !Contains("venció"));
  CHECK_THAT(facts("2026-04-02").own_question(tramite, question),
             Contains("venció el 1 de abril de 2026") && Contains("15 %."));
}

TEST_CASE("a price with a note is told by its note alone") {
  catalog::HojaDeVida tramite = certain_tramite();
  tramite.cost = {catalog::CostKind::formula, "Depende del avalúo.", ""};
  CHECK_THAT(facts().about(tramite, Aspect::costo),
             Contains("Depende del avalúo.") && !Contains(words().say(Text::cost_formula)));
  tramite.cost.note.clear();
  CHECK_THAT(facts().about(tramite, Aspect::costo), Contains(words().say(Text::cost_formula)));
}

TEST_CASE("no note of a term says its number again") {
  for (const catalog::HojaDeVida& tramite : shipped().tramites()) {
    const catalog::ResponseTime& term = tramite.response_time;
    if (term.origin != catalog::TermOrigin::propio || !term.value) continue;
    CAPTURE(tramite.id, term.note);
    CHECK_THAT(term.note, !Contains(std::to_string(*term.value) + " días") &&
                              !Contains(std::to_string(*term.value) + " meses") &&
                              !Catch::Matchers::StartsWith("Cinco") &&
                              !Catch::Matchers::StartsWith("Dos"));
  }
}

TEST_CASE("an office is told with a warning when it, or that it is the right one, is in doubt") {
  const std::string doubt = words().say(Text::office_unconfirmed);
  catalog::HojaDeVida tramite = certain_tramite();
  tramite.dependencia = "datt";
  for (Aspect aspect : {Aspect::lugar, Aspect::horario, Aspect::estado}) {
    CHECK_THAT(facts().about(tramite, aspect), !Contains(doubt));
    CHECK_THAT(facts().about(without(tramite, Field::dependencia), aspect), Contains(doubt));
  }
  for (const char* id : {"vuac", "umata", "planeacion", "alcaldia-local-2"}) {
    CAPTURE(id);
    CHECK_THAT(city_facts().office(id, true), Contains(doubt));
  }
}

TEST_CASE("what a hoja de vida sends to this chat is not asked for in it") {
  const std::string not_here = words().say(Text::this_chat);
  int sent_here = 0;
  for (const catalog::HojaDeVida& tramite : shipped().tramites()) {
    CAPTURE(tramite.id);
    const std::string where = facts().about(tramite, Aspect::lugar);
    const std::string card = facts().card(tramite);
    CHECK_THAT(where + card, !Contains("323 319 0810"));
    if (facts().about(tramite, Aspect::pasos).find(not_here) == std::string::npos) continue;
    ++sent_here;
    CHECK_THAT(where, Contains(not_here));
    CHECK_THAT(card, Contains(not_here));
  }
  CHECK(sent_here > 15);
}

TEST_CASE("a report that has no other channel than this chat names its office") {
  const catalog::HojaDeVida* tramite = shipped().tramite("denuncia-transito");
  REQUIRE(tramite != nullptr);
  for (Aspect aspect : {Aspect::general, Aspect::pasos, Aspect::lugar, Aspect::iniciar}) {
    CHECK_THAT(facts().about(*tramite, aspect), Contains("Sedes Manga, Ronda Real y El Espinal"));
  }
}

TEST_CASE("about corruption nothing is said to be done in this chat") {
  const catalog::HojaDeVida* tramite = shipped().tramite("denuncia-corrupcion");
  REQUIRE(tramite != nullptr);
  const std::string steps = facts().about(*tramite, Aspect::pasos);
  CHECK_THAT(steps, !Contains("Cuenta hechos y pruebas") && !Contains("Recibe código") &&
                        !Contains("este chat"));
  const std::string start = facts().about(*tramite, Aspect::iniciar);
  CHECK_THAT(start, Contains("cartagena.gov.co/denuncia") && Contains("157") &&
                        !Contains("este chat") && !Contains("por el chat"));
}

TEST_CASE("a place is told with the month its territory was checked") {
  const catalog::Place& known = shipped().territory().places.front();
  REQUIRE_FALSE(known.localidad.empty());
  CHECK_THAT(city_facts().place(known), Contains("revisado en marzo de 2026."));
  catalog::Place unknown = known;
  unknown.localidad.clear();
  CHECK_THAT(city_facts().place(unknown),
             Contains("revisado en marzo de 2026.") && Contains("@cartagena.gov.co"));
  CHECK(city_facts().sisben_points(unknown).empty());
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
